// What whoever holds the room may do: turn a microphone off, ask somebody to wait, let them in, end.

import { words } from "./said.js";

export function hosting(root, send) {
  const fold = root.querySelector("[data-hosting]");
  const list = fold.querySelector("[data-hosted]");
  fold.querySelector("[data-end]").addEventListener("click", () => send({ kind: "end" }));
  list.addEventListener("click", ({ target }) => {
    const { does, to } = target.dataset;
    if (does) send({ kind: does, to });
  });

  // Draws anew who is there, and who waits.
  return (isHost, here, waiting) => {
    fold.hidden = !isHost;
    list.replaceChildren(
      ...here.map(({ id, name }) => row(id, name, { mute: "muteThem", lobby: "lobbyThem" })),
      ...waiting.map(({ id, name }) => row(id, name, { "let-in": "letIn" })),
    );
  };
}

function row(id, name, deeds) {
  const item = document.createElement("li");
  for (const [does, key] of Object.entries(deeds)) {
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "linkbtn", textContent: words(key, { name }),
    });
    Object.assign(button.dataset, { does, to: id });
    item.append(button);
  }
  return item;
}
