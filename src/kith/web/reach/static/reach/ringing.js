// Asks how far it is, and shows it as soon as it changes. Without JavaScript the page looks again itself.

// A face within two seconds of the answer: this is the part of it that can be waited for in vain.
const LOOK_MS = 800;
const WAITING_MS = 5000;
const page = document.querySelector("[data-ask]");
const lost = page?.querySelector("[data-no-way]");

function show(fuse) {
  const began = performance.now() - Number(page.dataset.rung) * 1000;
  setInterval(() => (fuse.value = (performance.now() - began) / 1000), 250);
}

async function look() {
  try {
    const answer = await fetch(page.dataset.ask, { cache: "no-store" });
    const said = answer.ok ? await answer.json() : {};
    lost.textContent = "";
    if (said.state === page.dataset.state) return;
    // Somebody answered: whoever rang for them goes to them, and need not find another button.
    if (said.room) return location.assign(said.room);
    if (answer.ok || answer.status === 404) location.reload();
  } catch {
    // No connection for a moment: the lines are on the page, and we look again.
    lost.textContent = lost.dataset.noWay;
  }
}

if (page) {
  const fuse = page.querySelector(".fuse");
  if (fuse) show(fuse);
  setInterval(look, fuse ? LOOK_MS : WAITING_MS);
}
