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

async function landAndSea({ topology, unpack }) {
  const [answer] = await Promise.all([fetch(topology), script(unpack)]);
  const ground = land(await answer.json());
  return {
    version: 8,
    sources: { land: { type: "geojson", data: ground, attribution: "Natural Earth" } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": color("--map-water") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": color("--map-land") } },
      { id: "coast", type: "line", source: "land", paint: { "line-color": color("--line-2"), "line-width": 1 } },
    ],
  };
}

// ---- streets, where the steward has given a file of them: Protomaps' layers, version 4 -------------
function wider(...stops) {
  return ["interpolate", ["exponential", 1.6], ["zoom"], ...stops];
}

function fill(id, from, paint, filter) {
  const layer = { id, type: "fill", source: "streets", "source-layer": from, paint: { "fill-color": paint } };
  return filter ? { ...layer, filter } : layer;
}

function road(id, kinds, width, paint, minzoom = 0) {
  return {
    id,
    type: "line",
    source: "streets",
    "source-layer": "roads",
    minzoom,
    filter: ["in", ["get", "kind"], ["literal", kinds]],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": paint, "line-width": width },
  };
}

// Names are drawn with the letters of the device: no server of letters is asked.
function names(id, from, layout, filter) {
  return {
    id,
    type: "symbol",
    source: "streets",
    "source-layer": from,
    filter,
    layout: { "text-field": ["get", "name"], "text-font": ["Atkinson", "sans-serif"], ...layout },
    paint: { "text-color": color("--ink-2"), "text-halo-color": color("--map-land"), "text-halo-width": 1.5 },
  };
}

const GREEN = ["park", "forest", "wood", "grass", "garden", "nature_reserve", "cemetery", "pitch", "recreation_ground"];

function streetLayers() {
  const way = color("--map-way");
  const green = ["in", ["get", "kind"], ["literal", GREEN]];
  return [
    { id: "ground", type: "background", paint: { "background-color": color("--map-land") } },
    fill("earth", "earth", color("--map-land")),
    fill("green", "landuse", color("--map-green"), green),
    fill("water", "water", color("--map-water")),
    fill("houses", "buildings", color("--map-house")),
    road("rails", ["rail"], 1, color("--line"), 12),
    road("paths", ["path"], wider(14, 0.5, 18, 3), way, 14),
    road("small", ["minor_road", "other"], wider(11, 0.4, 14, 2.5, 18, 14), way, 11),
    road("large", ["major_road"], wider(6, 0.5, 12, 3, 18, 22), way),
    road("widest", ["highway"], wider(4, 0.5, 12, 4, 18, 26), color("--map-road")),
    names("ways", "roads", { "symbol-placement": "line", "text-size": 12 }, ["has", "name"]),
    names("waters", "water", { "text-size": 12 }, ["==", ["geometry-type"], "Point"]),
    names("parts", "places", { "text-size": 13 }, ["==", ["get", "kind"], "neighbourhood"]),
    names("towns", "places", { "text-size": wider(6, 12, 12, 17) }, ["==", ["get", "kind"], "locality"]),
  ];
}

async function streets({ streets: address, pieces }) {
  await script(pieces);
  const url = new URL(address, document.baseURI).href;
  const archive = new pmtiles.PMTiles(url);
  const header = await archive.getHeader();
  const protocol = new pmtiles.Protocol();
  protocol.add(archive);
  maplibregl.addProtocol("pmtiles", protocol.tile);
  const credit = "© OpenStreetMap";
  const source = { type: "vector", url: `pmtiles://${url}`, attribution: credit, maxzoom: header.maxZoom };
  return { version: 8, sources: { streets: source }, layers: streetLayers() };
}

// A file that is gone or broken leaves land and sea.
function ground(data) {
  return data.streets ? streets(data).catch(() => landAndSea(data)) : landAndSea(data);
}

// What meets behind one door is one pin, at the hour of the first.
function doors() {
  const found = new Map();
  for (const row of document.querySelectorAll("#found li[data-at]")) {
    const [latitude, longitude] = row.dataset.at.split(",").map(Number);
    const door = found.get(row.dataset.at) ?? { links: [], at: [longitude, latitude] };
    door.links.push(row.querySelector("a"));
    found.set(row.dataset.at, door);
  }
  return [...found.values()];
}

function hour(link) {
  return link.querySelector(".when").innerText.replace(/\s+/g, " ");
}

function pin(map, { links, at }) {
  const element = document.createElement("a");
  element.className = "pin";
  element.href = links[0].href;
  element.textContent = links.length > 1 ? `${hour(links[0])} +${links.length - 1}` : hour(links[0]);
  const called = links.map((link) => `${link.querySelector(".g-n").innerText}, ${hour(link)}`);
  element.setAttribute("aria-label", called.join("; "));
  const light = (on) => () => {
    for (const part of [element, ...links]) part.classList.toggle("on", on);
  };
  for (const part of [element, ...links]) {
    part.addEventListener("pointerenter", light(true));
    part.addEventListener("pointerleave", light(false));
    part.addEventListener("focus", light(true));
    part.addEventListener("blur", light(false));
  }
  new maplibregl.Marker({ element, anchor: "bottom" }).setLngLat(at).addTo(map);
}

export async function open(frame) {
  const { lib, worker, css, lat, lon } = frame.dataset;
  styled(css);
  await script(lib);
  maplibregl.setWorkerUrl(worker);
  const here = [Number(lon), Number(lat)];
  const canvas = document.createElement("div");
  canvas.className = "mapcanvas";
  frame.append(canvas);
  const map = new maplibregl.Map({
    container: canvas,
    style: await ground(frame.dataset),
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
  for (const one of doors()) {
    pin(map, one);
    bounds.extend(one.at);
  }
  map.fitBounds(bounds, { padding: 48, maxZoom: 14, animate: false });
  frame.querySelector(".sketch")?.setAttribute("hidden", "");
}
