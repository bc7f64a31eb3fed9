// A check-in answered without internet is kept on this device. Without this file it is a plain form.
import { isKept, keep, newKey, send, sendAll } from "./kept.js";

const form = document.querySelector("[data-check-in]");
const kept = document.querySelector("[data-kept]");
const notKept = document.querySelector("[data-not-kept]");

function thank() {
  const isStrong = form.querySelector("[data-strong]:checked");
  location.assign(form.dataset.thanks + (isStrong ? "?near" : ""));
}

async function done(event) {
  event.preventDefault();
  form.elements.key.value ||= newKey();
  form.elements.at.value = Date.now();
  const fields = Object.fromEntries(new FormData(form));
  const answer = { key: fields.key, at: Number(fields.at), path: location.pathname, fields };
  const how = await send(answer);
  if (how === "taken") return thank();
  // What the rules say is on the page itself.
  if (how === "over") return location.reload();
  if ("shared" in form.dataset) {
    notKept.hidden = false;
    return undefined;
  }
  keep(answer);
  form.hidden = true;
  kept.hidden = false;
  kept.focus();
  return undefined;
}

if (form) {
  form.addEventListener("submit", done);
  window.addEventListener("online", async () => {
    await sendAll();
    // Whichever script of this page was first to send it.
    if (form.hidden && !isKept(form.elements.key.value)) thank();
  });
}
