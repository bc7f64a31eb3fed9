// How the browsers in a room come to know the same of a conversation, though messages are lost,
// doubled, late, or in another order, and though no two clocks agree.
//
// What is known is a start and a heap of events, and two heaps are merged by putting them together:
// it does not matter which came first, or twice. Times are counted from the start, so no clock is
// ever compared with another: each message says how long ago its sender thinks the start was.
//
//   {kind: "guide.hello", track}                        somebody is new here: tell them
//   {kind: "guide.some", track, start, events, sent}    the start, and some events
//   {kind: "guide.sum", track, id, n, sum, sent}        what I know, in short: correct me

import { compared, digest, inOrder, MODES } from "./guide-state.js";

const CHUNK = 6; // so that a message stays under 2 kB
const TELL_ALL_MS = 1000; // several may ask at once, and one answer is for all
const MOST_EVENTS = 600;
const MOST_PEOPLE = 6;
const LONGEST_MS = 4 * 3_600_000;
const SHORTEST_MS = 250;
const LASTS = ["total", "turn", "listen", "thanks", "gaze", "closing", "round", "least", "most"];
const WHATS = ["pass", "next", "ask", "yes", "no", "left", "here", "end"];

// Of two starts the later counts; of two at once, the same one for all.
export function wins(start, other) {
  return !other || start.n > other.n || (start.n === other.n && compared(start.id, other.id) > 0);
}

export function merged(known, said) {
  if (known && wins(known.start, said.start)) return known;
  const isSame = known && known.start.id === said.start.id;
  const events = inOrder([...(isSame ? known.events : []), ...said.events]).slice(0, MOST_EVENTS);
  return { start: said.start, events };
}

export function sumOf(events) {
  return digest(inOrder(events).map((one) => `${one.id}@${one.at}`).join());
}

// ---- what may be believed: the other end may be broken, or unkind ----------------------------------------
export function isSound(message) {
  if (message?.kind === "guide.hello") return true;
  if (!isTime(message?.sent)) return false;
  if (message.kind === "guide.sum") return isName(message.id) && Number.isFinite(message.sum) && isCount(message.n);
  return message.kind === "guide.some" && isStart(message.start)
    && Array.isArray(message.events) && message.events.length <= MOST_EVENTS && message.events.every(isEvent);
}

function isStart(start) {
  return Boolean(start) && isName(start.id) && isName(start.by) && isCount(start.n) && MODES.includes(start.mode)
    && Array.isArray(start.people) && start.people.length > 0 && start.people.length <= MOST_PEOPLE
    && start.people.every(isName) && new Set(start.people).size === start.people.length
    && Boolean(start.lasts) && LASTS.every((name) => isLength(start.lasts[name]));
}

function isEvent(event) {
  return Boolean(event) && isName(event.id) && isName(event.by) && isTime(event.at) && WHATS.includes(event.what)
    && (event.step === undefined || isCount(event.step)) && (event.who === undefined || isName(event.who));
}

const isName = (it) => typeof it === "string" && it.length > 0 && it.length <= 64;
const isTime = (it) => Number.isFinite(it) && it >= 0 && it <= LONGEST_MS;
const isLength = (it) => Number.isFinite(it) && it >= SHORTEST_MS && it <= LONGEST_MS;
const isCount = (it) => Number.isSafeInteger(it) && it >= 0;

// ---- one browser's end of it ---------------------------------------------------------------------------------
export class Track {
  known = null;
  origin = null; // when the start was, by this browser's clock
  #made = 0;
  #told = -Infinity;

  constructor(name, { me, send, now }) {
    Object.assign(this, { name, me, send, now });
    this.tag = Math.random().toString(36).slice(2, 8);
  }

  get t() {
    return this.known ? Math.max(0, this.now() - this.origin) : 0;
  }

  // Asks to be told what is missing, be it all.
  hello() {
    if (this.known) this.sum();
    else this.send({ kind: "guide.hello", track: this.name });
  }

  begin(mode, people, lasts, more = {}) {
    const n = (this.known?.start.n ?? 0) + 1;
    const start = { id: this.#name(), n, by: this.me, mode, people, lasts, ...more };
    this.known = { start, events: [] };
    this.origin = this.now();
    this.#tell([]);
  }

  // An event with a name of its own is the same event whoever tells of it.
  add(what, more = {}, id = this.#name()) {
    const event = { id, at: Math.floor(this.t), by: this.me, what, ...more };
    this.known = merged(this.known, { start: this.known.start, events: [event] });
    this.#tell([event]);
  }

  sum() {
    if (!this.known) return;
    const { start, events } = this.known;
    this.send({ kind: "guide.sum", track: this.name, id: start.id, n: start.n, sum: sumOf(events), sent: this.t });
  }

  // Takes in what somebody sent; returns whether anything is new.
  receive(message) {
    if (message?.track !== this.name || !isSound(message)) return false;
    if (message.kind === "guide.hello") return this.#tellAll();
    if (message.kind === "guide.sum") return this.#compare(message);
    return this.#take(message);
  }

  #take(message) {
    const before = this.known;
    if (before && before.start.id !== message.start.id && wins(before.start, message.start)) return this.#tellAll();
    this.known = merged(before, message);
    const isOther = this.known.start.id !== before?.start.id;
    this.#adjust(message.sent, isOther);
    return isOther || sumOf(before.events) !== sumOf(this.known.events);
  }

  // A message takes time, so the start was at least as long ago as its sender says: of all that was
  // said, the longest ago is nearest to the truth.
  #adjust(sent, isOther) {
    const origin = this.now() - sent;
    if (isOther || origin < this.origin) this.origin = origin;
  }

  #compare({ id, n, sum, sent }) {
    if (this.known?.start.id === id) {
      this.#adjust(sent, false);
      return sumOf(this.known.events) === sum ? false : this.#tellAll();
    }
    if (this.known && wins(this.known.start, { id, n })) return this.#tellAll();
    this.send({ kind: "guide.hello", track: this.name });
    return false;
  }

  #tellAll() {
    if (!this.known || this.now() - this.#told < TELL_ALL_MS) return false;
    this.#told = this.now();
    const { events } = this.known;
    for (let at = 0; at === 0 || at < events.length; at += CHUNK) this.#tell(events.slice(at, at + CHUNK));
    return false;
  }

  #tell(events) {
    this.send({ kind: "guide.some", track: this.name, start: this.known.start, events, sent: this.t });
  }

  #name() {
    this.#made += 1;
    return `${this.me.slice(0, 24)}.${this.tag}.${this.#made}`;
  }
}
