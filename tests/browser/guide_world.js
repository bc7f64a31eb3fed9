// A world for tests of the guide: cards, starts, and people whose clocks and networks are bad.
// It is put into a page of kith, so that what is tested is what people's browsers run.
async () => {
  const { stateAt, inOrder, shuffled } = await import("/static/rooms/guide-state.js");
  const { Track, isSound } = await import("/static/rooms/guide-track.js");
  const MINUTE = 60_000;
  const decks = ["first", "second", "third", "round", "closing", "listening", "practice"];
  const cards = Object.fromEntries(decks.map((deck) => [deck, Array.from({ length: 12 }, (_, at) => `${deck}.${at}`)]));
  const lasts = (total = 45) => Object.fromEntries(Object.entries({
    total, turn: 2.5, listen: 5, thanks: 2, gaze: 2, closing: 1, round: 12, least: 1.5, most: 3,
  }).map(([name, minutes]) => [name, minutes * MINUTE]));
  const begin = (mode, people, more = {}) => ({ id: "s1", n: 1, by: people[0], mode, people, lasts: lasts(more.total), ...more });
  let made = 0;
  const event = (at, by, what, more = {}) => ({ id: `e${String((made += 1)).padStart(6, "0")}`, at: at * MINUTE, by, what, ...more });
  const at = (start, events, minutes) => stateAt(cards, start, events, minutes * MINUTE);

  // Plays to the end: every turn that comes, and what `press` does in it, in minutes.
  function played(start, press = () => null, most = 400) {
    const events = [];
    const turns = [];
    let t = 0;
    let state = stateAt(cards, start, events, 0);
    while (state.phase !== "over" && turns.length < most) {
      turns.push({ phase: state.phase, set: state.set, card: state.card, who: state.who, from: state.from / MINUTE, until: state.until / MINUTE });
      const pressed = press(state, t / MINUTE);
      if (pressed) {
        t += (pressed.after ?? 0.1) * MINUTE;
        events.push({ id: `p${String(events.length).padStart(5, "0")}`, at: t, by: pressed.by, what: pressed.what, step: state.step });
      } else {
        t = state.until;
      }
      state = stateAt(cards, start, events, t);
    }
    return { turns, end: t / MINUTE, why: state.why, events };
  }

  function permutations(list) {
    if (list.length < 2) return [list];
    return list.flatMap((one, index) => permutations([...list.slice(0, index), ...list.slice(index + 1)]).map((rest) => [one, ...rest]));
  }

  function dice(seed) {
    let a = seed;
    return () => {
      a = (a + 0x6d2b79f5) | 0;
      let t = Math.imul(a ^ (a >>> 15), 1 | a);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  }

  // People with clocks that differ by hours, and a network that loses, doubles and reorders.
  class World {
    constructor(names, { seed = 1, lost = 0, doubled = 0, slowest = 2000 } = {}) {
      Object.assign(this, { t: 0, going: [], lost, doubled, slowest, random: dice(seed), seats: new Map(), largest: 0 });
      for (const name of names) this.enter(name);
    }

    enter(name) {
      const skew = (this.random() - 0.5) * 10 * 3_600_000;
      const now = () => this.t + skew;
      const seat = new Track("talk", { me: name, now, send: (message) => this.#post(name, message) });
      this.seats.set(name, seat);
      return seat;
    }

    #post(from, message) {
      const text = JSON.stringify(message);
      this.largest = Math.max(this.largest, new TextEncoder().encode(text).length);
      for (const to of this.seats.keys()) {
        if (to === from) continue;
        const times = this.random() < this.lost ? 0 : this.random() < this.doubled ? 2 : 1;
        for (let time = 0; time < times; time += 1) this.going.push({ at: this.t + 20 + this.random() * this.slowest, to, text });
      }
    }

    // Lets so much time pass; what is on its way arrives when it arrives.
    pass(ms) {
      const end = this.t + ms;
      for (;;) {
        this.going.sort((a, b) => a.at - b.at);
        if (this.going.length === 0 || this.going[0].at > end) break;
        const { at: then, to, text } = this.going.shift();
        this.t = then;
        this.seats.get(to)?.receive(JSON.parse(text));
      }
      this.t = end;
    }

    // Everybody says in short what they know, as they do every ten seconds.
    sums(times = 1) {
      for (let time = 0; time < times; time += 1) {
        for (const seat of this.seats.values()) seat.sum();
        this.pass(10_000);
      }
    }

    seen(t) {
      return [...this.seats.values()].map(({ known }) => known && JSON.stringify([known.start.id, stateAt(cards, known.start, known.events, t)]));
    }

    clocks() {
      return [...this.seats.values()].map((seat) => seat.t);
    }
  }

  window.world = { MINUTE, cards, lasts, begin, event, at, played, permutations, dice, World, Track, isSound, inOrder, shuffled, stateAt };
}
