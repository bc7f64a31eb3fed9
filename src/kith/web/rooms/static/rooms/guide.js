// A guided conversation: cards, turns, a soft bell. It is drawn into what _guide.html holds, and
// speaks to the other seats only through `send`. Nothing that is said is typed, kept or counted.
//
//   const guide = new Guide(root, { me, people, send });
//     me      my seat, as others name it       people  [{id, name}], all who are here, me too
//     send    passes a message to all others    now     milliseconds, by any clock that goes evenly
//     shared  all are at this one browser: nobody else is told anything
//   guide.receive(message)   what another seat sent: kinds "guide.*", in any order, any number of times
//   guide.people(people)     somebody came or went
//   guide.hello()            after a reconnect: ask the others what was missed
//   guide.start(mode)  guide.pass()  guide.next()  guide.stop()  guide.close()

import { Bell } from "./guide-bell.js";
import { stateAt } from "./guide-state.js";
import { Track } from "./guide-track.js";

export { stateAt } from "./guide-state.js";

const TICK_MS = 500;
const SUM_MS = 10_000;
const GRACE_MS = 10_000; // a network that changes is nobody leaving
const MINUTE_MS = 60_000;
// For how many each way of talking is: what is above four falls apart into several talks.
const NEEDS = { deepening: [2, 4], listening: [2, 2], round: [2, 6], closing: [2, 6], practice: [1, 1] };
const ALONE = { practice: true, round: false }; // at one phone, whether one or two

export class Guide {
  #parts = {};
  #words = {};
  #cards = {};
  #texts = {};
  #drawn = {};
  #gone = new Map();
  #wishes = new Set();
  #bell = new Bell();
  #timers = [];

  constructor(root, { me, people, send = () => {}, shared = false, now = shared ? Date.now : evenly }) {
    Object.assign(this, { root, me, seats: people, now, shared });
    const tell = shared ? () => {} : send;
    this.talk = new Track("talk", { me, send: tell, now });
    this.gaze = new Track("gaze", { me, send: tell, now });
    this.#read();
    this.#listen();
    this.#timers = [setInterval(() => this.draw(), TICK_MS), setInterval(() => this.#sum(), SUM_MS)];
    root.hidden = false;
    this.hello();
    this.draw();
  }

  // ---- what others may call -------------------------------------------------------------------------
  start(mode) {
    if (mode === "gaze") return this.#look(this.me, true);
    this.talk.begin(mode, this.seats.map((one) => one.id), this.#lasts(), this.shared ? { shared: true } : {});
    this.draw();
  }

  pass() {
    this.#press("pass");
  }

  next() {
    this.#press("next");
  }

  stop() {
    this.#press("end");
  }

  receive(message) {
    const track = message?.track === "gaze" ? this.gaze : this.talk;
    if (track.receive(message)) this.draw();
  }

  // Whoever is new, or was away, is told by the others what they missed.
  people(people) {
    const isAlike = people.length === this.seats.length && people.every(({ id }) => this.#isSeated(id));
    this.seats = people;
    if (!isAlike) this.hello();
    this.draw();
  }

  hello() {
    this.talk.hello();
    this.gaze.hello();
  }

  close() {
    this.#timers.forEach(clearInterval);
  }

  get state() {
    return this.#stateOf(this.talk);
  }

  get isOn() {
    return !this.#parts.run.hidden;
  }

  // ---- what is read from the page: the words in the reader's language, the cards, the lengths --------------
  #read() {
    for (const part of this.root.querySelectorAll("[data-part]")) this.#parts[part.dataset.part] = part;
    const kept = this.root.querySelector("template").content;
    for (const word of kept.querySelectorAll("[data-word]")) this.#words[word.dataset.word] = word.textContent.trim();
    for (const card of kept.querySelectorAll("[data-card]")) {
      (this.#cards[card.dataset.use] ??= []).push(card.dataset.card);
      this.#texts[card.dataset.card] = card.textContent.trim();
    }
  }

  #lasts() {
    const minutes = { ...this.root.dataset };
    const total = this.root.querySelector("[name=guide-minutes]:checked");
    const names = ["total", "turn", "listen", "thanks", "gaze", "closing", "round", "least", "most"];
    const lasts = Object.fromEntries(names.map((name) => [name, Number(minutes[`${name}Minutes`]) * MINUTE_MS]));
    return total ? { ...lasts, total: Number(total.value) * MINUTE_MS } : lasts;
  }

  #listen() {
    const does = {
      pass: () => this.pass(), next: () => this.next(), stop: () => this.stop(),
      ask: () => this.#press("ask"), enough: () => this.#look(this.me, false),
    };
    this.root.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-start], [data-does]");
      if (!button) return;
      if (button.dataset.start) this.start(button.dataset.start);
      else does[button.dataset.does]();
    });
    this.root.addEventListener("change", ({ target }) => {
      if (target.matches("[data-bell]")) this.#bell.isSilent = !target.checked;
      if (target.matches("[data-look]")) this.#look(target.dataset.look || this.me, target.checked);
    });
    for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, () => this.#bell.ready(), { once: true });
  }

  // ---- what somebody here does ------------------------------------------------------------------------------
  #press(what) {
    const state = this.state;
    if (!state || state.phase === "over") return;
    this.talk.add(what, what === "end" || what === "ask" ? {} : { step: state.step });
    this.draw();
  }

  // Nobody is asked and nobody declines: each turns it on alone, and only if all did it begins.
  #look(who, isWished) {
    const state = this.#stateOf(this.gaze);
    const isOpen = state && state.phase !== "over";
    this.#wishes[isWished ? "add" : "delete"](who);
    if (isWished) {
      if (!isOpen) this.gaze.begin("gaze", this.seats.map((one) => one.id), this.#lasts(), this.shared ? { shared: true } : {});
      this.gaze.add("yes", { by: who });
    } else if (isOpen) {
      this.gaze.add("no", { by: who });
    }
    this.draw();
  }

  // ---- what goes on by itself --------------------------------------------------------------------------------
  #stateOf(track) {
    return track.known && stateAt(this.#cards, track.known.start, track.known.events, track.t);
  }

  #sum() {
    this.talk.sum();
    this.gaze.sum();
  }

  // Who is in the room, and who the conversation thinks is here, are brought together.
  #reconcile(track) {
    const state = this.#stateOf(track);
    if (!state || state.phase === "over" || this.shared) return;
    const seated = new Set(this.seats.map((one) => one.id));
    for (const who of seated) {
      this.#gone.delete(who);
      if (!state.here.includes(who)) this.#seat(track, "here", who);
    }
    for (const who of state.here) {
      if (seated.has(who)) continue;
      if (!this.#gone.has(who)) this.#gone.set(who, this.now());
      if (this.now() - this.#gone.get(who) >= GRACE_MS) this.#seat(track, "left", who);
    }
  }

  // All who are still here say it, under one name, so it is said once.
  #seat(track, what, who) {
    const before = track.known.events.filter((one) => one.who === who).length;
    track.add(what, { who }, `${what}.${who.slice(0, 40)}.${before}`);
  }

  // ---- drawing --------------------------------------------------------------------------------------------------
  draw() {
    this.#reconcile(this.talk);
    this.#reconcile(this.gaze);
    this.#keepWish();
    const gaze = this.#stateOf(this.gaze);
    const talk = this.state;
    const isGazing = gaze?.phase === "gaze" && this.#isWilling();
    this.#offer();
    if (isGazing) this.#drawGaze(gaze);
    else if (talk && talk.phase !== "over") this.#drawTalk(talk);
    else this.#drawOver(talk);
    this.#ringIfTurned(talk, gaze);
  }

  // Two who turned it on in the same moment began it twice; one of the two counts, with both.
  #keepWish() {
    const state = this.#stateOf(this.gaze);
    if (!state) return;
    if (state.phase === "over") this.#wishes.clear();
    if (state.phase === "asking") {
      for (const who of this.#wishes) if (!state.yes.includes(who)) this.gaze.add("yes", { by: who });
    }
    // Only what was turned on here counts as a yes from here, whatever others say.
    if (state.phase === "gaze" && !this.#isWilling()) this.gaze.add("no");
  }

  #isWilling() {
    return this.shared || this.#wishes.has(this.me);
  }

  #offer() {
    const count = this.seats.length;
    NEEDS.deepening[1] = Number(this.root.dataset.talkMost);
    for (const item of this.root.querySelectorAll("[data-mode]")) {
      const [least, most] = NEEDS[item.dataset.mode];
      const isFit = count >= least && count <= most;
      item.hidden = this.shared && ALONE[item.dataset.mode] !== undefined ? !ALONE[item.dataset.mode] : !isFit;
    }
    this.#parts.many.hidden = count <= NEEDS.deepening[1];
    this.#parts.lengths.hidden = count < 2 || count > NEEDS.deepening[1];
    this.#parts.looks.hidden = count !== 2;
    for (const box of this.#parts.looks.querySelectorAll("[data-look]")) {
      box.checked = this.#wishes.has(box.dataset.look || this.me);
    }
  }

  #show(name) {
    const focus = { choose: "title", run: "who" };
    if (name === "run") this.#parts.ended.hidden = this.#parts.after.hidden = true;
    for (const one of ["choose", "run"]) {
      const hadFocus = one !== name && this.#parts[one].contains(document.activeElement);
      this.#parts[one].hidden = one !== name;
      if (hadFocus) setTimeout(() => this.#parts[focus[name]].focus());
    }
  }

  #drawOver(talk) {
    this.#show("choose");
    const said = talk?.phase === "over" ? this.#words[talk.why === "stopped" ? "stopped" : "over"] : "";
    write(this.#parts.ended, said);
    this.#parts.ended.hidden = this.#parts.after.hidden = !said;
    this.#say(said);
  }

  #drawGaze(state) {
    this.#show("run");
    this.#fill({ who: this.#words.gaze, how: this.#words.gaze_how, set: "", card: null });
    this.#buttons({ enough: true });
    this.#drawRing(state);
    this.#say(`${this.#words.gaze} ${this.#words.gaze_how}`);
  }

  #drawTalk(state) {
    this.#show("run");
    const { who, how } = this.#lines(state);
    const card = state.card ? this.#texts[state.card] : state.phase === "turn" ? this.#words.no_card : null;
    this.#fill({ who, how, set: this.#words[state.set] ?? "", card });
    this.#buttons(this.#allowed(state));
    this.#drawRing(state);
    this.#say([who, how, card].filter(Boolean).join(" "));
  }

  #lines(state) {
    const words = this.#words;
    const { mode } = this.talk.known.start;
    if (state.phase !== "turn") return { who: words[state.phase], how: words[`${state.phase}_how`] };
    if (mode === "practice") return { who: words.practice_who, how: words.practice_how };
    const isMine = state.who === this.me && !this.shared;
    const who = isMine ? words.mine : this.#named("theirs", state.who);
    if (mode === "round" && state.next) {
      return { who, how: state.next === this.me && !this.shared ? words.then_me : this.#named("then", state.next) };
    }
    return { who, how: words[`${mode}_${this.shared ? "shared" : isMine ? "mine" : "theirs"}`] };
  }

  #isSeated(id) {
    return this.seats.some((one) => one.id === id);
  }

  #named(word, id) {
    const name = this.seats.find((one) => one.id === id)?.name ?? this.#words.somebody;
    return this.#words[word].replace("{name}", name);
  }

  #allowed({ phase, who, waits }) {
    const { mode } = this.talk.known.start;
    const isTalking = phase === "turn";
    return {
      pass: isTalking || phase === "closing",
      next: isTalking && (this.shared || who === this.me),
      ask: isTalking && mode === "round" && !this.shared && who !== this.me && !waits.includes(this.me),
      stop: true,
    };
  }

  #fill({ who, how, set, card }) {
    write(this.#parts.who, who);
    write(this.#parts.how, how);
    write(this.#parts.set, set);
    write(this.#parts.card, card ?? "");
    this.#parts.card.hidden = card === null;
    this.#parts.set.hidden = !set;
    this.#parts.prompt.hidden = card === null && set === "";
    this.#parts.prompt.classList.toggle("bare", card === null);
  }

  // What had the focus and goes away gives it to the heading, so that no keyboard is lost.
  #buttons(allowed) {
    const buttons = this.root.querySelectorAll("[data-does]");
    const hadFocus = [...buttons].find((one) => one === document.activeElement);
    for (const button of buttons) button.hidden = !allowed[button.dataset.does];
    this.#parts.prompt.hidden &&= !(allowed.next || allowed.enough);
    if (hadFocus?.hidden) this.#parts.who.focus();
  }

  // How much is left, as a ring that empties. The minutes are for those who ask, or listen.
  #drawRing({ from, until, phase }) {
    const { ring, arc } = this.#parts;
    const t = phase === "gaze" ? this.gaze.t : this.talk.t;
    ring.hidden = !Number.isFinite(until);
    if (ring.hidden) return;
    const left = Math.max(0, until - t);
    const steps = matchMedia("(prefers-reduced-motion: reduce)").matches ? 10 : 100;
    const share = Math.ceil((left / (until - from)) * steps) / steps;
    arc.setAttribute("stroke-dasharray", `${Math.min(1, share) * 100} 100`);
    const minutes = Math.ceil(left / MINUTE_MS);
    const said = minutes > 1 ? this.#words.minutes.replace("{count}", minutes) : this.#words.minute;
    if (ring.getAttribute("aria-label") !== said) ring.setAttribute("aria-label", ring.title = said);
  }

  #say(words) {
    write(this.#parts.live, words);
  }

  // The bell is for a turn that changed under everybody's eyes, not for what was missed.
  #ringIfTurned(talk, gaze) {
    const now = { talk: this.#turnOf(this.talk, talk), gaze: this.#turnOf(this.gaze, gaze) };
    const last = this.#drawn;
    const turned = (one) => last[one] && now[one] && last[one].id === now[one].id && last[one].turn !== now[one].turn;
    if (turned("talk") || (turned("gaze") && gaze.yes.length > 1)) this.#bell.ring();
    this.#drawn = now;
  }

  #turnOf(track, state) {
    return state && { id: track.known.start.id, turn: state.turn };
  }
}

function evenly() {
  return performance.timeOrigin + performance.now();
}

function write(part, words) {
  if (part.textContent !== words) part.textContent = words ?? "";
}
