// Shows the plan that was kept on this device, with links that call and text. It asks nobody anything.

const KEY = "kith.plan";
const card = document.querySelector("[data-plan-card]");

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(found?.lines) && found.lines.length ? found : null;
  } catch {
    return null;
  }
}

function line(words, { when, first, otherwise }) {
  const item = document.createElement("li");
  const said = document.createElement("p");
  said.textContent = `${words.when} ${when}: ${first}; ${words.ifNot}: ${otherwise}`;
  item.append(said);
  return item;
}

function link(scheme, number, text) {
  const made = document.createElement("a");
  made.className = scheme === "tel" ? "btn" : "btn line";
  made.href = `${scheme}:${number}`;
  made.textContent = text;
  return made;
}

function person(words, { who, number }) {
  const item = document.createElement("li");
  const acts = document.createElement("div");
  acts.className = "acts";
  acts.append(link("tel", number, `${words.call} ${who}`), link("sms", number, `${words.text} ${who}`));
  item.append(acts);
  return item;
}

const found = card && kept();
if (found) {
  const list = card.querySelector("[data-plan-lines]");
  const people = (found.numbers ?? []).filter(({ number }) => /^[\d+*#]+$/.test(number));
  list.append(...people.map((one) => person(list.dataset, one)));
  list.append(...found.lines.map((one) => line(list.dataset, one)));
  card.hidden = false;
  card.querySelector("[data-plan-drop]").addEventListener("click", () => {
    localStorage.removeItem(KEY);
    card.hidden = true;
  });
}
