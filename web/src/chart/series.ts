// Rows of figures as lines of a chart.
import type { Figure, SeriesOut } from "../api/types.ts";

export interface Point {
  x: number; // ms since 1970, the first day of the period
  y: number;
  figure: Figure;
}

export interface Line {
  key: string;
  source: string;
  kind: string;
  dimensions: Record<string, string>;
  points: Point[];
}

/** Lines with the points that have a period and a value, in order of time; empty ones are left out. */
export function readSeries(series: SeriesOut[]): Line[] {
  const out: Line[] = [];
  for (const s of series) {
    const points: Point[] = [];
    for (const f of s.points) {
      if (f.value === null || !f.period_start || f.superseded_by) continue;
      points.push({ x: Date.parse(`${f.period_start.slice(0, 10)}T00:00:00Z`), y: f.value, figure: f });
    }
    points.sort((a, b) => a.x - b.x);
    if (points.length > 0) out.push({ key: `${s.source}|${s.kind}|${JSON.stringify(s.dimensions)}`, source: s.source, kind: s.kind, dimensions: s.dimensions, points });
  }
  return out;
}

/** Scales that fit all lines into a drawing; a flat line runs through the middle. */
export function scale(lines: Line[], width: number, height: number, pad: number): { x: (v: number) => number; y: (v: number) => number } {
  const xs = lines.flatMap((l) => l.points.map((p) => p.x));
  const ys = lines.flatMap((l) => l.points.map((p) => p.y));
  const fit = (list: number[], a: number, b: number) => {
    const min = Math.min(...list);
    const max = Math.max(...list);
    return (v: number) => (max === min ? (a + b) / 2 : a + ((v - min) / (max - min)) * (b - a));
  };
  return { x: fit(xs, pad, width - pad), y: fit(ys, height - pad, pad) };
}
