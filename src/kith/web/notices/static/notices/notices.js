// Asks this browser to be told, and only after a tap. Without JavaScript e-mail and Tonight remain.

const form = document.querySelector("[data-push]");
const canBeTold = "PushManager" in window && "Notification" in window;

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

async function subscribed(key) {
  const { pushManager } = await navigator.serviceWorker.ready;
  // One that an older key of this instance made could never be used again.
  await (await pushManager.getSubscription())?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: toBytes(key) });
}

async function tellMeHere() {
  if ((await Notification.requestPermission()) !== "granted") return { refused: form.dataset.denied };
  const { endpoint, keys } = (await subscribed(form.dataset.push)).toJSON();
  const answer = await fetch(form.dataset.answer, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
    },
    body: JSON.stringify({ endpoint, ...keys }),
  });
  return answer.json();
}

if (form && canBeTold) {
  document.documentElement.classList.add("push");
  const button = form.querySelector("[data-go]");
  const said = form.querySelector("[data-said]");
  button.addEventListener("click", async () => {
    said.hidden = true;
    button.disabled = true;
    try {
      const { next, refused } = await tellMeHere();
      // Only the part after # differs: the page has to be asked for anew.
      if (next) return location.replace(next.split("#")[0]);
      said.textContent = refused ?? form.dataset.broken;
    } catch {
      said.textContent = form.dataset.broken;
    }
    said.hidden = false;
    button.disabled = false;
  });
}
