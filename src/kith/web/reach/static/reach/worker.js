/* Keeps "I need someone now" on this device, and no record of where anybody looked. Keeps the
   check-ins of the day ahead for whoever takes part in a study. Shows that there is something for
   somebody, if they asked to be told.
   The server writes what to keep above this text, as KEPT. */

const SHELF = `kith-now-${KEPT.version}`;
const AHEAD = "kith-ahead";
const PATIENCE_MS = 3000;

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clearOldShelves().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (isTap(request, address)) return event.respondWith(tapped(request));
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(address.pathname === KEPT.now ? now(request, address) : elsewhere(request));
  } else if (KEPT.files.includes(address.pathname)) {
    event.respondWith(onShelf(address.pathname).then((kept) => kept ?? fetch(request)));
  } else if (address.pathname.startsWith(KEPT.statics)) {
    event.respondWith(fetch(request).catch(() => keptAhead(address.pathname)));
  }
});

self.addEventListener("message", (event) => {
  if (event.data === "ahead") event.waitUntil(keepAhead());
});

/* All that it says is "something for you": what it is about stays behind the door. One at a time. */
self.addEventListener("push", (event) => {
  const { title = "kith", body = "", page } = event.data?.json() ?? {};
  const ring = page ? { tag: "kith-ring", data: { page }, requireInteraction: true } : { tag: "kith" };
  event.waitUntil(
    Promise.all([
      self.registration.showNotification(title, { body, renotify: true, ...ring }),
      page && tellPages(),
      keepAhead(),
    ]),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const page = event.notification.data?.page;
  // Only ever a page of ours.
  event.waitUntil(self.clients.openWindow(page?.startsWith("/rung/") ? page : "/tonight/"));
});

/* Pages that are open look at once whether somebody rings. */
async function tellPages() {
  const pages = await self.clients.matchAll({ type: "window" });
  for (const page of pages) page.postMessage("rung");
}

/* Without its pages there is nothing to install; without a font there still is. */
async function keep() {
  const shelf = await caches.open(SHELF);
  await Promise.all([KEPT.now, KEPT.offline].map((page) => keepPage(shelf, page)));
  await Promise.allSettled(KEPT.files.map((file) => shelf.add(file)));
}

/* As it is for everybody: who may be rung for whom stays off the shelf. */
async function keepPage(shelf, page) {
  const answer = await fetch(`${page}?kept`, { cache: "reload" });
  if (!answer.ok) throw new Error("a page to keep did not come");
  await shelf.put(page, answer);
}

/* What somebody is asked in the day ahead; what is answered, over or taken back is let go of. A
   device that asks as nobody keeps nothing. */
async function keepAhead() {
  if (!KEPT.ahead) return;
  let said;
  try {
    const answer = await fetch(KEPT.ahead, { headers: { Accept: "application/json" } });
    said = answer.ok && !answer.redirected ? await answer.json() : { pages: [], files: [] };
  } catch {
    return;
  }
  await caches.delete(AHEAD);
  if (!said.pages.length) return;
  const shelf = await caches.open(AHEAD);
  await Promise.allSettled([
    ...said.files.map((file) => shelf.add(file)),
    ...said.pages.map(({ page }) => keepPage(shelf, page)),
  ]);
  await shelf.put(KEPT.ahead, Response.json(said.pages));
}

async function keptAhead(address) {
  const kept = await (await caches.open(AHEAD)).match(address, { ignoreVary: true });
  return kept ?? Response.error();
}

/* A check-in in its time; nothing else that is kept ahead is a page. */
async function checkIn(address) {
  const shelf = await caches.open(AHEAD);
  const pages = (await (await shelf.match(KEPT.ahead))?.json()) ?? [];
  const now = Date.now();
  const isNow = ({ page, from, until }) => page === address && from <= now && now < until;
  return pages.some(isNow) ? shelf.match(address, { ignoreVary: true }) : undefined;
}

async function clearOldShelves() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("kith-now-") && name !== SHELF);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/* The pages say Vary, for caches that serve many people. This one serves one. */
async function onShelf(address) {
  const shelf = await caches.open(SHELF);
  return shelf.match(address, { ignoreVary: true });
}

/* The newest page if it comes soon, else the kept one: a slow network must not cost minutes here. */
async function now(request, address) {
  const kept = await onShelf(KEPT.now);
  const fresh = fetch(request);
  if (!kept) return fresh;
  const answered = fresh.then((answer) => (answer.status < 500 ? answer : asKept(kept, address)));
  const waited = new Promise((resolve) => {
    setTimeout(() => resolve(asKept(kept, address)), PATIENCE_MS);
  });
  return Promise.race([answered, waited]).catch(() => asKept(kept, address));
}

/* The kept page holds every country; it opens at the one that was asked for. */
function asKept(kept, address) {
  const country = address.searchParams.get("country");
  return country ? Response.redirect(`${KEPT.now}#lines-${encodeURIComponent(country)}`) : kept;
}

/* Whoever taps for a voice, or to answer, and has no internet, finds the lines, never a dead end. */
function isTap({ method, mode }, { origin, pathname }) {
  const isOurs = origin === self.location.origin && /^\/(now|rung)\//.test(pathname);
  return method === "POST" && mode === "navigate" && isOurs;
}

async function tapped(request) {
  try {
    return await fetch(request);
  } catch {
    return Response.redirect(`${KEPT.now}#no-internet`);
  }
}

async function elsewhere(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const { pathname } = new URL(request.url);
    const kept = (await checkIn(pathname)) ?? (await onShelf(KEPT.offline));
    if (kept) return kept;
    throw error;
  }
}
