// Passkeys: asks the server what to ask, lets the browser make or show a key, and sends its answer.
// Without passkeys in this browser, or without JavaScript, the six words do the same.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

async function post(form, address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
    },
    body: JSON.stringify(body),
  });
  return answer.json();
}

function make(options) {
  return navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: options.excludeCredentials.map((one) => ({ ...one, id: toBytes(one.id) })),
    },
  });
}

function show(options) {
  return navigator.credentials.get({
    publicKey: { ...options, challenge: toBytes(options.challenge), allowCredentials: [] },
  });
}

// What py_webauthn reads; newer browsers have toJSON for it, and old phones have not.
function inJson(credential) {
  const { response } = credential;
  const parts = ["attestationObject", "authenticatorData", "clientDataJSON", "signature", "userHandle"];
  const texts = parts.filter((part) => response[part]).map((part) => [part, toText(response[part])]);
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: { ...Object.fromEntries(texts), transports: response.getTransports?.() ?? [] },
  };
}

async function go(form) {
  const options = await post(form, form.dataset.ask, {});
  if (!options.challenge) return options;
  const credential = await (form.dataset.passkey === "make" ? make : show)(options);
  const isShared = Boolean(form.elements.is_shared?.checked);
  return post(form, form.dataset.answer, { ...inJson(credential), is_shared: isShared });
}

if (window.PublicKeyCredential) {
  document.documentElement.classList.add("passkeys");
  for (const form of document.querySelectorAll("[data-passkey]")) {
    const button = form.querySelector("[data-go]");
    const said = form.querySelector("[data-said]");
    button?.addEventListener("click", async () => {
      if (form.dataset.passkey === "make" && !form.reportValidity()) return;
      said.hidden = true;
      button.disabled = true;
      try {
        const { next, refused } = await go(form);
        if (next) return location.assign(next);
        said.textContent = refused ?? form.dataset.broken;
      } catch {
        said.textContent = form.dataset.broken;
      }
      said.hidden = false;
      button.disabled = false;
    });
  }
}
