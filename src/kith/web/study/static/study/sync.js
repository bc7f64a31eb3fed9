// Sends what a check-in left on this device, as soon as there is internet, and lets the worker keep
// what comes in the day ahead.
import { sendAll } from "./kept.js";

async function lookAhead() {
  const registered = await navigator.serviceWorker?.ready;
  registered?.active.postMessage("ahead");
}

async function sync() {
  await sendAll();
  await lookAhead();
}

window.addEventListener("online", sync);
sync();
