// The websocket to the others in the room: it comes back by itself, and knows when not to.

const FIRST_MS = 300;
const MOST_MS = 5000;
const STILL_MS = 20_000;
const ANSWER_MS = 8000;
const WHY = {
  4000: null, 4400: "tooMuch", 4401: "stranger", 4403: "notYours", 4404: "notYours",
  4409: "otherTab", 4410: "over", 4413: "tooMuch", 4423: "full", 4429: "tooMuch",
};

export class Signal extends EventTarget {
  #socket;
  #tries = 0;
  #still;
  #answer;
  #again;
  #isOver = false;

  constructor(path, tab) {
    super();
    this.address = new URL(path, location.href.replace(/^http/, "ws")).href;
    this.tab = tab;
    addEventListener("online", () => this.#now());
    document.addEventListener("visibilitychange", () => document.hidden || this.#ask());
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  open() {
    this.#isOver = false;
    const socket = new WebSocket(this.address);
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#socket === socket && this.#hear(JSON.parse(event.data));
    socket.onclose = (event) => this.#socket === socket && this.#closed(event.code);
  }

  send(said) {
    if (this.isOpen) this.#socket.send(JSON.stringify(said));
    return this.isOpen;
  }

  // For good: nothing is tried again.
  end() {
    this.#isOver = true;
    this.#rest();
    this.#socket?.close();
  }

  #opened() {
    this.#tries = 0;
    this.send({ kind: "hello", tab: this.tab });
    this.#still = setInterval(() => this.#ask(), STILL_MS);
  }

  // A network that changed says nothing: only an answer tells that the line is there.
  #ask() {
    if (!this.send({ kind: "still" }) || this.#answer) return;
    this.#answer = setTimeout(() => this.#now(), ANSWER_MS);
  }

  #hear(said) {
    clearTimeout(this.#answer);
    this.#answer = undefined;
    if (said.kind !== "still") this.dispatchEvent(new CustomEvent("said", { detail: said }));
  }

  #now() {
    if (this.#isOver) return;
    this.#rest();
    const old = this.#socket;
    this.open();
    old?.close();
  }

  #rest() {
    clearInterval(this.#still);
    clearTimeout(this.#answer);
    clearTimeout(this.#again);
    this.#answer = undefined;
  }

  async #closed(code) {
    this.#rest();
    if (this.#isOver) return;
    this.dispatchEvent(new Event("away"));
    const why = WHY[code] ?? (this.#tries ? await refused() : null);
    if (why) {
      this.#isOver = true;
      this.dispatchEvent(new CustomEvent("over", { detail: why }));
      return;
    }
    const wait = Math.min(MOST_MS, FIRST_MS * 2 ** this.#tries++);
    this.#again = setTimeout(() => this.open(), wait * (0.7 + Math.random() * 0.6));
  }
}

// A door that does not open says nothing to a script: the page behind it says why.
async function refused() {
  try {
    const answer = await fetch(location.pathname, { method: "HEAD", redirect: "manual" });
    if (answer.type === "opaqueredirect") return "stranger";
    return { 403: "notYours", 404: "notYours", 409: "full", 410: "over" }[answer.status] ?? null;
  } catch {
    return null; // no network: it is tried again
  }
}
