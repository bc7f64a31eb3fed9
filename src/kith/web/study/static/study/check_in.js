// A check-in answered without internet is kept on this device. Without this file it is a plain form.
import { isKept, isKeptFor, keep, newKey, send, sendAll } from "./kept.js";

const AGAIN_MS = 5000;
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
  showKept();
  return undefined;
}

function showKept() {
  form.hidden = true;
  kept.hidden = false;
  kept.focus();
}

async function sendKept() {
  if (!form.hidden) return;
  await sendAll();
  // Whichever script of this page was first to send it.
  if (!isKept(form.elements.key.value) && !isKeptFor(location.pathname)) thank();
}

/* When it came before somebody's eyes, by this clock: without internet nobody else can say. */
function noteSeen() {
  if (document.visibilityState === "visible") form.elements.seen.value ||= Date.now();
}

if (form) {
  // This page may have come off the shelf, after its answer was put there.
  if (isKeptFor(location.pathname)) showKept();
  noteSeen();
  document.addEventListener("visibilitychange", noteSeen);
  form.addEventListener("submit", done);
  window.addEventListener("online", sendKept);
  // Browsers do not always say that the internet is back.
  setInterval(sendKept, AGAIN_MS);
}
