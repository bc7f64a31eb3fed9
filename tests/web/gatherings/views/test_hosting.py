"""The pages of those who host, as browsers meet them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.web.gatherings.holding import (
    block,
    browser_of,
    held,
    hosts_of,
    join,
    pause,
    somebody,
    told,
    typed,
    waiting,
    written,
)
from tests.web.gatherings.making import forget_everything, meeting, take_in

from kith.web.acts.models import Act
from kith.web.gatherings import actions, forms
from kith.web.gatherings.choices import Joining, Status
from kith.web.gatherings.models import Gathering, Host, HostLink, HostTraining, Occasion
from kith.web.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGES = ("host/", "host/edit/", "host/dates/", "host/hosts/")


@pytest.fixture
def ruth():
    return somebody("Ruth")


@pytest.fixture
def kofi():
    return somebody("Kofi")


@pytest.fixture
def choir(ruth, kofi):
    return held(ruth, kofi)


@pytest.fixture
def inside(ruth):
    """Ruth's browser."""
    return browser_of(ruth)


def html(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def body(answer):
    """Return what a page says, without what differs each time it is asked for."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value)="\w+"', r"\1", html(answer))
    return text.replace(answer.request["PATH_INFO"], "")


def link_for(ruth, gathering, joining=Joining.BESIDE):
    code = actions.invite(person=ruth, gathering=gathering, joining=joining).code
    return f"/host/with/{code}/"


# ---- every door ---------------------------------------------------------------------------------
@pytest.mark.parametrize("page", PAGES)
def test_hosts_pages_are_not_there_for_anybody_else(choir, ruth, kofi, page):
    path = choir.get_absolute_url() + page
    outsider, blocked, former = somebody(), somebody(), somebody()
    block(ruth, blocked)
    join(choir, ruth, former)
    actions.leave(person=former, gathering=choir)
    over = somebody()
    Host.objects.create(
        gathering=choir, person=over, until=timezone.localdate() - timedelta(days=1)
    )
    never = browser_of(outsider).get(f"/gatherings/nothing-at-all/{page}")

    for person in (outsider, blocked, former, over):
        answer = browser_of(person).get(path)

        assert (answer.status_code, body(answer)) == (404, body(never))
    assert browser_of(kofi).get(path).status_code == 200


@pytest.mark.parametrize("page", [*PAGES, "../yours/", "../../host/new/"])
def test_stranger_is_shown_the_way_in_and_the_paused_are_told(choir, client, kofi, page):
    path = (
        choir.get_absolute_url() + page if "host/" in page and ".." not in page
        else {"../yours/": "/gatherings/yours/", "../../host/new/": "/host/new/"}[page]
    )  # fmt: skip

    assert client.get(path)["Location"].startswith("/enter/?next=")
    pause(kofi)
    answer = browser_of(kofi).get(path)
    assert answer.status_code == 403
    assert "A steward has asked you to pause" in html(answer)


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_does_is_done_for_hosts_alone(choir, page):
    before = Gathering.objects.values().get()

    answer = browser_of(somebody()).post(
        choir.get_absolute_url() + page, {"do": "end", "answer": "yes", **written(name="Mine")}
    )

    assert answer.status_code == 404
    assert Gathering.objects.values().get() == before


def test_retired_gathering_has_no_hosts_page(choir, inside):
    actions.end(gathering=choir)

    assert inside.get(f"{choir.get_absolute_url()}host/").status_code == 404


def test_pages_are_not_kept_by_browsers(choir, inside):
    for page in PAGES:
        answer = inside.get(choir.get_absolute_url() + page)
        assert answer["Cache-Control"] == "no-store, private"


# ---- writing one ----------------------------------------------------------------------------------
def test_gathering_is_written_looked_at_and_opened(inside, ruth, kofi, client):
    assert "Start a gathering" in html(inside.get("/host/new/"))

    answer = inside.post("/host/new/", written())

    path = "/gatherings/riverside-choir-dublin/"
    assert answer["Location"] == path
    preview = html(inside.get(path))
    assert "Only its hosts see this yet." in preview
    assert "Tonight, 7 to 8:30 pm" in preview
    assert "Somebody with a yellow scarf." in preview
    assert "I’ll come" not in preview
    assert client.get(path).status_code == 404
    link = link_for(ruth, Gathering.objects.get())
    assert "Ruth asks you" in html(browser_of(kofi).get(link))
    assert browser_of(kofi).post(link, {"answer": "yes"})["Location"] == f"{path}host/"
    assert "Two people host this." in html(client.get(path))


def test_nothing_typed_is_lost(inside):
    sent = written(
        start="",
        risk_words="The quay is wet.",
        about="We sing.",
        audience=["women"],
        town="Xyzzyville",
    )

    answer = inside.post("/host/new/", sent)

    page = html(answer)
    assert answer.status_code == 400
    for words in ("Riverside Choir", "Boathouse 2", "Somebody with a yellow scarf.", "We sing.",
                  "The quay is wet.", "Xyzzyville", "A minute of quiet."):  # fmt: skip
        assert words in page
    assert re.search(r'value="women"[^>]*checked', page)
    assert "Say when it starts." in page
    assert not Gathering.objects.exists()


def test_town_of_several_is_chosen(inside):
    inside.cookies["tz"] = "America/New_York"

    page = html(inside.post("/host/new/", written()))

    assert "Which one do you mean?" in page
    sent = written(town_meant="Dublin, OH")
    assert inside.post("/host/new/", sent)["Location"] == "/gatherings/riverside-choir-dublin/"


def test_too_many_that_wait_are_refused_on_the_page(inside, ruth):
    for _ in range(5):
        waiting(ruth)

    answer = inside.post("/host/new/", written())

    assert answer.status_code == 400
    assert "Several of yours wait for a second host already." in html(answer)


def test_gathering_is_changed_on_the_same_page(choir, inside):
    page = html(inside.get(f"{choir.get_absolute_url()}host/edit/"))
    assert 'value="Riverside Choir"' in page

    answer = inside.post(f"{choir.get_absolute_url()}host/edit/", written(name="River Choir"))

    assert answer["Location"] == choir.get_absolute_url()
    assert Gathering.objects.get().name == "River Choir"
    assert inside.post(f"{choir.get_absolute_url()}host/edit/", {}).status_code == 400


# ---- the link -------------------------------------------------------------------------------------
def test_dead_link_is_the_same_whatever_it_died_of(choir, ruth, kofi):
    reader = somebody("Amara")
    browser = browser_of(reader)
    link = link_for(ruth, choir)
    never = body(browser.get("/host/with/never-was/"))
    assert browser.get(link).status_code == 200

    block(reader, kofi)
    answer = browser.get(link)

    assert (answer.status_code, body(answer)) == (404, never)
    assert "This link no longer works." in never
    assert browser.post(link, {"answer": "yes"}).status_code == 404
    assert hosts_of(choir) == ["Ruth", "Kofi"]


def test_link_is_for_those_who_are_in(client, choir, ruth):
    link = link_for(ruth, choir)

    assert client.get(link)["Location"] == f"/enter/?next={link.replace('/', '%2F')}"
    paused = somebody()
    pause(paused)
    assert browser_of(paused).get(link).status_code == 403


def test_no_is_a_full_answer(choir, ruth):
    answer = browser_of(somebody()).post(link_for(ruth, choir), {"answer": "no"})

    assert "Not this time. That is fine." in html(answer)
    assert not HostLink.objects.exists()


def test_own_link_shows_what_the_other_sees(choir, inside, ruth):
    link = link_for(ruth, choir)

    assert "This is what the other one sees" in html(inside.get(link))
    answer = inside.post(link, {"answer": "yes"})
    assert answer.status_code == 400
    assert "You host this already." in html(answer)


def test_link_to_take_over_says_so(choir, ruth):
    page = html(browser_of(somebody()).get(link_for(ruth, choir, Joining.INSTEAD)))

    assert "Will you take over “Riverside Choir”?" in page


def test_link_for_one_date_names_it(ruth):
    once = waiting(ruth, repeat="once", on="2026-12-03")

    assert "Thursday 3 December, 7 pm" in html(browser_of(somebody()).get(link_for(ruth, once)))


# ---- the evening ----------------------------------------------------------------------------------
def test_hosts_see_each_other_and_the_evening(choir, inside):
    page = html(inside.get(f"{choir.get_absolute_url()}host/"))

    assert "You are hosting with Kofi" in page
    assert "Riverside Choir, tonight" in page
    assert "We’re both here" in page
    assert page.count('class="win l dim"') == 2
    assert 'href="/tell/?where=%2Fgatherings%2Friverside-choir-dublin%2F"' in page


def test_one_then_both_are_there(choir, inside, kofi):
    path = f"{choir.get_absolute_url()}host/"

    assert inside.post(path, {"do": "here"})["Location"] == path
    assert "Kofi is on the way." in html(inside.get(path))
    browser_of(kofi).post(path, {"do": "all_here"})

    assert "You are both here." in html(inside.get(path))
    assert Act.objects.count() == 1


def test_who_is_not_okay_taps_once(choir, inside, kofi):
    path = f"{choir.get_absolute_url()}host/"

    browser_of(kofi).post(path, {"do": "away"})

    assert "You would be alone: Tonight." in html(inside.get(path))
    assert "You are not hosting: Tonight." in html(browser_of(kofi).get(path))
    browser_of(kofi).post(path, {"do": "here"})
    assert "Kofi" in html(inside.get(path))


def test_step_that_is_on_is_marked(choir, inside, clock):
    clock.stand_at(timezone.now() + timedelta(minutes=45))

    page = html(inside.get(f"{choir.get_absolute_url()}host/"))

    assert re.findall(r'aria-current="step"><b>(.*?)</b><span>(.*?)</span>', page) == [
        ("7:00", "Tea.")
    ]


def test_before_the_evening_nobody_says_that_they_are_there(choir, inside, clock):
    clock.stand_at(timezone.now() + timedelta(days=1))
    path = f"{choir.get_absolute_url()}host/"

    page = html(inside.get(path))
    answer = inside.post(path, {"do": "all_here"})

    assert "Riverside Choir, Tuesday 1 December" in page or "Riverside Choir, Tuesday" in page
    assert "We’re both here" not in page
    assert answer.status_code == 400
    assert "It is too early, or too late, to say so." in html(answer)


@pytest.mark.parametrize("do", ["here", "all_here", "away"])
def test_nothing_ahead_is_said_on_the_page(choir, inside, do):
    Gathering.objects.update(rule="")
    path = f"{choir.get_absolute_url()}host/"

    assert "No date is ahead." in html(inside.get(path))
    assert inside.post(path, {"do": do}).status_code == 400


@pytest.mark.parametrize("page", ["host/", "host/dates/", "host/hosts/"])
def test_word_that_means_nothing_does_nothing(choir, inside, page):
    path = choir.get_absolute_url() + page

    assert inside.post(path, {"do": "dance"})["Location"] == path


def test_what_is_missing_is_said(ruth, settings):
    settings.KITH_HOSTS_NEED_TRAINING = True
    settings.KITH_STEWARD_CONTACT = "ines@example.org"
    path = f"{waiting(ruth).get_absolute_url()}host/"

    page = html(browser_of(ruth).get(path))
    assert "It waits for a second host." in page
    assert "Ask those who run this place: ines@example.org." in page

    settings.KITH_HOSTS_NEED_TRAINING = False
    new, other = somebody("New", days=1), somebody("Other", days=1)
    gathering = waiting(new, name="Walk")
    join(gathering, new, other)
    page = html(browser_of(new).get(f"{gathering.get_absolute_url()}host/"))
    assert "You are both new here. It opens once one of you has been here for 90 days" in page


def test_paused_gathering_leads_to_going_on(choir, inside):
    actions.pause(gathering=choir)

    assert "Go on with it" in html(inside.get(f"{choir.get_absolute_url()}host/"))


def test_hosts_who_block_each_other_are_alone_on_their_pages(choir, inside, ruth, kofi):
    block(ruth, kofi)

    for page in PAGES:
        assert "Kofi" not in html(inside.get(choir.get_absolute_url() + page))


# ---- who hosts it ---------------------------------------------------------------------------------
def test_hosts_do_what_they_ask_for(choir, inside, ruth):
    path = f"{choir.get_absolute_url()}host/hosts/"

    inside.post(path, {"do": "invite"})
    inside.post(path, {"do": "hand_over"})
    page = html(inside.get(path))
    for code in [link.code for link in HostLink.objects.all()]:
        assert f"http://testserver/host/with/{code}/" in page
    inside.post(path, {"do": "take_back"})
    assert not HostLink.objects.exists()

    Host.objects.filter(person=ruth).update(until=timezone.localdate() + timedelta(days=3))
    assert "Your year as a host ends on 27 November 2026." in html(inside.get(path))
    inside.post(path, {"do": "again"})
    assert "Do you go on?" not in html(inside.get(path))

    assert inside.post(path, {"do": "leave"})["Location"] == "/gatherings/yours/"
    assert hosts_of(choir) == ["Kofi"]


def test_too_many_hosts_are_refused_on_the_page(choir, inside):
    for _ in range(2):
        Host.objects.create(gathering=choir, person=somebody(), until=timezone.localdate())

    answer = inside.post(f"{choir.get_absolute_url()}host/hosts/", {"do": "invite"})

    assert answer.status_code == 400
    assert "It has enough hosts." in html(answer)


def test_names_are_read_by_strangers_only_if_hosts_want_it(choir, inside, client):
    page = html(client.get(choir.get_absolute_url()))
    assert "Two people host this." in page
    assert "Ruth" not in page.replace("said Ruth", "")

    inside.post(f"{choir.get_absolute_url()}host/hosts/", {"do": "name", "is_named": "on"})
    page = html(client.get(choir.get_absolute_url()))
    assert "<b>Ruth</b>" in page
    assert "And somebody else." in page
    assert "Kofi" not in page

    inside.post(f"{choir.get_absolute_url()}host/hosts/", {"do": "name"})
    assert "<b>Ruth</b>" not in html(client.get(choir.get_absolute_url()))


def test_people_who_are_in_read_who_hosts_unless_they_keep_away(choir, kofi):
    amara = somebody("Amara")
    nameless = somebody()
    join(choir, kofi, nameless)
    page = html(browser_of(amara).get(choir.get_absolute_url()))
    assert re.findall(r"<b>(Ruth|Kofi|Someone)</b>", re.sub("</?a[^>]*>", "", page)) == [
        "Ruth", "Kofi", "Someone",
    ]  # fmt: skip

    block(kofi, amara)

    page = html(browser_of(amara).get(choir.get_absolute_url()))
    assert "Kofi" not in page
    assert "And somebody else." in page


def test_somebody_who_is_paused_reads_no_more_than_a_stranger(choir):
    amara = somebody("Amara")
    pause(amara)

    page = html(browser_of(amara).get(choir.get_absolute_url()))

    assert "Two people host this." in page
    assert "Kofi" not in page


def test_listed_gathering_has_no_word_about_hosts(client):
    take_in(meeting())

    assert ">Hosts<" not in html(client.get("/gatherings/early-birds-london/"))


# ---- the dates ------------------------------------------------------------------------------------
def test_dates_are_called_off_moved_and_taken_back(choir, inside):
    path = f"{choir.get_absolute_url()}host/dates/"
    assert "Tuesday 24 November, 7 to 8:30 pm" in html(inside.get(path))

    inside.post(path, {"do": "call_off", "on": "2026-12-01", "note": "Flu."})
    assert Occasion.objects.get().called_off
    assert "It meets after all" in html(inside.get(path))
    inside.post(path, {"do": "after_all", "on": "2026-12-01"})
    assert not Occasion.objects.get().called_off
    inside.post(path, {"do": "move", "on": "2026-12-01", "to": "2026-12-02", "at": "20:00"})

    assert "Wednesday 2 December, 8 to 9:30 pm" in html(inside.get(path))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"do": "call_off", "on": "2026-12-02"}, "It does not meet then"),
        ({"do": "call_off", "on": "2026-13-40"}, "It does not meet then"),
        ({"do": "call_off"}, "It does not meet then"),
        ({"do": "call_off", "on": "2026-12-01", "note": "x" * 300}, "at most 200 characters"),
        ({"do": "move", "on": "2026-12-01"}, "Say what is different"),
        ({"do": "move", "on": "2026-12-01", "to": "2026-11-01"}, "That time is past already."),
    ],
)
def test_date_that_cannot_be_changed_is_refused_and_the_words_stay(choir, inside, sent, words):
    answer = inside.post(
        f"{choir.get_absolute_url()}host/dates/", {"note": "Bring a coat.", **sent}
    )

    page = html(answer)
    assert answer.status_code == 400
    assert words in page
    assert sent.get("note", "Bring a coat.") in page
    assert not Occasion.objects.exists()


def test_all_of_it_is_paused_goes_on_and_ends(choir, inside):
    path = f"{choir.get_absolute_url()}host/dates/"

    inside.post(path, {"do": "pause"})
    assert "It is paused" in html(inside.get(path))
    inside.post(path, {"do": "go_on"})
    assert Gathering.objects.get().status == Status.OPEN

    assert inside.post(path, {"do": "end"})["Location"] == "/gatherings/yours/"
    assert Gathering.objects.get().status == Status.RETIRED


# ---- yours, and what is kept ------------------------------------------------------------------------
def test_yours_holds_what_is_kept_and_what_somebody_hosts(ruth, kofi, inside):
    assert "None is kept for you so far." in html(inside.get("/gatherings/yours/"))
    kept = held(ruth, kofi, name="Women’s Table", audience=["women"], found_by="theirs")
    waiting(ruth, name="Harbour Walk")

    page = html(inside.get("/gatherings/yours/"))

    assert f'href="{kept.get_absolute_url()}"' in page
    assert "Waiting for two hosts" in page
    other = html(browser_of(somebody()).get("/gatherings/yours/"))
    assert "Women’s Table" not in other
    assert "Harbour Walk" not in other


@pytest.mark.parametrize("count", [1, 3])
def test_yours_asks_no_more_for_three_than_for_one(
    ruth, kofi, inside, django_assert_num_queries, count
):
    for number in range(count):
        held(ruth, kofi, name=f"Table {number}", audience=["women"], found_by="theirs")
        held(ruth, kofi, name=f"Choir {number}")
    inside.get("/gatherings/yours/")

    with django_assert_num_queries(8):
        inside.get("/gatherings/yours/")


def test_coming_to_a_space_of_others_is_refused_kindly(ruth, kofi):
    space = held(ruth, kofi, audience=["lgbtq"])
    amara = browser_of(somebody("Amara"))
    sent = {"answer": "come", "on": "2026-11-24"}

    answer = amara.post(f"{space.get_absolute_url()}answer/", sent)

    assert answer.status_code == 400
    assert "This one is kept for: LGBTQ+." in html(answer)
    assert browser_of(ruth).post(f"{space.get_absolute_url()}answer/", sent).status_code == 302


def test_kept_and_waiting_pages_are_in_no_index(ruth, kofi, inside):
    for gathering in (
        held(ruth, kofi, name="Table", audience=["women"], found_by="theirs"), waiting(ruth),
    ):  # fmt: skip
        page = html(inside.get(gathering.get_absolute_url()))
        assert '<meta name="robots" content="noindex">' in page
        assert "ld+json" not in page


def test_kept_gathering_stays_on_tonight_of_those_it_is_for(ruth, kofi, inside):
    kept = held(ruth, kofi, name="Table", audience=["women"], found_by="theirs")
    for person in (ruth, kofi):
        actions.answer(person=person, gathering=kept, on=None, said="come")
    actions.leave(person=kofi, gathering=kept)
    Gathering.objects.update(status=Status.OPEN)

    assert ">Table</a></h2>" in html(inside.get("/tonight/"))
    assert ">Table</a></h2>" not in html(browser_of(kofi).get("/tonight/"))


def test_safety_words_stand_on_the_page(client, ruth, kofi):
    swim = held(
        ruth, kofi, practice="surf_therapy", risk_words="Cold water.", room_words="Room for six.",
        first_aid_words="Kofi.", naloxone_words="Red box.", authority_words="Coastguard: 112.",
    )  # fmt: skip

    page = html(client.get(swim.get_absolute_url()))

    for words in ("Cold water.", "Room for six.", "Kofi.", "Red box.", "Coastguard: 112.",
                  "at my own risk"):  # fmt: skip
        assert words in page


def test_typed_street_is_looked_for_by_name_not_at_the_middle_of_the_town(choir, client):
    page = html(client.get(choir.get_absolute_url()))

    assert "search?query=1+River+Walk%2C+Dublin%2C+Ireland" in page
    assert "geo:" not in page
    assert "Only the town is known." not in page


# ---- nothing breaks it ------------------------------------------------------------------------------
class AnythingAtAll(TestCase):
    """Whatever is sent, the form answers, and loses nothing."""

    @given(st.dictionaries(
        st.sampled_from(sorted(forms.HostingForm.base_fields)),
        st.text(st.characters(codec="utf-8"), max_size=40), max_size=12,
    ))  # fmt: skip
    def test_form_answers_whatever_is_sent(self, changes):
        form = forms.HostingForm(typed(written(**changes)), zone="Europe/Dublin")

        assert form.is_valid() or form.errors


def test_export_holds_what_somebody_hosts_and_not_the_codes(choir, inside, ruth):
    link = link_for(ruth, choir)
    HostTraining.objects.create(person=ruth, supervisor="Ines", checked="Papers seen.")

    text = inside.get("/you/all.json").content.decode()

    assert '"gathering": "Riverside Choir"' in text
    assert "Papers seen." in text
    assert link.split("/")[3] not in text


def test_erasing_leaves_no_host_and_no_link(choir, ruth, kofi):
    link_for(ruth, choir)
    Person.objects.get(pk=ruth.pk).delete()

    assert hosts_of(choir) == ["Kofi"]
    assert not HostLink.objects.exists()
    assert told(kofi)[-1].startswith("“Riverside Choir” is paused")
    forget_everything()
