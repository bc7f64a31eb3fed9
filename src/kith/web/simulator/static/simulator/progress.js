// Looks how far a run is, every few seconds, and puts that into the page.
// Without this file a link does the same.

const EVERY_MS = 3000;

async function look() {
  const place = document.getElementById("progress");
  if (!place || document.hidden) return;
  const answer = await fetch(location.href).catch(() => null);
  // Without internet, or gone: the link says what it is.
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.getElementById("progress");
  if (!now) return location.reload();
  // Only what changed: whoever is on a button here stays there.
  for (const part of ["h2", "[role=status]"]) {
    const old = place.querySelector(part);
    const text = now.querySelector(part).textContent;
    if (old.textContent !== text) old.textContent = text;
  }
  place.querySelector("progress").value = now.querySelector("progress").value;
}

setInterval(look, EVERY_MS);
