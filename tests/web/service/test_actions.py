"""Asks and offers are said, taken up, agreed on, thanked for, and end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from tests.web.circles.making import longtime, told
from tests.web.safety.meeting import paused
from tests.web.service.making import (
    ZONE,
    agreed,
    asked,
    have_met,
    in_a_circle,
    neighbour,
    says,
    taken,
)

from kith.errors import RefusalError
from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.acts.models import Act
from kith.web.messages import access as messages
from kith.web.messages.choices import Reason
from kith.web.messages.models import Ground
from kith.web.notices.models import Notice
from kith.web.people import actions as people
from kith.web.people.queries import everything_of
from kith.web.safety.actions import keep_away
from kith.web.safety.choices import Category
from kith.web.safety.choices import Kind as Far
from kith.web.safety.models import Look, Report
from kith.web.service import actions
from kith.web.service.choices import (
    KEPT_FOR,
    OPEN_FOR,
    Meets,
    Place,
    SeenBy,
    Side,
    State,
    What,
    mask_of,
)
from kith.web.service.models import Errand, Invitation, Take

KIND = "This has been taken care of, or it is no longer needed. Thank you for being ready."


def grounds():
    """Return the reasons for which asks let two people write now."""
    now = timezone.now()
    return [ground for ground in Ground.objects.filter(reason=Reason.ASK) if ground.until > now]


# ---- said ---------------------------------------------------------------------------------------
def test_ask_is_open_for_two_weeks(dev):
    errand = asked(dev)

    assert errand.ends_at - errand.made_at == OPEN_FOR
    assert (errand.seen_by, errand.place) == (SeenBy.OTHERS, Place.NEAR)


def test_ask_for_a_day_ends_with_it_by_the_clock_of_whoever_asks(dev):
    day = timezone.localdate() + timedelta(days=3)

    ends = [asked(dev, on=day, parts=parts).ends_at for parts in ((), ("night",))]

    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC)
    assert [end - midnight for end in ends] == [timedelta(0), timedelta(hours=5)]


def test_hours_of_a_day_are_those_of_its_weekday(dev):
    thursday = datetime(2026, 12, 3, tzinfo=UTC).date()

    errand = asked(dev, on=thursday, parts=("evening",), days=(0, 1))

    assert errand.parts == mask_of([3], ["evening"]) == 1 << (3 * 6 + 4)


def test_three_are_enough(dev):
    for _ in range(3):
        asked(dev)

    with pytest.raises(actions.EnoughError):
        asked(dev)
    assert Errand.objects.count() == 3


def test_what_is_over_leaves_room(dev):
    long_ago = timezone.now() - OPEN_FOR
    for _ in range(3):
        asked(dev, at=long_ago)

    assert asked(dev).pk


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("20 euros for it", actions.MoneyError),
        ("lend me something", actions.LendingError),
        ("ring me on 07700 900123", actions.ContactError),
    ],
)
def test_money_lending_and_addresses_are_refused_with_the_reason(ruth, dev, words, error):
    errand = asked(dev)

    with pytest.raises(error):
        asked(dev, words=words)
    with pytest.raises(error):
        taken(errand, ruth, line=words)
    taken(errand, ruth)
    with pytest.raises(error):
        says(errand, is_yes=True, words=words)
    assert Take.objects.get().state == State.WAITS


def test_who_lives_nowhere_known_is_seen_by_circles(db):
    assert asked(longtime("Nowhere")).seen_by == SeenBy.CIRCLES


# ---- taken up -----------------------------------------------------------------------------------
def test_author_is_told_who_could(ruth, dev):
    taken(asked(dev), ruth)

    assert told(dev) == ["Ruth could do what you asked for. Would you like that?"]


def test_author_of_an_offer_is_told_who_would_like_it(ruth, dev):
    taken(asked(dev, side=Side.OFFER, what=What.MEAL), ruth)

    assert told(dev) == ["Ruth would like what you offered. Shall you?"]


def test_first_one_comes_first_and_the_other_reads_a_kind_sentence(ruth, wren, dev):
    errand = asked(dev)
    taken(errand, ruth)

    with pytest.raises(actions.TakenError, match="Thank you for being ready"):
        taken(errand, wren)
    assert [take.person for take in Take.objects.all()] == [ruth]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_first(ruth, wren, dev):
    errand = asked(dev)

    def take(person):
        try:
            taken(errand, person)
        except RefusalError as error:
            return str(error)
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(take, (ruth, wren)))

    assert found == [KIND, "taken"]
    assert Take.objects.count() == 1


def test_nobody_takes_up_their_own_or_what_is_over(ruth, dev):
    mine, over = asked(dev), asked(dev, at=timezone.now() - OPEN_FOR)

    with pytest.raises(actions.TakenError):
        taken(mine, dev)
    with pytest.raises(actions.TakenError):
        taken(over, ruth)


def test_private_place_is_refused_the_first_time(ruth, dev):
    errand = asked(dev)
    given = {"errand": errand, "person": ruth, "line": "", "meets": Meets.PRIVATE}

    with pytest.raises(actions.FirstMeetingError):
        actions.take_up(**given, at=timezone.now())
    have_met(ruth, dev)
    actions.take_up(**given, at=timezone.now())

    assert Take.objects.get().meets == Meets.PRIVATE


# ---- agreed -------------------------------------------------------------------------------------
def test_after_a_yes_the_two_may_write_and_before_not(ruth, dev):
    errand = asked(dev)
    taken(errand, ruth)
    assert grounds() == []

    says(errand, is_yes=True, words="Lovely.")

    (ground,) = grounds()
    assert {ground.low, ground.high} == {ruth, dev}
    assert ground.number == errand.pk
    assert messages.conversation_with(ruth, dev, at=timezone.now()).is_open
    assert told(ruth) == ["Dev says “Yes please”. You can write to each other now."]


def test_no_reads_like_having_come_too_late_and_is_in_no_export(ruth, dev):
    errand = asked(dev)
    taken(errand, ruth)

    says(errand, is_yes=False)

    assert told(ruth) == [KIND]
    assert grounds() == []
    with pytest.raises(actions.TakenError, match="taken care of"):
        taken(errand, ruth)
    assert "not this time" not in str(everything_of(ruth))


def test_another_may_take_up_what_one_was_told_no_for(ruth, wren, dev):
    errand = asked(dev)
    taken(errand, ruth)
    says(errand, is_yes=False)

    assert agreed(errand, wren).is_agreed


def test_only_the_author_answers_and_only_once(ruth, dev):
    errand = asked(dev)
    agreed(errand, ruth)

    with pytest.raises(actions.TakenError):
        says(errand, is_yes=False)
    with pytest.raises(actions.TakenError):
        actions.answer(errand=errand, person=ruth, says_yes=True, words="", at=timezone.now())


# ---- done, with thanks ----------------------------------------------------------------------------
def test_who_helped_is_written_down_once_though_both_give_thanks(ruth, dev):
    errand = asked(dev)
    agreed(errand, ruth)

    for person in (dev, ruth, dev):
        actions.thank(errand=errand, person=person, at=timezone.now())

    (act,) = Act.objects.all()
    assert (act.actor, act.other) == (ruth, dev)
    assert (act.kind, act.help, act.mode) == (Kind.HELPED, Help.GIVEN, Mode.IN_PERSON)
    assert (act.setting, act.number) == (Setting.SERVICE, None)
    take = Take.objects.get()
    assert (take.author_thanked, take.taker_thanked) == (True, True)
    assert told(dev)[-1] == "Ruth thanks you."
    assert told(ruth)[-1] == "Dev thanks you."


def test_of_an_offer_the_author_helped(ruth, dev):
    errand = asked(dev, side=Side.OFFER, place=Place.ONLINE)
    agreed(errand, ruth)

    actions.thank(errand=errand, person=ruth, at=timezone.now())

    (act,) = Act.objects.all()
    assert (act.actor, act.other, act.mode) == (dev, ruth, Mode.VIDEO)


def test_nobody_gives_thanks_for_what_is_not_agreed_or_not_theirs(ruth, wren, dev):
    errand = asked(dev)
    taken(errand, ruth)

    with pytest.raises(actions.TooEarlyError):
        actions.thank(errand=errand, person=dev, at=timezone.now())
    says(errand, is_yes=True)
    with pytest.raises(actions.TooEarlyError):
        actions.thank(errand=errand, person=wren, at=timezone.now())
    assert Act.objects.count() == 0


# ---- back ---------------------------------------------------------------------------------------
def test_taker_steps_back_and_it_is_open_for_others(ruth, wren, dev):
    errand = asked(dev)
    agreed(errand, ruth)

    actions.step_back(errand=errand, person=ruth, at=timezone.now())

    assert told(dev)[-1] == "Ruth can’t after all. What you said is open again."
    assert grounds() == []
    assert taken(errand, wren).pk


def test_author_takes_it_back_and_the_other_reads_it_kindly(ruth, dev):
    errand = asked(dev)
    agreed(errand, ruth)
    Notice.objects.all().delete()

    actions.step_back(errand=errand, person=dev, at=timezone.now())

    assert told(ruth) == [KIND]
    assert (Errand.objects.count(), grounds()) == (0, [])


def test_nobody_else_takes_it_back_and_nobody_what_is_done(ruth, wren, dev):
    errand = asked(dev)
    agreed(errand, ruth)

    with pytest.raises(actions.TakenError):
        actions.step_back(errand=errand, person=wren, at=timezone.now())
    actions.thank(errand=errand, person=dev, at=timezone.now())
    for person in (ruth, dev):
        with pytest.raises(actions.TakenError):
            actions.step_back(errand=errand, person=person, at=timezone.now())


def test_what_is_gone_meanwhile_is_refused_kindly(ruth, dev):
    errand = asked(dev)
    Errand.objects.all().delete()

    with pytest.raises(actions.TakenError):
        taken(errand, ruth)


# ---- people part --------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", [Far.BLOCK, Far.AVOID])
@pytest.mark.parametrize("is_author", [True, False])
def test_who_keeps_apart_lets_go_and_neither_reads_why(ruth, dev, kind, is_author):
    errand = asked(dev)
    agreed(errand, ruth)
    Notice.objects.all().delete()

    keep_away(person=dev if is_author else ruth, other=ruth if is_author else dev, kind=kind)

    assert (told(ruth), told(dev)) == ([KIND], ["What you said is open again."])
    assert grounds() == []
    assert Take.objects.get().state == State.BACK


def test_who_mutes_keeps_what_was_agreed(ruth, dev):
    errand = asked(dev)
    agreed(errand, ruth)

    keep_away(person=dev, other=ruth, kind=Far.MUTE)

    assert len(grounds()) == 1


def test_who_is_paused_keeps_nobody_waiting(ruth, wren, dev):
    errand = asked(dev)
    agreed(errand, ruth)

    paused(ruth)

    assert told(dev)[-1] == "What you said is open again."
    assert taken(errand, wren).pk


def test_who_erases_themselves_leaves_nobody_waiting(ruth, wren, dev):
    of_dev, of_wren = asked(dev), asked(wren)
    agreed(of_dev, ruth)
    agreed(of_wren, dev)
    Notice.objects.all().delete()

    people.erase(person=dev)

    assert (told(ruth), told(wren)) == ([KIND], ["What you said is open again."])
    assert [errand.by for errand in Errand.objects.all()] == [wren]


# ---- nothing piles up ---------------------------------------------------------------------------
def test_what_is_over_is_asked_about_once(dev):
    asked(dev, at=timezone.now() - OPEN_FOR)
    now = timezone.now()

    assert [actions.look_after(at=now), actions.look_after(at=now)] == [1, 0]
    assert told(dev) == ["Nobody could, this time. Is it still needed?"]


def test_who_waited_for_an_answer_that_never_came_is_told_kindly(ruth, dev):
    errand = asked(dev, side=Side.OFFER)
    taken(errand, ruth)
    Notice.objects.all().delete()

    actions.look_after(at=errand.ends_at)

    assert told(ruth) == [KIND]
    assert told(dev) == ["Nobody came by for what you offered. Do you still offer it?"]


def test_what_was_agreed_is_left_alone_until_it_fades(ruth, dev):
    errand = asked(dev)
    agreed(errand, ruth)

    assert actions.look_after(at=errand.ends_at) == 0
    assert Errand.objects.count() == 1
    actions.look_after(at=errand.ends_at + KEPT_FOR)
    assert Errand.objects.count() == 0


def test_said_again_takes_the_place_of_what_is_over(dev):
    over = asked(dev, at=timezone.now() - OPEN_FOR)
    draft = actions.Draft(side=Side.ASK, what=What.RIDE, zone=ZONE)

    again = actions.say(person=dev, draft=draft, instead=over, at=timezone.now())

    assert list(Errand.objects.all()) == [again]


def test_steward_puts_it_away_and_both_are_told(ruth, wren, dev):
    errand = asked(dev)
    agreed(errand, ruth)
    Notice.objects.all().delete()
    report = Report.objects.create(category=Category.WRITTEN, told_at=timezone.now())

    for _ in range(2):
        actions.hide(errand=errand, report=report, steward=wren, at=timezone.now())

    assert told(dev) == ["A steward has put away something that you said."]
    assert told(ruth) == [KIND]
    assert (grounds(), Look.objects.count()) == ([], 1)


# ---- the other door -----------------------------------------------------------------------------
def helped(helper, other, *, many=2):
    for _ in range(many):
        Act.objects.create(
            kind=Kind.HELPED, actor=helper, other=other, mode=Mode.IN_PERSON, help=Help.GIVEN,
            on=timezone.localdate(), setting=Setting.SERVICE,
        )  # fmt: skip


def test_who_only_gives_is_offered_to_ask_and_who_only_receives_to_offer(ruth, dev):
    helped(ruth, dev)

    found = [actions.invite(person=person, at=timezone.now()) for person in (ruth, dev)]

    assert found == [Side.ASK, Side.OFFER]


def test_door_stands_for_three_days_and_comes_back_after_a_month(ruth, dev):
    now = timezone.now()
    days = (0, 2, 4, 29)

    found = [actions.invite(person=dev, at=now + timedelta(days=day)) for day in days]

    assert found == [Side.OFFER, Side.OFFER, None, None]
    assert actions.invite(person=dev, at=now + timedelta(days=30)) is Side.OFFER


def test_door_that_was_waved_away_is_gone_at_once(dev):
    now = timezone.now()
    actions.invite(person=dev, at=now)

    actions.wave_away(person=dev)

    assert actions.invite(person=dev, at=now) is None
    assert Invitation.objects.count() == 1


def test_who_gives_and_receives_is_offered_nothing(ruth, dev):
    helped(ruth, dev)
    helped(dev, ruth)

    assert actions.invite(person=dev, at=timezone.now()) is None
    assert Invitation.objects.count() == 0


def test_nobody_is_invited_in_their_first_days(db):
    assert actions.invite(person=neighbour("New", days=3), at=timezone.now()) is None


def test_newcomer_agrees_with_their_circle_and_still_writes_first(newcomer, dev):
    errand = asked(newcomer)
    in_a_circle(dev, newcomer)

    agreed(errand, dev)

    assert len(grounds()) == 1
