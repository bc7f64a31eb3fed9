// Offers another word while somebody writes (see hints.py, which finds the same after a save).
// Nothing that is written leaves the page: the words to look for come to it.

const WORD = /[\p{L}\p{N}\u0300-\u036f]+/gu;
const PAUSE_MS = 500;

const lower = (text) => text.toLowerCase().normalize("NFC");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "");

function guideOf(known) {
  const phrases = new Map();
  for (const { say, instead, why } of known.words)
    for (const phrase of say) phrases.set(lower(phrase), { instead, why: known.why[why] });
  const longest = Math.max(...[...phrases.keys()].map((phrase) => phrase.split(" ").length));
  const sets = ["self", "between", "like", "unless_next"].map((name) => [name, new Set(known[name])]);
  return { phrases, longest, ...Object.fromEntries(sets) };
}

function isSaidOfOneself(text, words, [first, last], guide, own, isAsked) {
  let strayMet = false;
  for (let at = first - 1; at >= 0; at -= 1) {
    const gap = text.slice(words[at].end, words[at + 1].start);
    const word = words[at].plain;
    if (/[.!?\n]/.test(gap)) return isAsked;
    if (guide.self.has(word)) return true;
    if (guide.like.has(word) && guide.self.has(words[last + 1]?.plain)) return true;
    if (own.has(at) || guide.between.has(word) || /^\p{N}+$/u.test(word)) continue;
    const isStray = isAsked || /\p{Lu}/u.test(text[words[at].start]) || gap.includes(",");
    if (strayMet || !isStray) return false;
    strayMet = true;
  }
  return isAsked;
}

export function hints(text, known, isAsked = false) {
  const guide = guideOf(known);
  const words = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    text: lower(word),
    plain: plain(lower(word)),
    start: index,
    end: index + word.length,
  }));
  const found = [];
  const own = new Set();
  for (let at = 0; at < words.length; at += 1) {
    for (let length = Math.min(guide.longest, words.length - at); length > 0; length -= 1) {
      const phrase = words.slice(at, at + length).map((word) => word.text).join(" ");
      const said = guide.phrases.get(phrase);
      if (!said) continue;
      const last = at + length - 1;
      if (!guide.unless_next.has(words[last + 1]?.plain)) {
        if (isSaidOfOneself(text, words, [at, last], guide, own, isAsked))
          for (let word = at; word <= last; word += 1) own.add(word);
        else found.push({ said: text.slice(words[at].start, words[last].end), ...said });
      }
      at = last;
      break;
    }
  }
  return found;
}

// The box has the sentence to say, with holes for what was written and for what could be.
function show(box, found) {
  const once = new Map(found.map((hint) => [hint.said.toLowerCase(), hint]));
  const lines = [...once.values()].map(({ said, instead, why }) => {
    const line = document.createElement("li");
    line.textContent = box.dataset.could.replace("%said%", said).replace("%instead%", instead);
    const reason = document.createElement("span");
    reason.className = "small";
    reason.textContent = why;
    line.append(reason);
    return line;
  });
  box.querySelector("ul").replaceChildren(...lines);
  box.classList.toggle("some", lines.length > 0);
}

for (const box of document.querySelectorAll("[data-hints]")) {
  const field = document.getElementById(box.dataset.for);
  let known;
  let pause;
  field?.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(async () => {
      known ??= await (await fetch(box.dataset.hints)).json();
      show(box, hints(field.value, known, "ofOneself" in box.dataset));
    }, PAUSE_MS);
  });
}
