"""Telling the hosts, being met, meeting people at the door, and afterwards: the pages and who may see them."""

import re

import pytest
from django.test import Client
from tests.web.gatherings.hosting import (
    AFTER,
    NEXT_WEEK,
    TODAY,
    block,
    comes,
    held,
    inside,
    may_be_named,
    pause,
    person,
    tells,
)

from kith.web.acts.models import Act
from kith.web.gatherings import actions, queries
from kith.web.gatherings.choices import Guests, Need, Offer
from kith.web.gatherings.models import Coming, Told
from kith.web.notices.models import Notice
from kith.web.people import access as people
from kith.web.people import actions as saying
from kith.web.people.choices import Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE = "/gatherings/early-birds-london/"
TELL, ASK, SIT = f"{PAGE}tell/", f"{PAGE}company/", f"{PAGE}sit/"
DOOR = f"{PAGE}arrivals/2026-11-24/"
GREET, HERE = f"{DOOR}greet/", f"{DOOR}here/"
GONE = f"{PAGE}after/2026-11-24/"
HONEST = (
    "Nobody at this gathering reads kith, so nobody there is told. Only you see this. "
    "You can simply go."
)


@pytest.fixture
def ruth():
    return person("Ruth")


@pytest.fixture
def kofi():
    return person("Kofi")


@pytest.fixture
def amara():
    return person("Amara")


@pytest.fixture
def tuesdays(ruth, kofi):
    return held(ruth, kofi)


def html(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


# ---- telling the hosts ------------------------------------------------------------------------------
def test_page_says_truly_who_is_told(amara, tuesdays):
    comes(amara, tuesdays)
    page = html(inside(amara).get(PAGE))
    assert "Only the hosts see that you said so." in page
    assert HONEST not in page

    tuesdays.hosts.all().delete()

    page = html(inside(amara).get(PAGE))
    assert HONEST in page
    assert "Only the hosts see" not in page
    assert "Tell the hosts" not in page


def test_form_is_there_once_somebody_comes(amara, tuesdays):
    assert "Tell the hosts" not in html(inside(amara).get(PAGE))

    comes(amara, tuesdays)

    assert "Tell the hosts" in html(inside(amara).get(PAGE))


def test_host_tells_themselves_nothing(ruth, tuesdays):
    comes(ruth, tuesdays)

    assert "Tell the hosts" not in html(inside(ruth).get(PAGE))


def test_what_was_told_is_said_back(amara, tuesdays):
    comes(amara, tuesdays)
    sent = {
        "on": "2026-11-24", "first_time": "on", "guests_words": "my sister",
        "needs": ["sit_with", "no_touch"], "needs_words": "I get loud", "offers": ["chairs"],
    }  # fmt: skip

    assert inside(amara).post(TELL, sent)["Location"] == f"{PAGE}#coming"

    assert queries.said_of(amara, tuesdays, TODAY).told == Told(
        first_time=True,
        guests=Guests.ONE,
        guests_words="my sister",
        needs=(Need.SIT_WITH, Need.NO_TOUCH),
        needs_words="I get loud",
        offers=(Offer.CHAIRS,),
    )
    page = html(inside(amara).get(PAGE))
    assert (
        "It is your first time. Would like somebody to sit with. No touch, please. “I get loud” "
        "Comes with: my sister. Offered to carry chairs."
    ) in page
    assert 'value="my sister"' in page
    assert '<details class="telling">' in page


def test_what_holds_for_every_date_can_be_told_for_one(amara, tuesdays):
    comes(amara, tuesdays, on=None)
    assert "Only for this time: Tonight" in html(inside(amara).get(PAGE))

    inside(amara).post(TELL, {"on": "2026-11-24", "needs": ["quiet"], "is_for_once": "on"})

    assert queries.said_of(amara, tuesdays, TODAY).told.needs == (Need.QUIET,)
    assert queries.said_of(amara, tuesdays, NEXT_WEEK).told == Told()
    assert "Only for this time" not in html(inside(amara).get(PAGE))


@pytest.mark.parametrize(
    "wrong",
    [{"needs_words": "long " * 49 + "long"}, {"guests_words": "my " * 40}, {"needs": ["money"]}],
)
def test_what_they_typed_is_not_lost(amara, tuesdays, wrong):
    comes(amara, tuesdays)
    sent = {"on": "2026-11-24", "needs_words": "near the window", "offers": ["tea"], **wrong}

    answer = inside(amara).post(TELL, sent)

    assert answer.status_code == 400
    page = html(answer)
    assert '<details class="telling" open>' in page
    assert f'value="{sent["needs_words"]}"' in page
    assert 'value="tea" class="vh" id="id_offers_2" checked' in page
    assert not queries.said_of(amara, tuesdays, TODAY).has_told


@pytest.mark.parametrize(("path", "sent"), [(TELL, {}), (ASK, {}), (SIT, {"will": "yes"})])
def test_what_makes_no_sense_is_refused_on_the_page(amara, tuesdays, path, sent):
    comes(amara, tuesdays)

    answer = inside(amara).post(path, {"on": "2026-11-25", **sent})

    assert answer.status_code == 400
    assert "It does not meet then" in html(answer)


def test_company_is_asked_for_and_promised_in_one_tap(amara, tuesdays):
    comes(amara, tuesdays)
    dev = comes(person("Dev"), tuesdays)

    asked = inside(amara).post(ASK, {"on": "2026-11-24", "next": "/tonight/"})
    promised = inside(dev).post(SIT, {"on": "2026-11-24", "next": "/tonight/", "will": "yes"})

    assert (asked["Location"], promised["Location"]) == ("/tonight/", "/tonight/")
    assert queries.said_of(amara, tuesdays, TODAY).told.needs == (Need.SIT_WITH,)
    assert queries.said_of(dev, tuesdays, TODAY).once.sits is True


# ---- at the door ------------------------------------------------------------------------------------
def references(page):
    return re.findall(r'name="person" value="([\w-]+)"', page)


def test_host_meets_somebody_and_sees_them_there(ruth, amara, tuesdays):
    tells(comes(amara, tuesdays), tuesdays, first_time=True, needs=(Need.SIT_WITH,))
    page = html(inside(ruth).get(DOOR))
    assert '<b>Amara</b></a> <em class="first">first time</em>' in page
    assert "Would like somebody to sit with." in page

    reference = references(page)[0]
    assert inside(ruth).post(GREET, {"person": reference})["Location"] == f"{DOOR}#door"
    assert "You meet them at the door. They know." in html(inside(ruth).get(DOOR))
    assert "Ruth will look out for you at the door." in html(inside(amara).get(PAGE))
    assert "Ruth will look out for you at the door." in html(inside(amara).get("/tonight/"))

    inside(ruth).post(HERE, {"person": reference, "here": "yes"})
    page = html(inside(ruth).get(DOOR))
    assert 'aria-pressed="true">Here <' in page
    assert Act.objects.get().kind == "welcomed"

    inside(ruth).post(HERE, {"person": references(page)[0]})
    assert 'aria-pressed="false">Arrived <' in html(inside(ruth).get(DOOR))


def test_other_host_sees_who_meets_them(ruth, kofi, amara, tuesdays):
    tells(comes(amara, tuesdays), tuesdays, first_time=True)
    actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)

    page = html(inside(kofi).get(DOOR))

    assert "Ruth meets them at the door." in page
    assert "I’ll meet them at the door" not in page


def test_guest_does_not_learn_of_a_host_they_keep_away_from(ruth, amara, tuesdays):
    tells(comes(amara, tuesdays), tuesdays, first_time=True)
    actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)

    block(ruth, amara)

    assert "Ruth" not in html(inside(amara).get(PAGE))
    assert "Ruth" not in html(inside(amara).get("/tonight/"))


def test_nobody_yet_is_no_failure(ruth, tuesdays):
    page = html(inside(ruth).get(DOOR))

    assert "Nobody has said that they come. People often just come." in page


def test_host_who_cannot_after_all_takes_it_back_on_the_page(ruth, amara, tuesdays):
    tells(comes(amara, tuesdays), tuesdays, first_time=True)
    reference = people.reference_to(amara, seen_by=ruth)
    browser = inside(ruth)
    browser.post(GREET, {"person": reference})
    page = html(browser.get(DOOR))
    assert "You meet them at the door." in page
    assert "I can’t meet them after all" in page

    answer = browser.post(GREET, {"person": reference, "will": "no"})

    assert answer["Location"] == f"{DOOR}#door"
    page = html(browser.get(DOOR))
    assert "You meet them at the door." not in page
    assert "I’ll meet them at the door" in page
    assert "will look out for you" not in html(inside(amara).get("/tonight/"))


def test_what_cannot_be_is_said_at_the_door(ruth, amara, tuesdays):
    tells(comes(amara, tuesdays, on=None), tuesdays, first_time=True)
    later = f"{PAGE}arrivals/2026-12-01/"
    reference = people.reference_to(amara, seen_by=ruth)

    early = inside(ruth).post(f"{later}here/", {"person": reference, "here": "yes"})
    never = inside(ruth).post(f"{PAGE}arrivals/2026-11-25/greet/", {"person": reference})

    assert (early.status_code, never.status_code) == (400, 400)
    assert "It is not that day yet." in html(early)
    assert "It does not meet then" in html(never)


def bodies(browser, reference):
    """What somebody is answered who tries the doors of hosts: status and body of each."""
    answers = {
        DOOR: browser.get(DOOR),
        GREET: browser.post(GREET, {"person": reference}),
        HERE: browser.post(HERE, {"person": reference, "here": "yes"}),
    }
    return {(a.status_code, html(a).replace(path, "/")) for path, a in answers.items()}


def never(browser):
    """What they are answered at an address that never was."""
    path = "/gatherings/nothing-there/arrivals/2026-11-24/"
    return {(404, html(browser.get(path)).replace(path, "/"))}


@pytest.mark.parametrize("whose", ["outsider", "guest", "former host"])
def test_door_of_hosts_is_not_found_by_others(ruth, amara, tuesdays, whose):
    comes(amara, tuesdays)
    other = {"outsider": person("Ines"), "guest": amara, "former host": ruth}[whose]
    reference = people.reference_to(amara if other != amara else ruth, seen_by=other)
    tuesdays.hosts.filter(person=ruth).delete()

    browser = inside(other)

    assert bodies(browser, reference) == never(browser)
    assert not Act.objects.exists()


def test_paused_host_is_told_so(ruth, amara, tuesdays):
    comes(amara, tuesdays)
    pause(ruth)

    found = bodies(inside(ruth), people.reference_to(amara, seen_by=ruth))

    assert {status for status, _body in found} == {403}
    assert "Amara" not in str(found)


def test_stranger_is_shown_the_way_in(tuesdays):
    for path in (TELL, ASK, SIT, GREET, HERE, f"{GONE}talked/", f"{GONE}thank/"):
        assert Client().post(path)["Location"].startswith("/enter/")
    for path in (DOOR, GONE):
        assert Client().get(path)["Location"].startswith("/enter/")


@pytest.mark.parametrize("reason", ["blocked", "not coming", "another's reference", "nonsense"])
def test_host_cannot_reach_who_is_not_to_be_seen(ruth, kofi, amara, tuesdays, reason):
    comes(amara, tuesdays)
    reference = people.reference_to(amara, seen_by=ruth)
    if reason == "blocked":
        block(amara, ruth)
    elif reason == "not coming":
        Coming.objects.all().delete()
    elif reason == "another's reference":
        reference = people.reference_to(amara, seen_by=kofi)
    else:
        reference = "Amara"

    answers = [
        inside(ruth).post(path, {"person": reference, "here": "yes"}) for path in (GREET, HERE)
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Amara" not in html(inside(ruth).get(DOOR)) or reason in {
        "another's reference",
        "nonsense",
    }
    assert not Notice.objects.exists()
    assert not Act.objects.exists()


@pytest.mark.parametrize("date", ["tonight", "2026-13-40", "2026-1-1x"])
def test_address_without_a_date_is_not_found(ruth, tuesdays, date):
    assert inside(ruth).get(f"{PAGE}arrivals/{date}/").status_code == 404
    assert inside(ruth).get(f"{PAGE}after/{date}/").status_code == 404


def test_paused_person_tells_and_promises_nothing(amara, tuesdays):
    comes(amara, tuesdays)
    pause(amara)

    answers = [inside(amara).post(path, {"on": "2026-11-24"}) for path in (TELL, ASK, SIT)]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert not Coming.objects.filter(told_at__isnull=False).exists()


# ---- nothing of it is anywhere else -------------------------------------------------------------------
ELSEWHERE = (
    PAGE, "/", "/gatherings/", "/gatherings/changes/", "/gatherings.ics",
    "/gatherings/early-birds-london.ics", "/api/gatherings", "/feeds/meeting-guide.json",
    "/client_interface/json/?switcher=GetSearchResults", "/you/all.json", "/tonight/",
)  # fmt: skip


def test_who_comes_is_on_no_page_feed_or_interface(ruth, kofi, tuesdays):
    marked = ("Amaraxyz", "sisterxyz", "loudxyz")
    amara = comes(person("Amaraxyz"), tuesdays)
    tells(
        amara, tuesdays, first_time=True, guests=Guests.ONE, guests_words="sisterxyz",
        needs=(Need.SIT_WITH,), needs_words="loudxyz",
    )  # fmt: skip
    actions.look_out_for(host=ruth, guest=amara, gathering=tuesdays, on=TODAY)
    ines = comes(person("Ines"), tuesdays)
    assert all(word in html(inside(ruth).get(DOOR)) for word in marked)

    for browser in (Client(), inside(ines), inside(kofi), inside(ruth)):
        for path in ELSEWHERE:
            body = html(browser.get(path))
            assert (path, [word for word in marked if word in body]) == (path, [])


def numbers(page):
    return re.findall(r"\d+", re.sub(r"<[^>]*>", " ", html(page).partition("<main")[2]))


def test_no_page_counts_who_comes(ruth, amara, tuesdays):
    pages = [(inside(amara), PAGE), (inside(ruth), DOOR), (inside(ruth), PAGE)]
    before = [numbers(browser.get(path)) for browser, path in pages]
    assert "7" in before[0]

    for name in "ABCDEFG":
        tells(comes(person(name), tuesdays), tuesdays, first_time=True, guests=Guests.FEW)

    assert [numbers(browser.get(path)) for browser, path in pages] == before


# ---- afterwards ----------------------------------------------------------------------------------------
@pytest.fixture
def evening(tuesdays, amara, clock):
    """Tuesday after it is over. Amara and Dev were there, and Dev may be named."""
    clock.stand_at(AFTER)
    for somebody in (amara, may_be_named(person("Dev"))):
        actions.say_was_there(person=somebody, gathering=tuesdays, on=TODAY, was_there=True)
    return tuesdays


def test_nobody_is_named_who_did_not_say_so(amara, evening):
    saying.unsay(person=_others(amara)[0], topic=Topic.MAY_BE_NAMED)

    page = html(inside(amara).get(GONE))

    assert "Good that you were there." in page
    assert "Dev" not in page


def test_somebody_says_whom_they_talked_with_and_thanks_them(amara, evening):
    browser = inside(amara)
    page = html(browser.get(GONE))
    assert "Whom did you talk with?" in page
    assert "<b>Dev</b>" in page

    answer = browser.post(f"{GONE}talked/", {"person": references(page)})
    assert answer["Location"] == f"{GONE}?thanks"
    page = html(browser.get(f"{GONE}?thanks"))
    assert "Thank somebody?" in page

    answer = browser.post(f"{GONE}thank/", {"person": references(page), "said": "heard"})
    assert answer["Location"] == f"{GONE}?thanks"
    assert "Your thanks are on their way." in html(browser.get(f"{GONE}?thanks"))
    assert [act.kind for act in Act.objects.order_by("pk")] == [
        "there", "there", "talked", "thanked",
    ]  # fmt: skip
    assert "Good that you were there." in html(browser.get(GONE))


def test_nobody_in_particular_ends_it(amara, evening):
    answer = inside(amara).post(f"{GONE}talked/", {"nobody": "yes"})

    assert answer["Location"] == f"{GONE}?end"
    assert "Good that you were there." in html(inside(amara).get(f"{GONE}?end"))
    assert [act.kind for act in Act.objects.all()] == ["there", "there"]


def test_thanks_to_nobody_are_refused_on_the_page(amara, evening):
    dev = people.reference_to(person("Sam"), seen_by=amara)
    actions.say_talked(person=amara, others=_others(amara), gathering=evening, on=TODAY)

    answer = inside(amara).post(f"{GONE}thank/", {"said": "heard"})

    assert answer.status_code == 400
    assert "Choose whom first. Or nobody in particular." in html(answer)
    assert "<b>Dev</b>" in html(answer)
    # Somebody who was not there can be neither.
    for path in ("talked/", "thank/"):
        sent = {"person": dev, "said": "heard"}
        assert inside(amara).post(f"{GONE}{path}", sent).status_code == 404


def _others(somebody):
    return [row.person for row in Coming.objects.exclude(person=somebody)]


@pytest.mark.parametrize("reason", ["blocked", "paused"])
def test_somebody_who_is_apart_or_paused_is_not_offered(amara, evening, reason):
    dev = _others(amara)[0]
    reference = people.reference_to(dev, seen_by=amara)
    if reason == "blocked":
        block(dev, amara)
    else:
        pause(dev)

    assert "Dev" not in html(inside(amara).get(GONE))
    assert inside(amara).post(f"{GONE}talked/", {"person": reference}).status_code == 404
    assert Act.objects.filter(kind="talked").count() == 0


def test_paused_person_says_that_they_were_there_and_meets_nobody(tuesdays, evening):
    ines = person("Ines")
    pause(ines)

    sent = {"on": "2026-11-24", "was": "yes"}
    assert inside(ines).post(f"{PAGE}was-there/", sent)["Location"] == GONE

    page = html(inside(ines).get(GONE))
    assert "Good that you were there." in page
    assert "Dev" not in page
    assert inside(ines).post(f"{GONE}talked/", {"nobody": "yes"}).status_code == 403


def test_who_has_not_said_is_asked_first_and_named_nobody(evening):
    ines = person("Ines")
    page = html(inside(ines).get(GONE))
    assert "Were you there?" in page
    assert "Dev" not in page

    sent = {"on": "2026-11-24", "was": "no", "next": f"{GONE}?end"}
    assert inside(ines).post(f"{PAGE}was-there/", sent)["Location"] == f"{GONE}?end"

    assert "Thank you for saying so." in html(inside(ines).get(f"{GONE}?end"))


def test_where_nobody_hosts_it_thanks_and_ends(amara, evening):
    evening.hosts.all().delete()

    assert "Good that you were there." in html(inside(amara).get(GONE))


@pytest.mark.parametrize("date", ["2026-11-23", "2026-12-01", "2026-11-10"])
def test_page_about_no_evening_of_late_is_not_found(amara, evening, date):
    assert inside(amara).get(f"{PAGE}after/{date}/").status_code == 404
    assert inside(amara).post(f"{PAGE}after/{date}/talked/").status_code == 404
