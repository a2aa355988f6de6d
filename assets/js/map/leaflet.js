// The parts of Leaflet that are used, by themselves: all of it is a quarter larger.
import "leaflet/src/control/Control.Attribution.js";
import "leaflet/src/control/Control.Zoom.js";
import "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import "leaflet/src/map/handler/Map.Drag.js";
import "leaflet/src/map/handler/Map.Keyboard.js";
import "leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import "leaflet/src/map/handler/Map.TouchZoom.js";
import { Map as LeafletMap } from "leaflet/src/map/Map.js";

// Closer than this the outline is too rough to say anything.
export const CLOSEST_PLAIN = 10;

export function makeMap(canvas) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new LeafletMap(canvas, {
    minZoom: 0,
    maxZoom: CLOSEST_PLAIN,
    maxBounds: [
      [-85, -210],
      [85, 210],
    ],
    zoomSnap: 0.5,
    // One finger scrolls the page; two move the map.
    dragging: !matchMedia("(pointer: coarse)").matches,
    // The wheel scrolls the page until the reader has turned to the map.
    scrollWheelZoom: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
  });
  map.attributionControl.setPrefix(false);
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  return map;
}
