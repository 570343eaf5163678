// Circles of a map of works: how large, and how they are parted by phase.
import type { WorksPoint } from "../../api/portfolio.ts";

/** Names a circle. */
export function keyOf(p: WorksPoint): string {
  return `${p.place}@${p.point ? `${p.point.lat},${p.point.lon}` : ""}`;
}

const least = 4;

/** Radius whose area grows with the value; the least one stays large enough to be hit. */
export function radiusOf(value: number, most: number, width: number): number {
  const largest = width < 520 ? 15 : 24;
  return least + (largest - least) * Math.sqrt(Math.max(0, value) / most);
}

/** The parts of a circle around (0, 0), the first from the top on. */
export function slices(phases: { phase: string; units: number }[], r: number): { phase: string; d: string }[] {
  const total = phases.reduce((n, p) => n + p.units, 0);
  if (total === 0) return [];
  const point = (share: number) => `${(r * Math.sin(2 * Math.PI * share)).toFixed(2)} ${(-r * Math.cos(2 * Math.PI * share)).toFixed(2)}`;
  const whole = `M0 ${-r}A${r} ${r} 0 1 1 0 ${r}A${r} ${r} 0 1 1 0 ${-r}Z`;
  let from = 0;
  return phases.filter((p) => p.units > 0).map((p) => {
    const to = from + p.units / total;
    const d = p.units === total ? whole : `M0 0L${point(from)}A${r} ${r} 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(to)}Z`;
    from = to;
    return { phase: p.phase, d };
  });
}
