// Who is seen: a face for each who is here, a chair for each who is not.

import { words } from "./said.js";

const LISTEN_MS = 300;
const SPEAKS = 0.03;

export class Faces {
  #list;
  #blank;
  #faces = new Map();

  constructor(root) {
    this.root = root;
    this.#list = root.querySelector("[data-faces]");
    this.#blank = document.querySelector("[data-face]").content.firstElementChild;
    setInterval(() => this.#listen(), LISTEN_MS);
  }

  get people() {
    return [...this.#faces.keys()];
  }

  name(id) {
    return this.#faces.get(id)?.name ?? this.#chair(id)?.dataset.name ?? "";
  }

  add(id, name, { isMe = false } = {}) {
    if (this.#faces.has(id)) return this.#faces.get(id);
    const item = this.#blank.cloneNode(true);
    const face = { item, name, isMe, video: item.querySelector("video") };
    item.dataset.who = id;
    item.classList.toggle("me", isMe);
    item.querySelector("[data-name]").textContent = isMe ? words("you") : name;
    item.querySelector("[data-letter]").textContent = [...name][0] ?? "";
    face.video.muted = isMe;
    this.#faces.set(id, face);
    const chair = this.#chair(id);
    if (chair) chair.replaceWith(item);
    else this.#list.append(item);
    this.#count();
    return face;
  }

  remove(id) {
    const face = this.#faces.get(id);
    if (!face) return;
    const chair = document.createElement("li");
    chair.className = "face chair";
    chair.dataset.chair = id;
    chair.dataset.name = face.name;
    chair.append(Object.assign(document.createElement("p"), { textContent: words("chair", { name: face.name }) }));
    face.item.replaceWith(chair);
    this.#faces.delete(id);
    this.#count();
  }

  show(id, stream) {
    const face = this.#faces.get(id);
    if (face && face.video.srcObject !== stream) face.video.srcObject = stream;
  }

  // What they turned off, in a word beside the name.
  state(id, { mic, camera, isLost = false }) {
    const face = this.#faces.get(id);
    if (!face) return;
    face.item.classList.toggle("unseen", !camera);
    face.item.classList.toggle("lost", isLost);
    const off = [!mic && words("noMic"), !camera && words("noPicture")].filter(Boolean);
    face.item.querySelector("[data-off]").textContent = off.join(", ");
  }

  // Where a sound comes from: asked of the receiver, so nothing is measured that is not sent.
  hears(id, receiver) {
    const face = this.#faces.get(id);
    if (face) face.receiver = receiver;
  }

  #chair(id) {
    return this.#list.querySelector(`[data-chair="${CSS.escape(id)}"]`);
  }

  #count() {
    const all = this.#list.children.length;
    const isTwo = [...this.#list.children].filter((one) => !one.classList.contains("me")).length < 2;
    this.root.classList.toggle("two-p", isTwo);
    this.root.classList.toggle("six-p", !isTwo);
    this.root.dataset.count = all;
  }

  #listen() {
    for (const { item, receiver } of this.#faces.values()) {
      const [source] = receiver?.getSynchronizationSources() ?? [];
      item.classList.toggle("speaks", (source?.audioLevel ?? 0) > SPEAKS);
    }
  }
}
