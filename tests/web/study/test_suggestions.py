"""What comes unasked: by whose arm, to whom, whom it names, and what it never touches."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from tests.web.messages.making import inside
from tests.web.plans.making import circle_mates, line, said_yes
from tests.web.study.making import TEXT, asked, day, joined, locked, suggested

from kith.web.kit import features
from kith.web.notices.models import Notice
from kith.web.people import actions as people
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance, Pause
from kith.web.study import actions
from kith.web.study.models import Assignment, Consent, Prompt, Suggestion

pytestmark = pytest.mark.django_db


def by_arm(style):
    """Return a study of people of whom one arm has something suggested to them in a style."""
    text = TEXT.replace("features = { circle = 12 }", 'features = { prompts = "off" }')
    return locked(
        text.replace("features = { circle = true }", f'features = {{ prompts = "{style}" }}'),
        at=day(7),
    )


def in_arm(study, arm, called="Ada"):
    """Return somebody whom the coin put into `arm`."""
    ada = joined(study, called, at=day(7))
    Assignment.objects.filter(person=ada).update(arm=arm)
    return ada


def weeks_of(study, ada, *, days):
    """Return what was suggested to somebody in so many days, as it came."""
    for after in range(days):
        actions.plan_day(at=day(7, after=after))
        for at in list(Suggestion.objects.filter(told_at=None).values_list("at", flat=True)):
            actions.suggest(at=at)
    return list(Suggestion.objects.filter(person=ada, told_at__isnull=False).order_by("at"))


def page_of(person, found):
    return inside(person).get(found.get_absolute_url())


# ---- by a whole arm -------------------------------------------------------------------------
def test_arm_that_asks_to_plan_says_so_once_a_week(db):
    study = by_arm("plan")
    ada, bea = in_arm(study, "circle"), in_arm(study, "listing", "Bea")

    found = weeks_of(study, ada, days=15)

    apart = [later.at - sooner.at for sooner, later in pairwise(found)]
    assert [one.style for one in found] == ["plan"] * len(found)
    assert len(found) in {2, 3}
    assert min(apart) > timedelta(days=6)
    assert all(8 <= one.at.hour < 22 for one in found)
    assert not Suggestion.objects.filter(person=bea).exists()


def test_whoever_has_a_plan_is_not_asked_to_make_one(db):
    study = by_arm("plan")
    ada = in_arm(study, "circle")
    line(ada)

    assert weeks_of(study, ada, days=9) == []


def test_arm_of_company_names_somebody_who_agreed(db):
    study = by_arm("invitation")
    ada, bea = circle_mates("Ada", "Bea")
    said_yes(ada, bea, at=day(6))
    actions.join(person=ada, study=study, said=actions.Said(answers=True, draw=True), at=day(7))
    Assignment.objects.update(arm="circle")

    found = weeks_of(study, ada, days=2)

    assert [one.other for one in found] == [bea]
    assert [one.decision for one in found] == [None]


def test_without_anybody_to_name_nothing_comes_and_nothing_is_forced(db):
    study = by_arm("invitation")
    ada = in_arm(study, "circle")

    assert weeks_of(study, ada, days=3) == []
    assert not Notice.objects.filter(person=ada).exists()


def test_who_stops_has_nothing_suggested_any_more(db):
    study = by_arm("plan")
    ada = in_arm(study, "circle")
    actions.plan_day(at=day(7))
    assert Suggestion.objects.filter(person=ada).exists()

    actions.stop(consent=Consent.objects.get(person=ada), at=day(7))

    assert weeks_of(study, ada, days=9) == []


def test_no_arm_touches_what_somebody_asks_for(db):
    study = by_arm("plan")
    ada = in_arm(study, "listing")

    assert features.of(ada.pk) == {"prompts": "off"}
    for path in ("/now/", "/plan/", "/service/", "/service/ask/"):
        assert inside(ada).get(path).status_code == 200
    answer = inside(ada).post("/now/ring/")
    assert answer.url.startswith("/now/to/")


# ---- the page -------------------------------------------------------------------------------
def test_page_names_who_agreed_and_leads_to_a_few_words(study, ada):
    bea = joined(study, "Bea")

    answer = page_of(ada, suggested(study, ada, other=bea))

    assert "Write to Bea" in answer.content.decode()
    assert "/messages/" in answer.content.decode()
    assert str(bea.pk) not in answer.content.decode()


@pytest.mark.parametrize("way", [("ada", "bea"), ("bea", "ada")])
@pytest.mark.parametrize("kind", [Kind.BLOCK, Kind.AVOID])
def test_page_names_nobody_once_two_are_apart(study, ada, kind, way):
    two = {"ada": ada, "bea": joined(study, "Bea")}
    found = suggested(study, ada, other=two["bea"])
    Distance.objects.create(by=two[way[0]], whom=two[way[1]], kind=kind)

    page = page_of(ada, found).content.decode()

    assert "Bea" not in page
    assert "A few words with somebody?" in page


def test_page_names_nobody_who_is_paused(study, ada):
    bea = joined(study, "Bea")
    steward = joined(study, "Sam")
    Pause.objects.create(
        person=bea, by=steward, until=timezone.now() + timedelta(days=1), why="Rest a while."
    )

    assert "Bea" not in page_of(ada, suggested(study, ada, other=bea)).content.decode()


def test_page_is_there_without_whoever_erased_themselves(study, ada):
    bea = joined(study, "Bea")
    found = suggested(study, ada, other=bea)
    people.erase(person=bea)

    assert "A few words with somebody?" in page_of(ada, found).content.decode()


def test_page_of_somebody_else_is_none(study, ada):
    found = suggested(study, ada)

    assert page_of(joined(study, "Bea"), found).status_code == 404


def test_page_that_is_to_come_is_none_yet(study, ada):
    assert page_of(ada, suggested(study, ada, told_at=None)).status_code == 404


def test_page_that_is_over_says_so_and_names_nobody(study, ada):
    bea = joined(study, "Bea")
    found = suggested(study, ada, other=bea, until=timezone.now() - timedelta(seconds=1))

    page = page_of(ada, found).content.decode()

    assert "That one is over." in page
    assert "Bea" not in page


def test_not_now_is_taken_at_once(study, ada):
    found = suggested(study, ada)

    answer = inside(ada).post(f"{found.get_absolute_url()}not-now/")

    found.refresh_from_db()
    assert answer.url == "/checked-in/"
    assert not found.stands(timezone.now())


# ---- seen -----------------------------------------------------------------------------------
def test_page_that_is_only_fetched_was_not_seen(study, ada):
    found, prompt = suggested(study, ada), asked(study, ada)

    for path in (found.get_absolute_url(), prompt.get_absolute_url()):
        assert inside(ada).get(path).status_code == 200

    assert Suggestion.objects.get().seen_at is None
    assert Prompt.objects.get().shown_at is None


def test_page_says_itself_that_it_was_seen_once(study, ada):
    found, prompt = suggested(study, ada), asked(study, ada)

    for path in (found.get_absolute_url(), prompt.get_absolute_url()):
        assert inside(ada).post(f"{path}seen/").json() == {"seen": True}
    first = (Suggestion.objects.get().seen_at, Prompt.objects.get().shown_at)
    for path in (found.get_absolute_url(), prompt.get_absolute_url()):
        inside(ada).post(f"{path}seen/")

    assert None not in first
    assert (Suggestion.objects.get().seen_at, Prompt.objects.get().shown_at) == first
