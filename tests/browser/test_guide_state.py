"""The guided conversation as a pure function, and how browsers come to know the same: in Chromium."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORLD = Path(__file__).with_name("guide_world.js").read_text()
GOES_ON = 45 + 1  # minutes: three sets, and a last minute


@pytest.fixture(scope="module")
def world(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page that has loaded the modules, once for all these tests: they leave nothing in it."""
    page = chromium.new_page(base_url=live_server.url)
    page.goto("/static/rooms/guide-state.js")
    page.evaluate(WORLD)
    yield page
    page.close()


def ask(page: Page, body: str, given: Any = None) -> Any:
    """Return what the body of a function in the page returns: `w` is the world."""
    return page.evaluate(f"(given) => {{ const w = window.world; {body} }}", given)


def played(
    page: Page, people: list[str], *, mode: str = "deepening", total: int = 45, press=""
) -> Any:
    """Return how a conversation goes from its beginning to its end, turn by turn."""
    body = f"""
      const press = (state, t) => {{ {press or "return null"} }};
      return w.played(w.begin(given.mode, given.people, {{ total: given.total }}), press);
    """
    return ask(page, body, {"mode": mode, "people": people, "total": total})


# ---- deepening -------------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]], ids=len)
@pytest.mark.parametrize("total", [15, 30, 45, 60])
def test_three_sets_end_when_they_should(world: Page, total: int, people: list[str]):
    turns = played(world, people, total=total)["turns"]

    ends = {one["set"]: round(one["until"], 6) for one in turns if one["phase"] == "turn"}
    assert ends == {"first": total / 3, "second": 2 * total / 3, "third": total}
    assert [turn["phase"] for turn in turns if turn["phase"] != "turn"] == ["closing"]
    assert round(turns[-1]["until"], 6) == total + 1


def test_all_answer_each_card_and_alternate_who_is_first(world: Page):
    turns = [one for one in played(world, ["a", "b"])["turns"] if one["phase"] == "turn"]

    pairs = list(zip(turns[::2], turns[1::2], strict=True))
    firsts = [first["who"] for first, _ in pairs]
    assert all(first["card"] == second["card"] for first, second in pairs)
    assert all(first["who"] != second["who"] for first, second in pairs)
    assert all(one != other for one, other in pairwise(firsts))


def test_no_card_comes_twice(world: Page):
    press = "return { by: state.who, what: 'next', after: 0.5 }"

    turns = played(world, ["a", "b"], press=press)["turns"]

    cards = [one["card"] for one in turns if one["phase"] == "turn" and one["card"]][::2]
    assert len(set(cards)) == len(cards) == 36


def test_pass_brings_another_card_of_the_same_set_to_the_same_person(world: Page):
    before, after = ask(
        world,
        """
        const start = w.begin("deepening", ["a", "b"]);
        const before = w.at(start, [], 1);
        return [before, w.at(start, [w.event(1, before.who, "pass", { step: before.step })], 1)];
        """,
    )

    assert (after["who"], after["set"], after["turn"]) == (before["who"], "first", before["turn"])
    assert after["card"] != before["card"]
    assert after["until"] > before["until"]


@pytest.mark.parametrize("people", [["a", "b"], ["a", "b", "c", "d"]], ids=len)
@pytest.mark.parametrize("after", [0.02, 0.3, 1.1, 2.4])
def test_everybody_passing_everything_goes_no_deeper_and_no_longer(
    world: Page, people: list[str], after: float
):
    press = f"return state.phase === 'turn' && {{ by: state.who, what: 'pass', after: {after} }}"

    told = ask(
        world,
        f"""
        const press = (state) => {{ {press} }};
        return w.played(w.begin("deepening", given), press, 5000);
        """,
        people,
    )

    turns = [one for one in told["turns"] if one["phase"] == "turn"]
    for number, name in enumerate(["first", "second", "third"]):
        begins = min(one["from"] for one in turns if one["set"] == name)
        assert begins >= 15 * number - 2.5 * len(people) / 2
    shown = [one["card"] for one in turns if one["card"]]
    assert len(set(shown)) <= 36
    assert told["end"] <= GOES_ON + 1e-6


def test_when_all_cards_were_passed_there_is_none_and_a_pass_gives_the_turn_on(world: Page):
    told = ask(
        world,
        """
        const start = w.begin("deepening", ["a", "b"]);
        const events = Array.from({ length: 12 }, (_, n) => w.event(0.01 * (n + 1), "a", "pass", { step: n + 1 }));
        const empty = w.at(start, events, 0.2);
        const after = w.at(start, [...events, w.event(0.3, empty.who, "pass", { step: empty.step })], 0.3);
        return [empty, after];
        """,
    )

    empty, after = told
    assert (empty["phase"], empty["set"], empty["card"]) == ("turn", "first", None)
    assert (after["card"], after["who"]) == (None, empty["next"])


def test_only_whose_turn_it_is_can_give_it_on(world: Page):
    before, other, own = ask(
        world,
        """
        const start = w.begin("deepening", ["a", "b"]);
        const before = w.at(start, [], 1);
        const by = (who) => w.at(start, [w.event(1, who, "next", { step: before.step })], 1);
        return [before, by(before.next), by(before.who)];
        """,
    )

    assert other == before
    assert (own["who"], own["turn"]) == (before["next"], before["turn"] + 1)


def test_a_button_pressed_twice_counts_once(world: Page):
    once, twice = ask(
        world,
        """
        const start = w.begin("deepening", ["a", "b"]);
        const { who, step } = w.at(start, [], 1);
        const events = [w.event(1, who, "next", { step }), w.event(1.01, who, "next", { step })];
        return [w.at(start, events.slice(0, 1), 2), w.at(start, events, 2)];
        """,
    )

    assert twice == once


# ---- the other ways ------------------------------------------------------------------------------------


def test_listening_is_five_and_five_and_thanks(world: Page):
    turns = played(world, ["a", "b"], mode="listening")["turns"]

    assert [(one["phase"], one["from"], one["until"]) for one in turns] == [
        ("turn", 0, 5),
        ("turn", 5, 10),
        ("thanks", 10, 12),
    ]
    assert {turns[0]["who"], turns[1]["who"]} == {"a", "b"}
    assert turns[0]["card"] != turns[1]["card"]


def test_pass_in_listening_brings_another_card_and_takes_no_time(world: Page):
    before, after = ask(
        world,
        """
        const start = w.begin("listening", ["a", "b"]);
        const before = w.at(start, [], 1);
        return [before, w.at(start, [w.event(1, before.who, "pass", { step: before.step })], 1)];
        """,
    )

    assert after["card"] != before["card"]
    assert (after["who"], after["until"]) == (before["who"], before["until"])


@pytest.mark.parametrize(("count", "each"), [(2, 3), (3, 3), (4, 3), (5, 2.4), (6, 2)])
def test_a_round_gives_each_their_time_by_how_many_they_are(world: Page, count: int, each: float):
    people = list("abcdef")[:count]

    turns = played(world, people, mode="round")["turns"]

    assert sorted(one["who"] for one in turns[:-1]) == people
    assert {round(one["until"] - one["from"], 6) for one in turns[:-1]} == {each}
    assert len({one["card"] for one in turns[:-1]}) == 1
    assert turns[-1]["phase"] == "closing"


def test_everybody_passing_a_round_comes_to_the_last_minute(world: Page):
    press = "return state.phase === 'turn' && { by: state.who, what: 'pass', after: 0.1 }"

    told = played(world, list("abcdef"), mode="round", press=press)

    assert [one["phase"] for one in told["turns"]] == ["turn"] * 6 + ["closing"]
    assert round(told["end"], 6) == 1.6


def test_whoever_passes_before_their_turn_is_left_out_and_may_come_back(world: Page):
    before, passed, back = ask(
        world,
        """
        const start = w.begin("round", ["a", "b", "c"]);
        const before = w.at(start, [], 0);
        const pass = w.event(0.1, before.next, "pass", { step: 99 });
        const ask = w.event(0.2, before.next, "ask");
        return [before, w.at(start, [pass], 0.3), w.at(start, [pass, ask, w.event(0.25, before.next, "ask")], 0.3)];
        """,
    )

    first, second = before["waits"]
    assert (passed["who"], passed["waits"]) == (before["who"], [second])
    assert back["waits"] == [second, first]


def test_practice_is_as_slow_as_one_likes_and_ends(world: Page):
    press = "return { by: 'a', what: t < 3 ? 'pass' : 'next', after: 0.5 }"

    told = played(world, ["a"], mode="practice", press=press)

    assert len({one["card"] for one in told["turns"]}) == len(told["turns"]) == 12
    assert told["why"] == "done"


# ---- looking at each other ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "at", "phase"),
    [
        ([], 0.1, "asking"),
        ([(0, "a", "yes")], 1, "asking"),
        ([(0, "a", "yes"), (0.1, "a", "yes")], 1, "asking"),
        ([(0, "a", "yes"), (0.5, "stranger", "yes")], 1, "asking"),
        ([(0, "a", "yes")], 2, "over"),
        ([(0, "a", "yes"), (0.5, "a", "no")], 1, "over"),
        ([(0, "a", "yes"), (0.5, "a", "no"), (1, "b", "yes")], 1.1, "over"),
        ([(0, "a", "yes"), (1, "b", "yes")], 1, "gaze"),
        ([(0, "a", "yes"), (1, "b", "yes")], 2.9, "gaze"),
        ([(0, "a", "yes"), (1, "b", "yes")], 3, "over"),
        ([(0, "a", "yes"), (1, "b", "yes"), (1.5, "a", "no")], 1.5, "over"),
        ([(0, "a", "yes"), (1, "b", "yes"), (1.5, "b", "no")], 1.5, "over"),
        ([(0, "a", "yes"), (1, "b", "yes"), (1.5, "a", "end")], 1.5, "over"),
    ],
)
def test_looking_begins_when_both_said_yes_and_either_ends_it(world: Page, events, at, phase):
    state = ask(
        world,
        "return w.at(w.begin('gaze', ['a', 'b']), given.events.map((one) => w.event(...one)), given.at)",
        {"events": events, "at": at},
    )

    assert state["phase"] == phase


def test_looking_ends_when_somebody_goes_or_comes(world: Page):
    phases = ask(
        world,
        """
        const start = w.begin("gaze", ["a", "b"]);
        const both = [w.event(0, "a", "yes"), w.event(0.1, "b", "yes")];
        return ["left", "here"].map((what) =>
          w.at(start, [...both, w.event(1, "a", what, { who: what === "left" ? "b" : "c" })], 1).phase);
        """,
    )

    assert phases == ["over", "over"]


# ---- somebody goes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["deepening", "listening", "round"])
def test_a_pair_waits_for_who_left_in_the_middle_and_begins_the_turn_anew(world: Page, mode: str):
    before, waiting, late, again = ask(
        world,
        """
        const start = w.begin(given, ["a", "b"]);
        const before = w.at(start, [], 1);
        const left = w.event(1, before.next, "left", { who: before.who });
        const here = w.event(9, before.next, "here", { who: before.who });
        return [before, w.at(start, [left], 1), w.at(start, [left], 8.9), w.at(start, [left, here], 9)];
        """,
        mode,
    )

    assert (waiting["phase"], late["phase"], waiting["until"]) == (
        "waiting",
        "waiting",
        float("inf"),
    )
    assert (again["who"], again["card"]) == (before["who"], before["card"])
    assert (again["phase"], again["from"]) == ("turn", 9 * 60_000)


def test_among_more_the_turn_goes_on_when_its_person_leaves(world: Page):
    before, after, others = ask(
        world,
        """
        const start = w.begin("deepening", ["a", "b", "c"]);
        const before = w.at(start, [], 1);
        const gone = (who) => w.at(start, [w.event(1, "x", "left", { who })], 1);
        return [before, gone(before.who), gone(before.next)];
        """,
    )

    assert (after["who"], after["phase"]) == (before["next"], "turn")
    assert (others["who"], others["next"]) == (before["who"], before["waits"][1])


def test_who_comes_later_gets_a_turn(world: Page):
    in_round, in_cards = ask(
        world,
        """
        const here = w.event(1, "x", "here", { who: "new" });
        const round = w.at(w.begin("round", ["a", "b"]), [here], 1);
        const who = new Set();
        for (let t = 1; t < 15; t += 0.5) who.add(w.at(w.begin("deepening", ["a", "b"]), [here], t).who);
        return [round.waits, [...who].sort()];
        """,
    )

    assert in_round[-1] == "new"
    assert in_cards == ["a", "b", "new"]


def test_all_who_stayed_say_that_somebody_left_and_it_counts_once(world: Page):
    alike = ask(
        world,
        """
        const start = w.begin("round", ["a", "b", "c", "d"]);
        const told = [1.2, 1.0, 1.1].map((at) => ({ ...w.event(at, "x", "left", { who: "a" }), id: "left.a.0" }));
        return w.permutations(told).map((one) => JSON.stringify(w.at(start, one, 2)));
        """,
    )

    assert len(set(alike)) == 1


# ---- the same for all ----------------------------------------------------------------------------------------------


def test_no_order_of_arrival_changes_anything(world: Page):
    counts = ask(
        world,
        """
        return ["deepening", "listening", "round", "closing"].map((mode) => {
          const start = w.begin(mode, ["a", "b", "c"]);
          const { who, next, step } = w.at(start, [], 0.2);
          const events = [
            w.event(0.2, who, "pass", { step }), w.event(0.2, next, "pass", { step }),
            w.event(0.4, who, "next", { step: step + 1 }), w.event(0.5, "c", "left", { who: "c" }),
            w.event(0.6, "a", "ask"), w.event(0.9, "c", "here", { who: "c" }),
          ];
          const seen = new Set();
          for (const one of w.permutations(events)) {
            for (const told of [one, [...one, ...one], [...one, one[0], one[3]]]) {
              seen.add(JSON.stringify([0.3, 1, 4, 20].map((t) => w.at(start, told, t))));
            }
          }
          return seen.size;
        });
        """,
    )

    assert counts == [1, 1, 1, 1]


def test_what_comes_later_does_not_change_what_was(world: Page):
    alike = ask(
        world,
        """
        const start = w.begin("deepening", ["a", "b"]);
        const told = w.played(start, (state, t) => ({ by: state.who, what: t % 2 < 1 ? "pass" : "next", after: 0.4 })).events;
        const then = (events) => JSON.stringify([1, 2, 3, 5, 8, 13].map((t) => w.at(start, events, t)));
        const until = told.filter((one) => one.at <= 13 * w.MINUTE);
        return then(told) === then(until);
        """,
    )

    assert alike


def test_every_short_history_keeps_the_promises(world: Page):
    """Every history of four acts out of all that can be done, by anybody, in each mode."""
    told = ask(
        world,
        """
        const doable = [];
        for (const by of ["a", "b"]) for (const what of ["pass", "next", "ask", "yes", "no"]) doable.push([by, what]);
        doable.push(["a", "left", { who: "b" }], ["a", "here", { who: "b" }], ["b", "left", { who: "a" }], ["a", "end"]);
        const faults = new Set();
        let histories = 0;
        for (const mode of ["deepening", "listening", "round", "gaze", "closing"]) {
          const start = w.begin(mode, ["a", "b"]);
          const grow = (events, depth) => {
            const t = 0.7 * events.length;
            const state = w.at(start, events, t);
            histories += 1;
            check(mode, state, t);
            if (depth === 0) return;
            for (const [by, what, more] of doable) grow([...events, w.event(t + 0.7, by, what, { step: state.step, ...more })], depth - 1);
          };
          grow([], 3);
        }
        function check(mode, state, t) {
          const fault = (words) => faults.add(`${mode}: ${words}`);
          if (!(state.until > t * w.MINUTE)) fault("a turn that is past");
          if (state.phase === "turn" && !state.here.includes(state.who)) fault("a turn of nobody here");
          if (new Set([state.who, ...state.waits]).size !== state.waits.length + 1) fault("somebody waits twice");
          if (state.phase === "gaze" && state.yes.length < 2) fault("looking without both");
          if (state.phase === "gaze" && mode !== "gaze") fault("looking that nobody began");
          if (state.phase !== "waiting" && state.phase !== "over" && state.here.length < 2) fault("alone and going on");
          if (state.set && state.set !== "first" && t < 10) fault("too near, too soon");
        }
        return [histories, [...faults]];
        """,
    )

    histories, faults = told
    assert (histories, faults) == (5 * (1 + 14 + 14**2 + 14**3), [])


# ---- browsers that hear badly ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [["a", "b"], list("abcdef")], ids=len)
@pytest.mark.parametrize("mode", ["deepening", "round"])
def test_all_come_to_see_the_same_though_the_network_is_bad(world: Page, mode, people):
    """A hundred evenings: a third of all messages is lost, a third doubled, all in another order."""
    faults = ask(
        world,
        """
        const faults = [];
        for (let seed = 1; seed <= 100; seed += 1) {
          const town = new w.World(given.people, { seed, lost: 0.35, doubled: 0.35, slowest: 4000 });
          town.seats.get("a").begin(given.mode, given.people, w.lasts());
          for (let press = 0; press < 25; press += 1) {
            town.pass(town.random() * 20_000);
            const [name, seat] = [...town.seats][Math.floor(town.random() * town.seats.size)];
            if (!seat.known) continue;
            const { step } = w.stateAt(w.cards, seat.known.start, seat.known.events, seat.t);
            seat.add(["pass", "next", "ask"][Math.floor(town.random() * 3)], { step });
            if (town.random() < 0.3) town.sums();
          }
          town.lost = 0;
          town.sums(4);
          if (new Set(town.seen(town.t)).size !== 1) faults.push(`${seed}: not the same`);
          const clocks = town.clocks();
          if (Math.max(...clocks) - Math.min(...clocks) > 1000) faults.push(`${seed}: clocks apart`);
          if (town.largest > 2048) faults.push(`${seed}: a message of ${town.largest} bytes`);
        }
        return faults;
        """,
        {"mode": mode, "people": people},
    )

    assert faults == []


def test_two_who_begin_in_the_same_moment_get_the_same(world: Page):
    counts = ask(
        world,
        """
        return Array.from({ length: 50 }, (_, seed) => {
          const town = new w.World(["a", "b", "c"], { seed: seed + 1, lost: 0.2 });
          town.seats.get("a").begin("round", ["a", "b", "c"], w.lasts());
          town.seats.get("b").begin("deepening", ["a", "b", "c"], w.lasts());
          town.pass(5000);
          town.lost = 0;
          town.sums(3);
          return new Set(town.seen(town.t)).size;
        });
        """,
    )

    assert set(counts) == {1}


def test_who_comes_back_learns_all_from_any_one_even_when_who_began_is_gone(world: Page):
    alike, clocks = ask(
        world,
        """
        const town = new w.World(["a", "b", "c"]);
        town.seats.get("a").begin("deepening", ["a", "b", "c"], w.lasts());
        town.pass(30_000);
        for (let press = 0; press < 9; press += 1) {
          const seat = town.seats.get("b");
          seat.add("pass", { step: w.stateAt(w.cards, seat.known.start, seat.known.events, seat.t).step });
          town.pass(5000);
        }
        for (const gone of ["a", "c"]) town.seats.delete(gone);
        town.pass(60_000);
        town.enter("c").hello();
        town.pass(10_000);
        return [new Set(town.seen(town.t)).size, town.clocks()];
        """,
    )

    assert alike == 1
    assert max(clocks) - min(clocks) < 2100


def test_all_asking_at_once_do_not_make_a_storm(world: Page):
    """A room closes the line of whoever says more than 250 things at once."""
    most = ask(
        world,
        """
        const names = [..."abcdef"];
        const town = new w.World(names);
        const seat = town.seats.get("a");
        seat.begin("round", names, w.lasts());
        for (let n = 0; n < 300; n += 1) seat.add("ask");
        town.sums(3);
        const said = Object.fromEntries(names.map((name) => [name, 0]));
        for (const [name, one] of town.seats) {
          const send = one.send;
          one.send = (message) => { said[name] += 1; send(message); };
        }
        for (const name of names) { town.enter(`new${name}`); town.seats.get(`new${name}`).hello(); }
        for (const one of town.seats.values()) one.hello();
        town.pass(1000);
        return Math.max(...Object.values(said));
        """,
    )

    assert 50 < most < 150


def test_messages_fit_though_all_have_long_names(world: Page):
    largest = ask(
        world,
        """
        const names = Array.from({ length: 6 }, (_, n) => String(n).repeat(24));
        const town = new w.World(names);
        const seat = town.seats.get(names[0]);
        seat.begin("deepening", names, w.lasts(), { shared: true });
        for (let n = 0; n < 40; n += 1) seat.add("pass", { step: 100 + n, who: names[1] });
        town.enter("6".repeat(24)).hello();
        town.pass(20_000);
        return town.largest;
        """,
    )

    assert largest <= 2048


@pytest.mark.parametrize(
    "message",
    [
        "null",
        "{}",
        "{ kind: 'guide.some', track: 'talk' }",
        "{ ...good, sent: -1 }",
        "{ ...good, sent: NaN }",
        "{ ...good, sent: '5' }",
        "{ ...good, events: null }",
        "{ ...good, events: [{ id: 'x' }] }",
        "{ ...good, events: [{ id: 'x', by: 'b', at: Infinity, what: 'end' }] }",
        "{ ...good, events: [{ id: 'x', by: 'b', at: 1, what: 'shout' }] }",
        "{ ...good, events: [{ id: 'x', by: { toString: null }, at: 1, what: 'end' }] }",
        "{ ...good, start: { ...good.start, mode: 'constructor' } }",
        "{ ...good, start: { ...good.start, people: [] } }",
        "{ ...good, start: { ...good.start, people: ['a', 'a'] } }",
        "{ ...good, start: { ...good.start, people: Array(7).fill(0).map(String) } }",
        "{ ...good, start: { ...good.start, lasts: {} } }",
        "{ ...good, start: { ...good.start, lasts: { ...good.start.lasts, turn: 0 } } }",
        "{ ...good, start: { ...good.start, n: 1e300 } }",
        "{ ...good, start: null }",
        "{ ...good, track: 'other' }",
        "{ kind: 'guide.sum', track: 'talk', id: 5, n: 1, sum: 1, sent: 1 }",
    ],
)
def test_what_makes_no_sense_changes_nothing(world: Page, message: str):
    before, after = ask(
        world,
        f"""
        const good = {{ kind: "guide.some", track: "talk", start: w.begin("round", ["a", "b"], {{ n: 7 }}), events: [], sent: 5 }};
        const seat = new w.Track("talk", {{ me: "a", send: () => {{}}, now: () => 1000 }});
        seat.receive({{ ...good, start: w.begin("round", ["a", "b"]) }});
        const before = JSON.stringify([seat.known, seat.origin]);
        seat.receive({message});
        return [before, JSON.stringify([seat.known, seat.origin])];
        """,
    )

    assert after == before
