// A few words for a link, or for whoever cannot hear or speak just now. They are kept nowhere.

import { words } from "./said.js";

const LINK = /https?:\/\/[^\s<>"]+/g;

export function chat(root, send) {
  const list = root.querySelector("[data-chat-log]");
  const form = root.querySelector("[data-chat]");
  const add = (name, text) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("b"), { textContent: name }), " ", ...linked(text));
    list.append(item);
    list.scrollTop = list.scrollHeight;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = form.elements.words;
    const text = field.value.trim();
    if (!text || !send({ kind: "chat", words: text })) return;
    add(words("you"), text);
    field.value = "";
  });
  return (name, text) => {
    add(name, text);
    root.querySelector("[data-chat-fold]").open = true;
  };
}

function linked(text) {
  const parts = [];
  let from = 0;
  for (const { 0: link, index } of text.matchAll(LINK)) {
    parts.push(text.slice(from, index));
    const anchor = document.createElement("a");
    Object.assign(anchor, { href: link, textContent: link, target: "_blank", rel: "noopener noreferrer" });
    parts.push(anchor);
    from = index + link.length;
  }
  return [...parts, text.slice(from)];
}
