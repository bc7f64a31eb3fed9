// Looks again every so often, and shows what has changed. What somebody is about to press stays.

const LOOK_MS = 20_000;
const page = document.querySelector("[data-over]");
const lost = page.querySelector("[data-no-way]");

const heading = (where) => where.querySelector("#main h1")?.textContent;

async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    // Over, and forgotten: by the hour, or because one of the two said so.
    if (answer.status === 404) return location.replace(page.dataset.over);
    if (!answer.ok) throw new Error("not now");
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    lost.textContent = "";
    if (heading(now) !== heading(document)) location.reload();
  } catch {
    lost.textContent = lost.dataset.noWay;
  }
}

setInterval(look, LOOK_MS);
addEventListener("online", look);
document.addEventListener("visibilitychange", () => document.hidden || look());
