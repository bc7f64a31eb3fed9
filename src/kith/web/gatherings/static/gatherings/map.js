// A map for those who ask for one. The list says the same, and holds everything the map does.

function script(src) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = src;
    element.onload = resolve;
    element.onerror = () => reject(new Error(src));
    document.head.append(element);
  });
}

function styled(href) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
}

function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function land(topology) {
  return topojson.feature(topology, topology.objects.land);
}

function style(ground) {
  return {
    version: 8,
    sources: { land: { type: "geojson", data: ground, attribution: "Natural Earth" } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": color("--sea") || "#aac7d3" } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": color("--air") } },
      { id: "coast", type: "line", source: "land", paint: { "line-color": color("--line-2"), "line-width": 1 } },
    ],
  };
}

function rows() {
  return [...document.querySelectorAll("#found li[data-at]")].map((row) => {
    const [latitude, longitude] = row.dataset.at.split(",").map(Number);
    return { row, link: row.querySelector("a"), at: [longitude, latitude] };
  });
}

function pin(map, { link, at }) {
  const element = document.createElement("a");
  element.className = "pin";
  element.href = link.href;
  element.textContent = link.querySelector(".when").innerText.replace(/\s+/g, " ");
  element.setAttribute("aria-label", `${link.querySelector(".g-n").innerText}, ${element.textContent}`);
  const light = (on) => () => {
    link.classList.toggle("on", on);
    element.classList.toggle("on", on);
  };
  for (const part of [element, link]) {
    part.addEventListener("pointerenter", light(true));
    part.addEventListener("pointerleave", light(false));
    part.addEventListener("focus", light(true));
    part.addEventListener("blur", light(false));
  }
  new maplibregl.Marker({ element, anchor: "bottom" }).setLngLat(at).addTo(map);
}

export async function open(frame) {
  const { lib, worker, css, topology, unpack, lat, lon } = frame.dataset;
  styled(css);
  await Promise.all([script(lib), script(unpack)]);
  const answer = await fetch(topology);
  maplibregl.setWorkerUrl(worker);
  const here = [Number(lon), Number(lat)];
  const canvas = document.createElement("div");
  canvas.className = "mapcanvas";
  frame.append(canvas);
  const map = new maplibregl.Map({
    container: canvas,
    style: style(land(await answer.json())),
    center: here,
    zoom: 11,
    attributionControl: { compact: true },
    dragRotate: false,
    pitchWithRotate: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  const dot = document.createElement("span");
  dot.className = "youarehere";
  new maplibregl.Marker({ element: dot }).setLngLat(here).addTo(map);
  const bounds = new maplibregl.LngLatBounds(here, here);
  for (const one of rows()) {
    pin(map, one);
    bounds.extend(one.at);
  }
  map.fitBounds(bounds, { padding: 48, maxZoom: 14, animate: false });
  frame.querySelector(".sketch")?.setAttribute("hidden", "");
}
