// On any open page: shows a bar when somebody rings its reader, and takes it away when that is over.
// While nobody here is rung the server answers without looking at anything.

const LOOK_MS = 5000;
const bar = document.getElementById("rung");

function show({ page, said }) {
  if (!bar.hidden && bar.querySelector("a").getAttribute("href") === page) return;
  bar.querySelector("a").href = page;
  bar.querySelector("[data-said]").textContent = said;
  bar.hidden = false;
}

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(bar.dataset.rings, { cache: "no-store" });
    const found = answer.ok ? await answer.json() : {};
    if (found.page) show(found);
    else bar.hidden = true;
  } catch {
    // No connection for a moment.
  }
}

if (bar && !location.pathname.startsWith("/rung/")) {
  look();
  setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", look);
  navigator.serviceWorker?.addEventListener("message", (event) => {
    if (event.data === "rung") look();
  });
}
