// Coasts and borders from static/site/world.json (scripts/world_outline.py).
import { LayerGroup } from "leaflet/src/layer/LayerGroup.js";
import "leaflet/src/layer/vector/Renderer.getRenderer.js";
import { Polygon } from "leaflet/src/layer/vector/Polygon.js";
import { Polyline } from "leaflet/src/layer/vector/Polyline.js";
import { SVG } from "leaflet/src/layer/vector/SVG.js";

export function showOutline(map, { lines, land, borders, steps, licence }) {
  const renderer = new SVG({ padding: 0.3 });
  const options = { renderer, interactive: false, smoothFactor: 0.8 };
  const drawn = lines.map((line) => pointsOf(line, steps));
  const rings = land.map((ring) => ringOf(ring, drawn));
  const outline = new LayerGroup(
    [
      new Polygon(rings, { ...options, stroke: false, className: "map-land" }),
      new Polyline(
        borders.map((index) => drawn[index]),
        { ...options, className: "map-border" },
      ),
    ],
    { attribution: licence },
  );
  outline.addTo(map);
  map.getPane("overlayPane").setAttribute("aria-hidden", "true");
  return outline;
}

function pointsOf(line, steps) {
  const points = [];
  let x = 0;
  let y = 0;
  for (let at = 0; at < line.length; at += 2) {
    x += line[at];
    y += line[at + 1];
    points.push([y / steps, x / steps]);
  }
  return points;
}

// Land over the 180th meridian is drawn in one piece, east of the map's end.
function ringOf(ring, drawn) {
  const points = [];
  for (const index of ring) {
    const line = lineAt(drawn, index);
    const [, last] = points.at(-1) ?? line[0];
    const turns = Math.round((last - line[0][1]) / 360) * 360;
    points.push(...line.map(([lat, lon]) => [lat, lon + turns]));
  }
  const back = points.some(([, lon]) => lon < -180) ? 360 : 0;
  return points.map(([lat, lon]) => [lat, lon + back]);
}

function lineAt(drawn, index) {
  return index < 0 ? drawn[~index].toReversed() : drawn[index];
}
