/*! With Leaflet 1.9.4, BSD-2-Clause, (c) 2010-2023 Volodymyr Agafonkin,
    (c) 2010-2011 CloudMade. https://leafletjs.com */
// Points on a map of the world. The map asks nobody but this site until the reader
// agrees to more (map/tiles.js).
//
// The points are a list of {park, lat, lon, url}, each perhaps with `count` (how many
// things of data-noun it stands for), `status` (in words) and `tone` (open, wait or
// gone). They come from the script element that data-points names, or data-points-url.
import "leaflet/dist/leaflet.css";
import "../css/map.css";

import { LatLngBounds } from "leaflet/src/geo/LatLngBounds.js";

import { makeMap } from "./map/leaflet.js";
import { showMarkers } from "./map/markers.js";
import { showOutline } from "./map/outline.js";
import { offerTiles } from "./map/tiles.js";
import { words } from "./words.js";

const CLOSEST_AT_FIRST = 6;

export async function start(box) {
  const [points, outline] = await Promise.all([pointsOf(box), outlineOf(box)]);
  const canvas = freshCanvas(box);
  const map = makeMap(canvas);
  map.fitBounds(around(points), {
    padding: [36, 36],
    maxZoom: Number(box.dataset.zoom) || CLOSEST_AT_FIRST,
    animate: false,
  });
  const plain = showOutline(map, outline);
  offerTiles(box, map, plain);
  showMarkers(map, points, box.dataset.noun);
  box.querySelector(".map-note").textContent = points.length
    ? howToMove()
    : words("nowhere");
  box.classList.add("map-ready");
  return map;
}

function freshCanvas(box) {
  const old = box.querySelector(".map-canvas");
  const canvas = document.createElement("div");
  canvas.className = "map-canvas";
  canvas.setAttribute("role", "region");
  canvas.setAttribute("aria-label", box.dataset.label);
  old.replaceWith(canvas);
  return canvas;
}

async function pointsOf(box) {
  const { points, pointsUrl } = box.dataset;
  const found = pointsUrl
    ? await fetched(pointsUrl)
    : JSON.parse(document.getElementById(points).textContent);
  return found.filter(({ lat, lon }) => Number.isFinite(lat) && Number.isFinite(lon));
}

const outlines = {};

function outlineOf({ dataset: { outline } }) {
  outlines[outline] ??= fetched(outline).catch((problem) => {
    delete outlines[outline];
    throw problem;
  });
  return outlines[outline];
}

async function fetched(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.json();
}

function around(points) {
  return points.length
    ? new LatLngBounds(points.map(({ lat, lon }) => [lat, lon]))
    : new LatLngBounds([
        [-40, -120],
        [60, 150],
      ]);
}

function howToMove() {
  return matchMedia("(pointer: coarse)").matches
    ? words("moveByTouch")
    : words("moveByPointer");
}
