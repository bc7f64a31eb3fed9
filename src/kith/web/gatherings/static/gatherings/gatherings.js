// Pages about gatherings work without this file. It finds where you are when asked, and no sooner.

const form = document.getElementById("filters");

function put(name, value) {
  let field = form.querySelector(`input[type="hidden"][name="${name}"]`);
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
  }
  field.value = value;
}

function found(position) {
  // About a hundred meters: near enough to find a door, too coarse to name a house.
  put("lat", position.coords.latitude.toFixed(3));
  put("lon", position.coords.longitude.toFixed(3));
  form.near.value = "";
  form.submit();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-locate]");
  if (!button) return;
  const refused = () => {
    document.getElementById("said").textContent = button.dataset.refused;
    form.near.focus();
  };
  if (!navigator.geolocation) return refused();
  navigator.geolocation.getCurrentPosition(found, refused, { timeout: 10_000, maximumAge: 60_000 });
});

// ---- the map, for those who ask for it ---------------------------------------------------------
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-map]");
  if (!button) return;
  button.disabled = true;
  const frame = button.closest(".gmap");
  try {
    const { open } = await import(frame.dataset.map);
    await open(frame);
    button.remove();
  } catch {
    document.getElementById("said").textContent = button.dataset.failed;
    frame.querySelector(".mapcanvas")?.remove();
    button.disabled = false;
  }
});
