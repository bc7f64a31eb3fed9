// Keeps My plan on this device, if somebody chooses so. Numbers typed here are sent nowhere.

const KEY = "kith.plan";
const box = document.querySelector("[data-keep]");

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function lines() {
  return [...document.querySelectorAll("[data-line]")].map(({ dataset }) => ({
    when: dataset.when,
    first: dataset.do,
    otherwise: dataset.else,
  }));
}

function numbers() {
  const typed = [...box.querySelectorAll("[data-who]")];
  return typed
    .map((input) => ({ who: input.dataset.who, number: input.value.replace(/[^\d+*#]/g, "") }))
    .filter(({ number }) => number);
}

function say(text) {
  document.getElementById("said").textContent = text;
}

if (box) {
  const drop = box.querySelector("[data-drop-it]");
  const before = kept();
  drop.hidden = !before;
  for (const input of box.querySelectorAll("[data-who]")) {
    const known = before?.numbers?.find(({ who }) => who === input.dataset.who);
    if (known) input.value = known.number;
  }
  box.querySelector("[data-keep-it]").addEventListener("click", ({ target }) => {
    localStorage.setItem(KEY, JSON.stringify({ lines: lines(), numbers: numbers() }));
    drop.hidden = false;
    say(target.dataset.said);
  });
  drop.addEventListener("click", () => {
    localStorage.removeItem(KEY);
    drop.hidden = true;
    for (const input of box.querySelectorAll("[data-who]")) input.value = "";
    say(drop.dataset.said);
  });
  // What is kept goes along with what changes here.
  if (before) localStorage.setItem(KEY, JSON.stringify({ ...before, lines: lines() }));
}
