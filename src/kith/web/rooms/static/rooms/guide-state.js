// What a guided conversation has come to: a pure function of what was begun and what happened since.
// Nothing here knows a clock, a page or a network. Whoever is given the same gets the same, so all
// who sit in a room see the same, and whoever comes back does too.
//
//   start   {id, n, by, mode, people, lasts}: `people` in no order, `lasts` in milliseconds
//   events  [{id, at, by, what, step?, who?}]: `at` in milliseconds since the start
//   cards   {first: [ids], second: …, third: …, round: …, closing: …, listening: …, practice: …}
//
// What happened is one of: pass, next (I have said it), ask (for a turn in a round), yes and no (to
// looking at each other), left and here (somebody, in `who`), end.

export const SETS = ["first", "second", "third"];
export const MODES = ["deepening", "listening", "round", "gaze", "closing", "practice"];
const EVER = Infinity;

// ---- the whole: begin, then let what happened and what time did happen in their order ---------------
export function stateAt(cards, start, events, t) {
  const state = begun(cards, start);
  for (const event of inOrder(events)) {
    if (event.at > t) break;
    passTime(state, event.at);
    happen(state, event);
  }
  passTime(state, t);
  return seen(state);
}

// Two peers may be told in any order; the same thing told twice is one thing, the earlier.
export function inOrder(events) {
  const once = new Map();
  for (const event of events) {
    const known = once.get(event.id);
    if (!known || event.at < known.at) once.set(event.id, event);
  }
  return [...once.values()].sort((a, b) => a.at - b.at || compared(a.id, b.id));
}

export function compared(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

// What a page may draw. Nobody is told who passed, nor how often.
function seen({ phase, why, step, turn, set, card, from, until, line, away, order, yes }) {
  const who = phase === "turn" ? (line[0] ?? null) : null;
  const next = phase === "turn" ? (line[1] ?? null) : null;
  return {
    phase, why, step, turn, set, card, from, until, who, next,
    waits: line.slice(1), away: [...away], here: order.filter((one) => !away.has(one)), yes: [...yes],
  };
}

function begun(cards, start) {
  const state = {
    cards, id: start.id, mode: start.mode, lasts: start.lasts, shared: start.shared === true,
    order: shuffled([...start.people].sort(compared), `${start.id}/people`),
    phase: "turn", held: null, why: null, step: 0, turn: 0, from: 0, until: EVER, line: [],
    set: null, card: null, drawn: {}, round: 0, index: 0, each: 0, away: new Set(), yes: new Set(),
  };
  OPENINGS[start.mode](state, 0);
  return state;
}

const OPENINGS = {
  deepening: (state, at) => askAll(state, at, true),
  listening: (state, at) => {
    state.line = present(state);
    speak(state, at, state.lasts.listen);
    draw(state, "listening");
  },
  round: (state, at) => {
    state.line = present(state);
    state.each = perPerson(state.lasts, state.line.length);
    speak(state, at, state.each);
    draw(state, "round");
  },
  gaze: (state, at) => phase(state, "asking", at, state.lasts.gaze),
  closing: (state, at) => close(state, at),
  practice: (state, at) => {
    state.line = [state.order[0]];
    speak(state, at, EVER);
    draw(state, "practice");
  },
};

// ---- time ----------------------------------------------------------------------------------------------
function passTime(state, t) {
  while (state.until <= t) bell(state, state.until);
}

function bell(state, at) {
  if (state.phase === "turn") return spoken(state, at);
  if (state.phase === "thanks" || state.phase === "closing") return over(state, at, "done");
  return over(state, at, "still"); // a gaze that is done, or that nobody joined
}

function phase(state, name, at, lasts) {
  state.phase = name;
  state.step += 1;
  state.turn += 1;
  state.from = at;
  state.until = at + lasts;
}

function speak(state, at, lasts) {
  phase(state, "turn", at, lasts);
}

function over(state, at, why) {
  phase(state, "over", at, EVER);
  state.why = why;
  state.card = null;
  state.line = [];
}

function close(state, at) {
  state.line = [];
  state.set = null;
  phase(state, "closing", at, state.lasts.closing);
  draw(state, "closing");
}

// Somebody's turn is over, by the bell or because they said so.
function spoken(state, at) {
  if (state.mode === "practice") return practiced(state, at);
  state.line.shift();
  if (state.line.length > 0) {
    speak(state, at, state.mode === "listening" ? state.lasts.listen : state.each);
    if (state.mode === "listening") draw(state, "listening");
    return;
  }
  if (state.mode === "deepening") {
    state.round += 1;
    askAll(state, at, true);
  } else if (state.mode === "listening") {
    phase(state, "thanks", at, state.lasts.thanks);
    state.card = null;
  } else {
    close(state, at);
  }
}

function practiced(state, at) {
  speak(state, at, EVER);
  draw(state, "practice");
  if (state.card === null) over(state, at, "done");
}

// ---- deepening: a card that all answer, in turn ----------------------------------------------------------
// The sets end when they should, to the second: what is left of a set is shared evenly among as many
// cards as fit. A rest too short for half a card goes to the next set.
function askAll(state, at, isNew) {
  const here = present(state);
  while (state.index < SETS.length && leftOf(state, at) < roomFor(state) / 2) state.index += 1;
  if (state.index === SETS.length) return close(state, at);
  state.line = rotated(here, state.round);
  state.each = evenly(state, at);
  speak(state, at, state.each);
  const isNearer = state.set !== SETS[state.index];
  state.set = SETS[state.index];
  if (isNew || isNearer) draw(state, state.set);
}

function leftOf(state, at) {
  return (state.lasts.total * (state.index + 1)) / SETS.length - at;
}

function roomFor(state) {
  return state.lasts.turn * present(state).length;
}

function evenly(state, at) {
  const cards = Math.max(1, Math.round(leftOf(state, at) / roomFor(state)));
  return leftOf(state, at) / (cards * present(state).length);
}

// A pass brings another card of the same set, and new time where there is some. Never a nearer set.
function passCard(state, at) {
  draw(state, state.set);
  state.step += 1;
  const nobodyYet = state.line.length === present(state).length;
  const isRoomy = nobodyYet && leftOf(state, at) >= roomFor(state) / 2;
  // Not so much that those who come after would be pushed over the end of the set.
  const each = isRoomy ? evenly(state, at) : Math.min(state.each, leftOf(state, at) / state.line.length);
  if (!isRoomy && at + each <= state.until) return;
  Object.assign(state, { each, from: at, until: at + each });
}

// ---- what people do ----------------------------------------------------------------------------------------
function happen(state, event) {
  if (state.phase === "over") return;
  if (event.what === "end") return over(state, event.at, "stopped");
  if (event.what === "left" || event.what === "here") return SEATS[event.what](state, event);
  if (state.mode === "gaze") return GAZE[event.what]?.(state, event);
  if (event.what === "ask") return asked(state, event);
  if (state.phase !== "waiting") PRESSES[event.what]?.(state, event);
}

const PRESSES = {
  next(state, event) {
    if (event.step !== state.step) return;
    if (state.phase !== "turn") return over(state, event.at, "done");
    if (state.shared || event.by === state.line[0]) spoken(state, event.at);
  },
  pass(state, event) {
    if (state.mode === "round" && state.phase === "turn") return passTurn(state, event);
    if (event.step !== state.step) return;
    if (state.phase === "thanks") return over(state, event.at, "done");
    if (state.mode === "practice") return practiced(state, event.at);
    if (state.card === null) return PRESSES.next(state, event);
    if (state.phase === "turn" && state.mode === "deepening") return passCard(state, event.at);
    draw(state, state.phase === "closing" ? "closing" : "listening");
    state.step += 1;
  },
};

// In a round one passes one's own turn, also before it comes.
function passTurn(state, event) {
  const who = state.shared ? state.line[0] : event.by;
  if (who === state.line[0]) {
    if (event.step === state.step) spoken(state, event.at);
  } else {
    state.line = state.line.filter((one) => one !== who);
  }
}

// Whoever passed may still want a turn: after all others.
function asked(state, event) {
  if (state.mode !== "round" || state.phase !== "turn" || !present(state).includes(event.by)) return;
  if (!state.line.includes(event.by)) state.line.push(event.by);
}

// Looking at each other begins when each said yes, and ends when one says no.
const GAZE = {
  yes(state, event) {
    if (state.phase !== "asking" || !present(state).includes(event.by)) return;
    state.yes.add(event.by);
    if (present(state).every((one) => state.yes.has(one))) phase(state, "gaze", event.at, state.lasts.gaze);
  },
  no(state, event) {
    if (state.phase === "gaze") return over(state, event.at, "still");
    state.yes.delete(event.by);
    if (state.yes.size === 0) over(state, event.at, "still");
  },
};

// ---- who is here -----------------------------------------------------------------------------------------------
const SEATS = {
  left(state, { who, at }) {
    if (!present(state).includes(who)) return;
    const spoke = state.line[0] === who && state.phase === "turn";
    state.away.add(who);
    if (state.mode === "gaze") return over(state, at, "still");
    if (present(state).length < 2 && !state.shared) return wait(state, at);
    if (spoke) return spoken(state, at);
    state.line = state.line.filter((one) => one !== who);
  },
  here(state, { who, at }) {
    if (present(state).includes(who)) return;
    if (!state.order.includes(who)) state.order.push(who);
    state.away.delete(who);
    if (state.mode === "gaze") return over(state, at, "still"); // who came was not asked
    if (state.phase === "waiting" && present(state).length > 1) return goOn(state, at, who);
    if (state.mode === "round" && state.phase === "turn") state.line.push(who);
  },
};

function wait(state, at) {
  state.held ??= state.phase;
  phase(state, "waiting", at, EVER);
}

// They are two again: the turn that was cut off begins anew, with the card it had.
function goOn(state, at, who) {
  const held = state.held;
  state.held = null;
  if (held === "closing") return phase(state, held, at, state.lasts.closing);
  if (held === "thanks") return phase(state, held, at, state.lasts.thanks);
  if (state.mode === "deepening") return askAll(state, at, false);
  state.line = state.line.filter((one) => !state.away.has(one));
  if (state.mode === "round" && !state.line.includes(who)) state.line.push(who);
  if (state.line.length === 0) return spoken(state, at);
  speak(state, at, state.mode === "listening" ? state.lasts.listen : state.each);
}

function present(state) {
  return state.order.filter((one) => !state.away.has(one));
}

export function perPerson(lasts, count) {
  return Math.min(lasts.most, Math.max(lasts.least, lasts.round / Math.max(1, count)));
}

// ---- cards and chance: the same for all, since all throw the same dice --------------------------------------------
function draw(state, deck) {
  const drawn = (state.drawn[deck] = (state.drawn[deck] ?? -1) + 1);
  state.card = shuffled(state.cards[deck] ?? [], `${state.id}/${deck}`)[drawn] ?? null;
}

function rotated(list, by) {
  return list.map((_, index) => list[(index + by) % list.length]);
}

export function shuffled(list, seed) {
  const dice = seeded(seed);
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(dice() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed;
}

// FNV-1a of the words, then mulberry32: small, public, and alike in every browser.
export function digest(words) {
  let hash = 0x811c9dc5;
  for (const unit of words) hash = Math.imul(hash ^ unit.codePointAt(0), 0x01000193) >>> 0;
  return hash;
}

function seeded(words) {
  let a = digest(words);
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
