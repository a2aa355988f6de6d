// The detailed map comes from another host, which then learns the reader's address and
// what they look at. So it is asked only after the reader says so, on each device once.
import { TileLayer } from "leaflet/src/layer/tile/TileLayer.js";

import { CLOSEST_PLAIN } from "./leaflet.js";
import { words } from "../words.js";

const REMEMBERED = "map-tiles";
const CLOSEST = 17;
// So many pictures may fail before the map is taken for out of reach.
const PATIENCE = 4;

export function offerTiles(box, map, plain) {
  const { tiles, tilesHost, tilesAttribution } = box.dataset;
  const button = box.querySelector(".map-choice");
  if (!tiles || !button) return;
  const layer = new TileLayer(tiles, {
    attribution: tilesAttribution,
    className: "map-tiles",
    maxZoom: CLOSEST,
  });
  const labels = {
    true: button.dataset.plain,
    false: button.textContent,
  };

  function show(detailed) {
    button.textContent = labels[detailed];
    map.setMaxZoom(detailed ? CLOSEST : CLOSEST_PLAIN);
    (detailed ? plain : layer).remove();
    (detailed ? layer : plain).addTo(map);
  }

  let failed = 0;
  layer.on("tileload", () => (failed = 0));
  layer.on("tileerror", () => {
    failed += 1;
    if (failed < PATIENCE || !map.hasLayer(layer)) return;
    show(false);
    box.querySelector(".map-note").textContent = words("noTiles", { host: tilesHost });
  });

  button.addEventListener("click", () => {
    const detailed = !map.hasLayer(layer);
    failed = 0;
    show(detailed);
    remember(detailed ? tilesHost : "");
  });
  button.hidden = false;
  if (remembered() === tilesHost) show(true);
}

// A browser may refuse to remember anything; then it is asked again.
function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function remember(host) {
  try {
    if (host) localStorage.setItem(REMEMBERED, host);
    else localStorage.removeItem(REMEMBERED);
  } catch {
    // Nothing is lost but the choice itself.
  }
}
