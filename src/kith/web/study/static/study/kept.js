// Answers that wait on this device for the internet. Each has a key of its own, made up here, so
// that the study takes it once, however often it is sent.

const SHELF = "kith.check-ins";
const KEPT_MS = 28 * 24 * 3600 * 1000;

function all() {
  try {
    const kept = JSON.parse(localStorage.getItem(SHELF)) ?? [];
    return kept.filter(({ at }) => Date.now() - at < KEPT_MS);
  } catch {
    return [];
  }
}

function put(kept) {
  if (kept.length) localStorage.setItem(SHELF, JSON.stringify(kept));
  else localStorage.removeItem(SHELF);
}

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function keep({ key, at, path, fields: { csrfmiddlewaretoken: _, ...fields } }) {
  const answer = { key, at, path, fields };
  put([...all().filter(({ key }) => key !== answer.key), answer]);
}

export function isKept(key) {
  return all().some((answer) => answer.key === key);
}

export function isKeptFor(path) {
  return all().some((answer) => answer.path === path);
}

/* Away from the page that it was written on, a form needs a token of today. */
async function freshToken(path) {
  const answer = await fetch(path);
  if (!answer.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? null;
}

/* "taken", or "over" where nobody can use it any more; "later" for all else. */
export async function send({ path, fields }) {
  const post = (said) =>
    fetch(path, {
      method: "POST",
      body: new URLSearchParams(said),
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
  try {
    const csrfmiddlewaretoken = fields.csrfmiddlewaretoken ?? (await freshToken(path));
    if (!csrfmiddlewaretoken) return "later";
    const answer = await post({ ...fields, csrfmiddlewaretoken });
    if (answer.ok) return "taken";
    return answer.status === 409 ? "over" : "later";
  } catch {
    return "later";
  }
}

async function sendEach() {
  let taken = false;
  for (const answer of all()) {
    const how = await send(answer);
    if (how === "later") continue;
    taken ||= how === "taken";
    put(all().filter(({ key }) => key !== answer.key));
  }
  return taken;
}

/* One tab at a time; another finds nothing left. */
export async function sendAll() {
  if (!navigator.onLine || !all().length) return false;
  return navigator.locks ? navigator.locks.request(SHELF, sendEach) : sendEach();
}
