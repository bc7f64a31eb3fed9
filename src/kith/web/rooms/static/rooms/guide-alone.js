// The guide for one or two people at one phone. Nobody else is told anything.

import { Guide } from "./guide.js";

const root = document.querySelector("[data-guide]");
const howMany = document.querySelector("[data-how-many]");
const named = (id) => ({ id, name: root.querySelector("template").content.querySelector(`[data-word=${id}]`).textContent });
const two = [named("one"), named("other")];

const guide = new Guide(root, { me: "one", people: two, shared: true });
howMany.hidden = false;
howMany.addEventListener("change", ({ target }) => guide.people(target.value === "one" ? two.slice(0, 1) : two));
new MutationObserver(changed).observe(root, { subtree: true, attributeFilter: ["hidden"] });
document.addEventListener("visibilitychange", changed);

// While they talk nobody touches the phone, and it must not fall asleep before the bell.
let awake = null;

function changed() {
  howMany.hidden = guide.isOn;
  if (guide.isOn && document.visibilityState === "visible") stayAwake();
  else letSleep();
}

function stayAwake() {
  awake ??= navigator.wakeLock?.request("screen").catch(() => null); // low on power: it says no
}

function letSleep() {
  awake?.then((lock) => lock?.release());
  awake = null;
}
