// Many points on a map: where they lie on the drawing, and which of them is
// under a finger. Thousands of points are drawn on a canvas, so that a slider
// stays quick.
import type { Sheet } from "./outline.ts";

/** How the reader has moved the drawing: scale, and the shift of its corner in pixels. */
export interface View {
  k: number;
  x: number;
  y: number;
}

export const whole: View = { k: 1, x: 0, y: 0 };
export const mostZoom = 60;

export interface Size {
  width: number;
  height: number;
}

/** Keeps the drawing over its frame: not smaller than it, and not beside it. */
export function held(v: View, size: Size): View {
  const k = Math.min(mostZoom, Math.max(1, v.k));
  return { k, x: Math.min(0, Math.max(size.width * (1 - k), v.x)), y: Math.min(0, Math.max(size.height * (1 - k), v.y)) };
}

/** Zooms by a factor and keeps what lies under (x, y) there. */
export function zoomed(v: View, by: number, x: number, y: number, size: Size): View {
  const k = Math.min(mostZoom, Math.max(1, v.k * by));
  const f = k / v.k;
  return held({ k, x: x - (x - v.x) * f, y: y - (y - v.y) * f }, size);
}

/** The view that shows a box of the drawing with some room around it. */
export function showing(box: [x0: number, y0: number, x1: number, y1: number], size: Size): View {
  const [x0, y0, x1, y1] = box;
  const room = 1.15;
  const k = Math.min(mostZoom, Math.max(1, Math.min(size.width / ((x1 - x0) * room || 1), size.height / ((y1 - y0) * room || 1))));
  return held({ k, x: size.width / 2 - ((x0 + x1) / 2) * k, y: size.height / 2 - ((y0 + y1) / 2) * k }, size);
}

/** Positions of points on the drawing, x and y in turn. */
export function positions(points: readonly { lat: number; lon: number }[], sheet: Sheet): Float32Array {
  const out = new Float32Array(points.length * 2);
  points.forEach((p, i) => {
    const [x, y] = sheet.put([p.lon, p.lat]);
    out[2 * i] = x;
    out[2 * i + 1] = y;
  });
  return out;
}

/** The point nearest to (x, y) of the frame within its reach, -1 for none. Reach is in pixels, of each point. */
export function nearest(at: Float32Array, v: View, x: number, y: number, reach: (i: number) => number): number {
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < at.length / 2; i++) {
    const dx = (at[2 * i] as number) * v.k + v.x - x;
    const dy = (at[2 * i + 1] as number) * v.k + v.y - y;
    const d = dx * dx + dy * dy;
    const r = reach(i);
    if (d <= r * r && d < least) {
      best = i;
      least = d;
    }
  }
  return best;
}

/** Inverts the sheet: the position on the earth under a point of the drawing, by Newton's steps. */
export function unput(sheet: Sheet, x: number, y: number, start: { lat: number; lon: number }): { lat: number; lon: number } {
  let { lat, lon } = start;
  const h = 1e-4;
  for (let i = 0; i < 20; i++) {
    const [ax, ay] = sheet.put([lon, lat]);
    const [bx, by] = sheet.put([lon + h, lat]);
    const [cx, cy] = sheet.put([lon, lat + h]);
    const [a, b, c, d] = [(bx - ax) / h, (cx - ax) / h, (by - ay) / h, (cy - ay) / h];
    const det = a * d - b * c;
    if (Math.abs(det) < 1e-12) break;
    const dlon = ((x - ax) * d - (y - ay) * b) / det;
    const dlat = ((y - ay) * a - (x - ax) * c) / det;
    lon += dlon;
    lat += dlat;
    if (Math.abs(dlon) + Math.abs(dlat) < 1e-9) break;
  }
  return { lat, lon };
}

/** Upper limits of the classes of minutes; beyond the last is one more. */
export const minuteClasses = [30, 60, 90, 120, 180] as const;

/** The class of minutes: a limit belongs to the class that it closes. */
export function minuteClass(m: number): number {
  const i = minuteClasses.findIndex((c) => m <= c);
  return i < 0 ? minuteClasses.length : i;
}

/** Radius of a circle whose area grows with the people. */
export function peopleRadius(people: number, most: number, width: number): number {
  const largest = width < 520 ? 12 : 20;
  const least = width < 520 ? 0.9 : 1.6;
  return Math.max(least, largest * Math.sqrt(Math.max(0, people) / Math.max(1, most)));
}
