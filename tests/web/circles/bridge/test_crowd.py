"""People here as the engine knows people."""

import numpy as np
import pytest
from tests.web.circles.making import AT, EVENINGS, wishing

from kith.web.acts.actions import record
from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.acts.models import Act
from kith.web.circles import actions
from kith.web.circles.bridge import crowd as crowds
from kith.web.circles.choices import Answer, ChairState, Reach, Way
from kith.web.circles.models import Chair, Circle, Wish
from kith.web.people.actions import say, unsay
from kith.web.people.choices import Topic
from kith.web.people.choices.week import in_words_of_64
from kith.web.people.models import Person
from kith.web.safety.choices import Kind as Distant
from kith.web.safety.models import Distance, Pause

pytestmark = pytest.mark.django_db


def row_of(crowd: crowds.Crowd, person: Person) -> int:
    return crowd.keys.index(person.pk)


def test_somebody_who_wishes_is_a_row_of_what_they_said() -> None:
    ada = wishing(
        "Ada",
        weeks=3,
        way=Way.EITHER,
        reach=Reach.NEAR,
        roles=["tea"],
        only_among=["women"],
        said={
            "practices": ["choir"],
            "gives": {"codes": ["listening", "walk"], "words": ""},
            "receives": {"codes": ["meal"], "words": "soup"},
            "languages": ["en", "es"],
        },
    )

    crowd = crowds.crowd_for_circles(at=AT)

    people, row = crowd.people, row_of(crowd, ada)
    assert crowd.seekers == {row}
    assert crowd.zones == ("Europe/London",)
    assert people.mode[row] == 3
    # A square of the map is known to about four kilometers.
    assert people.reach_km[row] == 14
    assert people.languages[row] == 0b11
    assert people.week[row].tolist() == list(in_words_of_64(EVENINGS))
    assert people.practices[row] == 1 << 4
    assert people.gives[row] == 0b101
    assert people.receives[row] == 0b1000
    assert people.roles[row] == 0b10
    assert people.requires[row] == people.offers[row] == 1
    assert people.weeks_waiting[row] == 3
    assert people.days[row] == 400


def test_in_person_asks_for_a_home() -> None:
    ada = wishing("Ada", way=Way.IN_PERSON)
    ben = wishing("Ben", way=Way.EITHER)
    for person in (ada, ben):
        unsay(person=person, topic=Topic.HOME)

    crowd = crowds.crowd_for_circles(at=AT)

    assert crowd.keys == (ben.pk,)
    assert crowd.people.mode.tolist() == [2]
    assert np.isnan(crowd.people.latitude[0])


@pytest.mark.parametrize("why", ["no hours", "rests", "paused", "gone", "wants a pair only"])
def test_whoever_cannot_be_asked_now_is_left_out(why: str) -> None:
    ada, ben = wishing("Ada"), wishing("Ben")
    if why == "no hours":
        unsay(person=ada, topic=Topic.HOURS)
    if why == "rests":
        Wish.objects.filter(person=ada).update(rests_until=AT.date().replace(month=12))
    if why == "paused":
        Pause.objects.create(person=ada, until=AT.replace(year=2036))
    if why == "gone":
        Person.objects.filter(pk=ada.pk).update(is_active=False)
    if why == "wants a pair only":
        Wish.objects.filter(person=ada).update(circle=False, pair=True)

    crowd = crowds.crowd_for_circles(at=AT)

    assert crowd.keys == (ben.pk,)


def test_distances_and_ties_are_pairs_of_rows() -> None:
    ada, ben, cem = (wishing(name) for name in ("Ada", "Ben", "Cem"))
    Distance.objects.create(by=ada, whom=ben, kind=Distant.AVOID)
    record(
        Act(
            kind=Kind.TALKED, actor=ben, other=cem, mode=Mode.IN_PERSON, minutes=60,
            help=Help.NONE, on=AT.date(), setting=Setting.GATHERING, number=3,
        )
    )  # fmt: skip

    crowd = crowds.crowd_for_circles(at=AT)

    rows = [row_of(crowd, one) for one in (ada, ben, cem)]
    assert [set(pair) for pair in crowd.people.exclusions.tolist()] == [{rows[0], rows[1]}]
    assert [set(pair) for pair in crowd.people.ties.tolist()] == [{rows[1], rows[2]}]
    # Ben came to gathering 3; nothing is known of the others.
    assert crowd.people.cluster[rows[1]] == 1
    assert crowd.people.cluster[rows[0]] == 0


def test_those_who_sit_have_the_hour_of_their_circle_and_nothing_else() -> None:
    for name in ("Ada", "Ben", "Cem", "Dev"):
        wishing(name)
    actions.form_circles(at=AT, seed=7)
    for chair in Chair.objects.all():
        actions.answer(chair=chair, answer=Answer.YES, at=AT)
    say(person=Person.objects.all()[0], topic=Topic.LANGUAGES, value=["es"])

    crowd = crowds.crowd_for_circles(at=AT)

    circle = Circle.objects.get()
    assert crowd.seekers == frozenset()
    assert crowd.circles == (circle,)
    half = int(crowd.last.hour[0])
    assert {tuple(row) for row in crowd.people.week.tolist()} == {in_words_of_64({half, half + 1})}
    # They have found a language between them.
    assert set(crowd.people.languages.tolist()) == {0b11}
    assert set(crowd.people.mode.tolist()) == {circle.way}


@pytest.mark.parametrize(("gone", "at"), [(1, (51.5, -0.1)), (4, (0.0, 0.0))])
def test_who_takes_back_where_they_live_still_sits(gone: int, at: tuple[float, float]) -> None:
    for name in ("Ada", "Ben", "Cem", "Dev"):
        wishing(name, way=Way.IN_PERSON)
    actions.form_circles(at=AT, seed=7)
    for chair in Chair.objects.all():
        actions.answer(chair=chair, answer=Answer.YES, at=AT)
    for person in Person.objects.order_by("called")[:gone]:
        unsay(person=person, topic=Topic.HOME)

    people = crowds.crowd_for_circles(at=AT).people
    actions.form_circles(at=AT, seed=8)

    np.testing.assert_allclose(people.latitude, at[0], atol=0.1)
    np.testing.assert_allclose(people.longitude, at[1], atol=0.1)
    assert Chair.objects.filter(state=ChairState.SITS).count() == 4


def test_a_circle_among_women_stays_so() -> None:
    for name in ("Ada", "Bea", "Cel", "Dot"):
        wishing(name, only_among=["women"])
    actions.form_circles(at=AT, seed=7)
    for chair in Chair.objects.all():
        actions.answer(chair=chair, answer=Answer.YES, at=AT)
    wishing("Eli", said={"spaces": ["men"]})
    wishing("Fay", said={"spaces": ["women"]})

    actions.form_circles(at=AT, seed=8)

    circle = Circle.objects.get()
    assert circle.only_among == ["women"]
    asked = circle.chairs.filter(state="asked")
    assert [chair.person.called for chair in asked] == ["Fay"]


def test_more_spaces_than_the_engine_knows_leave_the_least_wanted_waiting() -> None:
    spaces = [
        "women", "men", "nonbinary", "transgender", "lgbtq", "young_people", "seniors",
        "students", "veterans",
    ]  # fmt: skip
    for number, space in enumerate(spaces):
        wishing(f"P{number}", only_among=[space])
    wishing("Q", only_among=["women"])

    crowd = crowds.crowd_for_circles(at=AT)

    # "women" is wanted twice; of the others, the last in the alphabet waits.
    assert len(crowd.keys) == 9
    assert int(np.bitwise_or.reduce(crowd.people.requires)) == 0xFF
