// Says that a page came before somebody's eyes: a page that was only fetched beforehand did not.
// Without this file nothing is said, and what was answered was seen.

export async function saw() {
  const place = document.querySelector("[data-seen]");
  const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!place || !csrfmiddlewaretoken) return;
  const body = new URLSearchParams({ csrfmiddlewaretoken });
  // Without internet it stays unsaid; an answer says it too.
  await fetch(place.dataset.seen, { method: "POST", body, keepalive: true }).catch(() => {});
}

function whenLookedAt() {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", whenLookedAt);
  saw();
}

document.addEventListener("visibilitychange", whenLookedAt);
whenLookedAt();
