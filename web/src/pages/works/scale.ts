// Days on the axis of a chart over time.

export const dayMs = 86_400_000;

export function at(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

export interface Tick {
  x: number;
  text: string;
  year: boolean;
}

export interface Scale {
  width: number;
  x: (day: string) => number;
  ticks: Tick[];
}

export const zooms = ["fit", "quarter", "month"] as const;
export type Zoom = (typeof zooms)[number];

const perMonth = { quarter: 22, month: 56 } as const; // pixels
const margin = 14;
const widest = 24_000; // pixels that a drawing may have
const roman = ["I", "II", "III", "IV"];

/** Fits days into at least `room` pixels: whole years, with a tick for every quarter or month when there is room. */
export function scaleOf(days: string[], room: number, zoom: Zoom): Scale {
  const times = days.map(at);
  const first = new Date(Math.min(...times)).getUTCFullYear();
  const last = new Date(Math.max(...times)).getUTCFullYear() + 1;
  const months = (last - first) * 12;
  const width = Math.max(room, zoom === "fit" ? 0 : Math.min(widest, months * perMonth[zoom] + 2 * margin));
  const from = Date.UTC(first, 0, 1);
  const to = Date.UTC(last, 0, 1);
  const put = (t: number) => margin + ((t - from) / (to - from)) * (width - 2 * margin);
  const month = (width - 2 * margin) / months;
  const step = month > 40 ? 1 : month > 14 ? 3 : 12;
  const ticks: Tick[] = [];
  for (let m = 0; m <= months; m += step) {
    const year = m % 12 === 0;
    const y = first + Math.floor(m / 12);
    if (year && step === 12 && month * 12 < 34 && (y - first) % Math.ceil(34 / (month * 12)) !== 0) continue;
    ticks.push({ x: put(Date.UTC(first, m, 1)), text: m === months ? "" : year ? String(y) : step === 3 ? (roman[(m % 12) / 3] ?? "") : String((m % 12) + 1), year });
  }
  return { width, x: (day) => put(at(day)), ticks };
}
