// Every page of kith works without this file. It only adds small kindnesses.

const root = document.documentElement;
root.classList.add("js");

// ---- leave in a hurry: the exit, or Esc twice, puts another page in the place of this one ------
const ESC_TWICE_MS = 1500;
let lastEscape = -Infinity;

function leave() {
  const exit = document.querySelector("[data-leave]");
  if (exit) location.replace(exit.href);
  return Boolean(exit);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (event.timeStamp - lastEscape < ESC_TWICE_MS) leave();
  lastEscape = event.timeStamp;
});

// ---- copy in one tap, and say so ------------------------------------------------------------------
const SAID_MS = 4000;
let silence;

function say(text) {
  const said = document.getElementById("said");
  clearTimeout(silence);
  said.textContent = text;
  silence = setTimeout(() => (said.textContent = ""), SAID_MS);
}

async function copy(text) {
  // Away from HTTPS (a demo on a home network) browsers lend no clipboard to pages.
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const holder = document.createElement("textarea");
  holder.value = text;
  holder.className = "vh";
  document.body.append(holder);
  holder.select();
  document.execCommand("copy");
  holder.remove();
}

document.addEventListener("click", async (event) => {
  const exit = event.target.closest("[data-leave]");
  const button = event.target.closest("[data-copy]");
  if (exit && leave()) event.preventDefault();
  if (!button) return;
  await copy(button.dataset.copy);
  say(button.dataset.copied);
});

// ---- a tap that was made twice is one tap ---------------------------------------------------------
const TWICE = 2_000;
document.addEventListener("submit", (event) => {
  const { target: form, timeStamp } = event;
  if (event.defaultPrevented || form.method !== "post") return;
  // The second would call the first back, on its way: on a slow line neither might arrive.
  if (timeStamp - Number(form.dataset.sentAt ?? -TWICE) < TWICE) return event.preventDefault();
  form.dataset.sentAt = timeStamp;
});

// ---- this browser's time zone, so that 7 pm means your 7 pm --------------------------------------
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) document.cookie = `tz=${zone}; path=/; max-age=31536000; samesite=lax`;

// ---- the pages that must open without the internet ------------------------------------------------
if (root.dataset.sw) navigator.serviceWorker?.register(root.dataset.sw);
