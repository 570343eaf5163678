// Outlines of territories as paths of a drawing. The projection is Lambert's
// conformal cone through two parallels, which keeps shapes of a wide northern
// country as people know them.

type Point = readonly [lon: number, lat: number];

export interface Outline {
  code: string;
  rings: Point[][];
}

export interface Outlines {
  list: Outline[];
  /** The outlines were computed, not surveyed. */
  schematic: boolean;
}

interface Feature {
  properties?: { code?: string; kato?: string; schematic?: boolean } | null;
  geometry?: { type: string; coordinates: unknown } | null;
}
export interface Collection {
  features?: Feature[];
  schematic?: boolean;
  properties?: { schematic?: boolean };
}

/** Takes the rings of polygons out of GeoJSON; other geometries draw nothing. */
export function readOutlines(c: Collection): Outlines {
  const byCode = new Map<string, Point[][]>();
  let schematic = Boolean(c.schematic ?? c.properties?.schematic);
  for (const f of c.features ?? []) {
    const code = f.properties?.code ?? f.properties?.kato;
    if (!code || !f.geometry) continue;
    schematic ||= Boolean(f.properties?.schematic);
    const polygons = f.geometry.type === "Polygon" ? [f.geometry.coordinates as Point[][]] : f.geometry.type === "MultiPolygon" ? (f.geometry.coordinates as Point[][][]) : [];
    byCode.set(code, [...(byCode.get(code) ?? []), ...polygons.flat()]);
  }
  return { list: [...byCode].map(([code, rings]) => ({ code, rings })), schematic };
}

const rad = Math.PI / 180;

/** Lambert's conformal cone touching the sphere at parallels a and b, centred on a meridian. */
export function cone(a: number, b: number, meridian: number): (p: Point) => [number, number] {
  const t = (lat: number) => Math.tan(Math.PI / 4 + (lat * rad) / 2);
  const n = Math.abs(a - b) < 1e-6 ? Math.sin(a * rad) : Math.log(Math.cos(a * rad) / Math.cos(b * rad)) / Math.log(t(b) / t(a));
  const f = (Math.cos(a * rad) * t(a) ** n) / n;
  return ([lon, lat]) => {
    const rho = f / t(lat) ** n;
    const angle = n * (lon - meridian) * rad;
    return [rho * Math.sin(angle), rho * Math.cos(angle)];
  };
}

export interface Shape {
  code: string;
  d: string;
  /** Where a label or a marker stands. */
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How points of the earth come onto a drawing of outlines. */
export interface Sheet {
  put: (p: Point) => [number, number];
  height: number;
}

/** Fits outlines into a drawing of that width; undefined where there is nothing to draw. */
export function fit(outlines: Outline[], width: number, margin = 6): Sheet | undefined {
  const all = outlines.flatMap((o) => o.rings.flat());
  if (all.length === 0 || width <= 2 * margin) return undefined;
  const [west, east] = span(all.map((p) => p[0]));
  const [south, north] = span(all.map((p) => p[1]));
  const project = cone(south + (north - south) / 6, north - (north - south) / 6, (west + east) / 2);
  const flat = all.map(project);
  const [x0, x1] = span(flat.map((p) => p[0]));
  const [y0, y1] = span(flat.map((p) => p[1]));
  const scale = (width - 2 * margin) / (x1 - x0 || 1);
  const put = (p: Point): [number, number] => {
    const [x, y] = project(p);
    return [margin + (x - x0) * scale, margin + (y - y0) * scale];
  };
  return { put, height: Math.ceil((y1 - y0) * scale + 2 * margin) };
}

/** Fits outlines into a drawing of that width and returns its height. */
export function draw(outlines: Outline[], width: number, margin = 6): { shapes: Shape[]; height: number } {
  const sheet = fit(outlines, width, margin);
  if (!sheet) return { shapes: [], height: 0 };
  return { shapes: outlines.map((o) => shape(o.code, o.rings.map((r) => r.map(sheet.put)))), height: sheet.height };
}

function span(list: number[]): [number, number] {
  let a = Infinity;
  let b = -Infinity;
  for (const v of list) {
    if (v < a) a = v;
    if (v > b) b = v;
  }
  return [a, b];
}

/** Twice the signed area, and the centroid, of a ring. */
function centre(ring: [number, number][]): { area: number; x: number; y: number } {
  let area = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = ring[i] as [number, number];
    const [bx, by] = ring[(i + 1) % ring.length] as [number, number];
    const k = ax * by - bx * ay;
    area += k;
    x += (ax + bx) * k;
    y += (ay + by) * k;
  }
  if (Math.abs(area) < 1e-9) return { area: 0, x: ring[0]?.[0] ?? 0, y: ring[0]?.[1] ?? 0 };
  return { area: Math.abs(area), x: x / (3 * area), y: y / (3 * area) };
}

const cells = 14; // of the grid on which a place for a label is sought
const coarse = 90; // corners of an outline that are enough to place a label
const labelBelow = 40; // smaller shapes bear no label

/** A point well inside a ring: the one of a grid with most room around it, and more to the sides, since labels are wide. */
function inside(whole: [number, number][], middle: { x: number; y: number }): { x: number; y: number } {
  const every = Math.ceil(whole.length / coarse);
  const ring = whole.filter((_, i) => i % every === 0);
  const [x0, x1] = span(ring.map((p) => p[0]));
  const [y0, y1] = span(ring.map((p) => p[1]));
  if (x1 - x0 < labelBelow) return middle;
  let best = { x: middle.x, y: middle.y, room: roomAt(ring, middle.x, middle.y) * 1.15 };
  for (let i = 1; i < cells; i++) {
    for (let j = 1; j < cells; j++) {
      const x = x0 + ((x1 - x0) * i) / cells;
      const y = y0 + ((y1 - y0) * j) / cells;
      const room = roomAt(ring, x, y);
      if (room > best.room) best = { x, y, room };
    }
  }
  return best;
}

/** Distance to the nearest edge, counting across at a third of its length; negative outside. */
function roomAt(ring: [number, number][], x: number, y: number): number {
  let within = false;
  let nearest = Infinity;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i] as [number, number];
    const [bx, by] = ring[j] as [number, number];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
    nearest = Math.min(nearest, Math.hypot((ax - x) / 3, ay - y), Math.hypot(((ax + bx) / 2 - x) / 3, (ay + by) / 2 - y));
  }
  return within ? nearest : -nearest;
}

const round = (v: number) => Math.round(v * 10) / 10;

function shape(code: string, rings: [number, number][][]): Shape {
  const d = rings.map((r) => `M${r.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}Z`).join("");
  const largest = rings.map((r) => ({ ring: r, ...centre(r) })).sort((a, b) => b.area - a.area)[0];
  const label = largest ? inside(largest.ring, largest) : { x: 0, y: 0 };
  const points = rings.flat();
  const [x0, x1] = span(points.map((p) => p[0]));
  const [y0, y1] = span(points.map((p) => p[1]));
  return { code, d, x: round(label.x), y: round(label.y), width: x1 - x0, height: y1 - y0 };
}
