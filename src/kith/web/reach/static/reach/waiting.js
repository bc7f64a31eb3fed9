// Shows on the page without internet what this device kept ahead and can be answered now.

const link = document.querySelector("[data-waiting]");

async function kept() {
  const shelf = await caches.open("kith-ahead");
  const said = await shelf.match(link.dataset.waiting);
  return said ? said.json() : [];
}

async function show() {
  const now = Date.now();
  const found = (await kept()).find(({ from, until }) => from <= now && now < until);
  if (!found) return;
  link.querySelector("a").href = found.page;
  link.hidden = false;
}

if (link && "caches" in window) show();
