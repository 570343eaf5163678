// The question of the page as it stands in the address: the parameters of the
// API under the same names, so that a link is an answer.
import type { Search, SearchKey } from "../../route.tsx";

/** What is switched: facilities on or off, new ones, and all that is promised. */
export const switchKeys = ["promised", "on", "off", "add"] as const satisfies readonly SearchKey[];

export function listOf(text: string | undefined, between = ","): string[] {
  return (text ?? "").split(between).map((x) => x.trim()).filter(Boolean);
}

function textOf(list: readonly string[], between = ","): string | undefined {
  return [...new Set(list)].join(between) || undefined;
}

/** Whether a facility or settlement is switched by hand: taken to be capable, or not to be. */
export function switchOf(s: Search, code: string): "on" | "off" | undefined {
  if (listOf(s.on).includes(code)) return "on";
  return listOf(s.off).includes(code) ? "off" : undefined;
}

/** The change of the address that switches a facility or settlement; undefined takes the switch back. */
export function switched(s: Search, code: string, to: "on" | "off" | undefined): Search {
  const on = listOf(s.on).filter((x) => x !== code);
  const off = listOf(s.off).filter((x) => x !== code);
  if (to === "on") on.push(code);
  if (to === "off") off.push(code);
  return { on: textOf(on), off: textOf(off) };
}

/**
 * The change that counts a promised facility or not. Where all that is promised
 * counts, it is switched off; otherwise it is switched on.
 */
export function promisedSwitched(s: Search, code: string, counts: boolean): Search {
  return switched(s, code, (s.promised === "true") === counts ? undefined : counts ? "on" : "off");
}

export interface Point {
  lat: number;
  lon: number;
}

const pointDigits = 4; // eleven metres

/** Reads "46.85, 74.99"; undefined for what is no position. */
export function readPoint(text: string): Point | undefined {
  const m = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  if (!m) return undefined;
  const lat = Number(m[1]);
  const lon = Number(m[2]);
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : undefined;
}

export function writePoint(p: Point): string {
  return `${Number(p.lat.toFixed(pointDigits))},${Number(p.lon.toFixed(pointDigits))}`;
}

export function pointsOf(s: Search): Point[] {
  return listOf(s.add, ";").flatMap((x) => readPoint(x) ?? []);
}

export function pointAdded(s: Search, p: Point): Search {
  return { add: textOf([...listOf(s.add, ";"), writePoint(p)], ";") };
}

/** Takes out the added facility with that number, from 0. */
export function pointRemoved(s: Search, at: number): Search {
  return { add: textOf(listOf(s.add, ";").filter((_, i) => i !== at), ";") };
}

/** Values that the reader gives parameters. */
export function settings(s: Search): Map<string, string> {
  return new Map(listOf(s.set).flatMap((x) => {
    const [code, value] = x.split(":");
    return code && value ? [[code, value] as const] : [];
  }));
}

/** The change that gives a parameter a value; undefined gives it back its own. */
export function parameterSet(s: Search, code: string, value: string | undefined): Search {
  const all = settings(s);
  if (value === undefined) all.delete(code);
  else all.set(code, value);
  return { set: textOf([...all].map(([k, v]) => `${k}:${v}`)) };
}

/** The change that asks anew about another service: its own norm holds again. */
export function serviceAsked(code: string): Search {
  return { service: code, limit: undefined, on: undefined, off: undefined, promised: undefined };
}

export const leastMinutes = 15;
export const mostMinutes = 240;
export const stepMinutes = 5;
