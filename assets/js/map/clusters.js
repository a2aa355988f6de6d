// Points that would lie on top of each other become one: a grid finds the neighbours of
// each, so that thousands take no longer than their number.
const APART = 44;

export function clustersOf(points, project) {
  const cells = new Map();
  const clusters = [];
  for (const point of points) {
    const { x, y } = project(point);
    const column = Math.floor(x / APART);
    const row = Math.floor(y / APART);
    const near = nearest(cells, column, row, x, y);
    if (near) {
      near.points.push(point);
      continue;
    }
    const cluster = { x, y, points: [point] };
    const key = `${column},${row}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(cluster);
    clusters.push(cluster);
  }
  return clusters;
}

function nearest(cells, column, row, x, y) {
  let found = null;
  let least = APART;
  for (let across = column - 1; across <= column + 1; across += 1) {
    for (let down = row - 1; down <= row + 1; down += 1) {
      for (const cluster of cells.get(`${across},${down}`) ?? []) {
        const distance = Math.hypot(cluster.x - x, cluster.y - y);
        if (distance < least) [found, least] = [cluster, distance];
      }
    }
  }
  return found;
}
