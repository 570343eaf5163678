// Draws the answer: areas of minutes, roads, places, facilities and bases.
import type { AccessHub, AccessMap, AccessNetwork } from "../../api/access.ts";
import type { Colour, Frame } from "../../map/canvas.tsx";
import { minuteClass, minuteClasses, peopleRadius, positions } from "../../map/field.ts";
import type { Outlines, Sheet } from "../../map/outline.ts";

export const classNames = ["--t0", "--t1", "--t2", "--t3", "--t4", "--t5"] as const;

type Position = readonly [lon: number, lat: number];

interface Band {
  properties: { minutes: number };
  geometry: { type: "MultiPolygon" | "Polygon"; coordinates: Position[][][] | Position[][] } | null; // null: nowhere is within
}

/** How much of the ground an area lets through. */
const bandInk = 0.5;
/** Below this width in pixels signs are smaller. */
const narrow = 520;
/** Radius below which a place is a dot. */
const dotBelow = 2.4;
/** The first class that can be seen as a ring on the ground. */
const faintest = 3;

/** What stays the same while the question changes. */
export interface Ground {
  at: Float32Array;
  land: Path2D;
  /** The outline of each region by its code. */
  regions: Map<string, Path2D>;
  main: Path2D;
  other: Path2D;
  most: number;
  /** Places by people, the most first, so that small circles lie above. */
  order: number[];
  index: Map<string, number>;
}

function line(path: Path2D, points: readonly Position[], sheet: Sheet, close: boolean) {
  points.forEach((p, i) => {
    const [x, y] = sheet.put(p);
    if (i === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  });
  if (close) path.closePath();
}

export function groundOf(net: AccessNetwork, outlines: Outlines, sheet: Sheet): Ground {
  const out: Ground = { at: positions(net.places, sheet), land: new Path2D(), regions: new Map(), main: new Path2D(), other: new Path2D(), most: 1, order: net.places.map((_, i) => i), index: new Map(net.places.map((p, i) => [p.id, i])) };
  for (const o of outlines.list) {
    const own = new Path2D();
    for (const ring of o.rings) line(own, ring, sheet, true);
    out.regions.set(o.code, own);
    out.land.addPath(own);
  }
  for (const l of net.links) line(l.main ? out.main : out.other, l.line as unknown as Position[], sheet, false);
  for (const p of net.places) out.most = Math.max(out.most, p.people);
  out.order.sort((a, b) => (net.places[b]?.people ?? 0) - (net.places[a]?.people ?? 0));
  return out;
}

/** Areas as paths, the widest first. */
export function bandsOf(data: AccessMap, sheet: Sheet): { minutes: number; path: Path2D }[] {
  const list = ((data.bands as { features?: Band[] }).features ?? []).map((f) => {
    const path = new Path2D();
    const polygons = !f.geometry ? [] : f.geometry.type === "Polygon" ? [f.geometry.coordinates as Position[][]] : (f.geometry.coordinates as Position[][][]);
    for (const rings of polygons) for (const r of rings) line(path, r, sheet, true);
    return { minutes: f.properties.minutes, path };
  });
  return list.sort((a, b) => b.minutes - a.minutes);
}

export interface Scene {
  ground: Ground;
  bands: { minutes: number; path: Path2D }[];
  net: AccessNetwork;
  minutes: readonly (number | null)[];
  before: readonly (number | null)[];
  limit: number;
  hubs: readonly AccessHub[];
  roads: boolean;
  bases: boolean;
  chosen: number;
  /** Code of the region to which the reader narrowed the page. */
  region: string | undefined;
  /** The font of the page. */
  font: string;
}

/** Whether a place crossed the limit: 1 came inside, -1 fell out. */
export function crossing(before: number | null | undefined, after: number | null | undefined, limit: number): 1 | 0 | -1 {
  const was = before !== null && before !== undefined && before <= limit;
  const is = after !== null && after !== undefined && after <= limit;
  return was === is ? 0 : is ? 1 : -1;
}

export function radiusAt(s: { ground: Ground; net: AccessNetwork }, i: number, f: Frame): number {
  return peopleRadius(s.net.places[i]?.people ?? 0, s.ground.most, f.size.width) * Math.min(2, 1 + Math.log2(f.view.k) / 6);
}

export function paintScene(g: CanvasRenderingContext2D, f: Frame, colour: Colour, s: Scene) {
  const { k, x, y } = f.view;
  const moved = (draw: () => void) => {
    g.save();
    g.translate(x, y);
    g.scale(k, k);
    draw();
    g.restore();
  };
  g.lineJoin = "round";
  moved(() => {
    g.fillStyle = colour("--sunken");
    g.fill(s.ground.land);
    g.globalAlpha = bandInk;
    for (const b of s.bands) {
      g.fillStyle = colour(classNames[minuteClass(b.minutes)] as string);
      g.fill(b.path, "evenodd");
    }
    g.globalAlpha = 1;
    const edge = s.bands.find((b) => b.minutes === s.limit);
    if (edge) {
      g.strokeStyle = colour("--ink-2");
      g.lineWidth = 1 / k;
      g.setLineDash([4 / k, 3 / k]);
      g.stroke(edge.path);
      g.setLineDash([]);
    }
    g.strokeStyle = colour("--line-strong");
    g.lineWidth = 0.8 / k;
    g.stroke(s.ground.land);
    const narrowed = s.region ? s.ground.regions.get(s.region) : undefined;
    if (narrowed) {
      g.strokeStyle = colour("--ink");
      g.lineWidth = 1.8 / k;
      g.stroke(narrowed);
    }
    if (s.roads) {
      g.strokeStyle = colour("--ink-3");
      g.globalAlpha = 0.55;
      g.lineWidth = 0.5 / k;
      g.stroke(s.ground.other);
      g.lineWidth = 1 / k;
      g.stroke(s.ground.main);
      g.globalAlpha = 1;
    }
  });
  const px = (i: number) => (s.ground.at[2 * i] as number) * k + x;
  const py = (i: number) => (s.ground.at[2 * i + 1] as number) * k + y;
  const unseen = (a: number, b: number) => a < -30 || b < -30 || a > f.size.width + 30 || b > f.size.height + 30;
  const surface = colour("--surface");
  const ink = colour("--ink");
  for (const i of s.ground.order) {
    const [a, b] = [px(i), py(i)];
    if (unseen(a, b)) continue;
    const r = radiusAt(s, i, f);
    const m = s.minutes[i] ?? null;
    const inside = m !== null && m <= s.limit;
    const tone = m === null ? colour("--late") : colour(classNames[minuteClass(m)] as string);
    g.beginPath();
    g.arc(a, b, r, 0, 2 * Math.PI);
    if (r < dotBelow) { // thousands of villages: a ring would be a smudge
      g.fillStyle = tone;
      g.globalAlpha = inside ? 1 : 0.6;
      g.fill();
      g.globalAlpha = 1;
    } else if (inside) {
      g.fillStyle = tone;
      g.fill();
      g.strokeStyle = ink;
      g.lineWidth = r > 4 ? 0.8 : 0.5;
      g.stroke();
    } else {
      g.fillStyle = surface;
      g.globalAlpha = 0.7;
      g.fill();
      g.globalAlpha = 1;
      g.strokeStyle = m === null ? tone : colour(classNames[Math.max(faintest, minuteClass(m))] as string);
      g.lineWidth = Math.min(2.6, Math.max(0.9, r / 3));
      if (m === null) g.setLineDash([2, 2]);
      g.stroke();
      g.setLineDash([]);
    }
  }
  if (s.before.length > 0) {
    for (let i = 0; i < s.minutes.length; i++) {
      const way = crossing(s.before[i], s.minutes[i], s.limit);
      if (way === 0) continue;
      g.beginPath();
      g.arc(px(i), py(i), radiusAt(s, i, f) + 4, 0, 2 * Math.PI);
      g.strokeStyle = colour(way > 0 ? "--good" : "--late");
      g.lineWidth = 3;
      g.stroke();
    }
  }
  if (s.bases) paintBases(g, s, px, py, colour("--c2"));
  for (const h of s.hubs) {
    const i = h.place ? s.ground.index.get(h.place) : undefined;
    const at = i === undefined ? f.sheet.put([h.lon, h.lat]) : undefined;
    const a = at ? at[0] * k + x : px(i as number);
    const b = at ? at[1] * k + y : py(i as number);
    if (!unseen(a, b)) paintHub(g, a, b, f.size.width < narrow ? 0.7 : 1, h.basis, colour("--c1"), surface);
  }
  paintNames(g, f, s, px, py, colour);
  if (s.chosen >= 0) {
    g.beginPath();
    g.arc(px(s.chosen), py(s.chosen), radiusAt(s, s.chosen, f) + 6, 0, 2 * Math.PI);
    g.strokeStyle = colour("--focus");
    g.lineWidth = 2.5;
    g.stroke();
  }
}

const labelSize = 11;
const labelsTried = 400; // places with most people in view
const labelEvery = 26_000; // square pixels for each name

/** Names of the largest places in view, as many as do not lie on each other. */
function paintNames(g: CanvasRenderingContext2D, f: Frame, s: Scene, px: (i: number) => number, py: (i: number) => number, colour: Colour) {
  const { width, height } = f.size;
  const most = Math.round((width * height) / labelEvery);
  const taken: [number, number, number, number][] = [];
  g.font = `550 ${labelSize}px ${s.font}`;
  g.textBaseline = "middle";
  g.lineWidth = 3;
  g.strokeStyle = colour("--surface");
  g.fillStyle = colour("--ink");
  let tried = 0;
  for (const i of s.ground.order) {
    const [x, y] = [px(i), py(i)];
    if (x < 0 || y < 0 || x > width || y > height) continue;
    if (taken.length >= most || ++tried > labelsTried) break;
    const text = s.net.places[i]?.name ?? "";
    const w = g.measureText(text).width;
    const shift = Math.max(7, radiusAt(s, i, f)) + 3;
    const left = x + shift + w > width ? x - shift - w : x + shift;
    const box: [number, number, number, number] = [left - 2, y - 8, left + w + 2, y + 8];
    if (left < 0 || taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) continue;
    taken.push(box);
    g.strokeText(text, left, y);
    g.fillText(text, left, y);
  }
}

function paintBases(g: CanvasRenderingContext2D, s: Scene, px: (i: number) => number, py: (i: number) => number, colour: string) {
  g.strokeStyle = colour;
  g.fillStyle = colour;
  for (const b of s.net.bases) {
    const i = s.ground.index.get(b.place);
    if (i === undefined) continue;
    const [a, c] = [px(i), py(i)];
    if (b.vehicle === "road") g.fillRect(a - 1.2, c - 1.2, 2.4, 2.4);
    else {
      g.lineWidth = 1.6;
      g.beginPath();
      g.moveTo(a - 6, c - 6);
      g.lineTo(a + 6, c + 6);
      g.moveTo(a + 6, c - 6);
      g.lineTo(a - 6, c + 6);
      g.stroke();
    }
  }
}

/** The outline of the sign of a facility around (0, 0), as a path for a canvas and a legend. */
export const hubSigns: Record<string, string> = {
  stated: "M-5 -5H5V5H-5Z",
  promised: "M0 -6.5L6.5 0L0 6.5L-6.5 0Z",
  presumed: "M0 -6L5.8 4.6H-5.8Z",
  supposed: "M-2 -6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",
};

function paintHub(g: CanvasRenderingContext2D, x: number, y: number, size: number, basis: string, fill: string, surface: string) {
  stamp(g, x, y, size, new Path2D(hubSigns[basis] ?? hubSigns.presumed), fill, basis === "presumed" ? surface : fill, surface);
}

/** Draws a sign on a rim that parts it from what lies below. */
function stamp(g: CanvasRenderingContext2D, x: number, y: number, size: number, sign: Path2D, edge: string, fill: string, rim: string) {
  g.save();
  g.translate(x, y);
  g.scale(size, size);
  g.lineWidth = 3.5;
  g.strokeStyle = rim;
  g.stroke(sign);
  g.fillStyle = fill;
  g.fill(sign);
  g.lineWidth = 1.6;
  g.strokeStyle = edge;
  g.stroke(sign);
  g.restore();
}

/** The limits of the areas that are asked for. */
export function bandLimits(limit: number): string {
  return [...new Set([...minuteClasses, limit])].sort((a, b) => a - b).join(",");
}
