// Markers, one for each place or group of places in sight.
import "leaflet/src/layer/Layer.js";
import { LatLngBounds } from "leaflet/src/geo/LatLngBounds.js";
import { DivIcon } from "leaflet/src/layer/marker/DivIcon.js";
import { Marker } from "leaflet/src/layer/marker/Marker.js";
import { Popup } from "leaflet/src/layer/Popup.js";

import { clustersOf } from "./clusters.js";
import { words } from "../words.js";

const MOST_NAMES = 12;

export function showMarkers(map, points, noun = "parks") {
  const byZoom = new Map();
  let shown = new Map();

  function refresh() {
    const zoom = map.getZoom();
    if (!byZoom.has(zoom)) {
      const at = ({ lat, lon }) => map.project([lat, lon], zoom);
      byZoom.set(zoom, clustersOf(points, at));
    }
    const inSight = map.getBounds().pad(0.2);
    const wanted = new Map();
    for (const cluster of byZoom.get(zoom)) {
      const [{ lat, lon }] = cluster.points;
      if (!inSight.contains([lat, lon])) continue;
      // Whoever has not changed stays, and with it the focus and an open popup.
      const key = `${zoom < map.getMaxZoom()} ${lat} ${lon} ${cluster.points.length}`;
      wanted.set(key, shown.get(key) ?? markerOf(map, cluster.points, noun));
    }
    const hadFocus = document.activeElement?.closest(".leaflet-marker-icon");
    for (const [key, marker] of shown) if (!wanted.has(key)) marker.remove();
    for (const [key, marker] of wanted) if (!shown.has(key)) marker.addTo(map);
    shown = wanted;
    if (hadFocus && !hadFocus.isConnected) map.getContainer().focus();
  }

  map.on("moveend", refresh);
  refresh();
}

function markerOf(map, points, noun) {
  const [first] = points;
  const one = points.length === 1;
  const number = numberOf(points);
  const name = one ? nameOf(first, noun) : words("close", { number, noun });
  const marker = new Marker([first.lat, first.lon], {
    icon: new DivIcon({
      className: `pin ${one && !number ? `pin-${first.tone ?? "open"}` : "pin-many"}`,
      html: number ? sign(number) : "",
      iconSize: number ? [40, 40] : [26, 26],
    }),
    title: name,
    // Where markers overlap, who stands for more lies on top.
    zIndexOffset: points.length,
  });
  marker.on("add", () => marker.getElement().setAttribute("aria-label", name));
  marker.on("click keypress", ({ type, originalEvent }) => {
    if (type === "keypress" && originalEvent.key !== "Enter") return;
    const bounds = new LatLngBounds(points.map(({ lat, lon }) => [lat, lon]));
    const apart = map.getBoundsZoom(bounds.pad(0.2));
    if (!one && apart > map.getZoom() && map.getZoom() < map.getMaxZoom()) {
      map.fitBounds(bounds.pad(0.2));
    } else {
      openPopup(map, marker, points, noun);
    }
  });
  return marker;
}

function numberOf(points) {
  if (points.every(({ count }) => Number.isFinite(count)))
    return points.reduce((sum, { count }) => sum + count, 0);
  return points.length > 1 ? points.length : 0;
}

function sign(number) {
  const text = document.createElement("span");
  text.textContent = number > 9999 ? `${Math.floor(number / 1000)}k` : number;
  return text;
}

function nameOf({ park, status, count }, noun) {
  const rest = [status, Number.isFinite(count) && `${count} ${noun}`];
  return [park, ...rest.filter(Boolean)].join(", ");
}

// Without a pointer the focus has to go where the answer is, and back again.
function openPopup(map, marker, points, noun) {
  const popup = new Popup({ maxWidth: 260, autoPanPadding: [16, 16] })
    .setLatLng(marker.getLatLng())
    .setContent(contentOf(points, noun));
  popup.on("remove", () => {
    // Where nothing may move it is gone already, and the focus with it.
    const { activeElement, body } = document;
    if (activeElement === body || popup.getElement().contains(activeElement))
      (marker.getElement() ?? map.getContainer()).focus();
  });
  map.openPopup(popup);
  popup.getElement().addEventListener("keydown", ({ key }) => {
    if (key === "Escape") map.closePopup(popup);
  });
  popup.getElement().querySelector("a")?.focus();
}

function contentOf(points, noun) {
  const list = document.createElement("ul");
  for (const point of points.slice(0, MOST_NAMES)) list.append(lineOf(point, noun));
  if (points.length > MOST_NAMES) {
    const rest = document.createElement("li");
    rest.textContent = words("more", { number: points.length - MOST_NAMES });
    list.append(rest);
  }
  return list;
}

function lineOf({ park, url, status, tone, count }, noun) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = park;
  line.append(link);
  if (status) {
    const state = document.createElement("span");
    state.className = `pin-state pin-${tone}`;
    state.textContent = status;
    line.append(state);
  }
  if (Number.isFinite(count)) {
    const number = document.createElement("span");
    number.textContent = `${count} ${noun}`;
    line.append(number);
  }
  return line;
}
