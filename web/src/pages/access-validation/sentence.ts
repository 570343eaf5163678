// The comparison in words and in order, computed from its numbers.
import type { AccessObserved, AccessValidation } from "../../api/access.ts";
import { formatNumber, type Lang } from "../../format/number.ts";
import { validationWords } from "./words.ts";

/** A number with at most so many decimals. */
export function about(n: number, lang: Lang, places = 0): string {
  const f = 10 ** places;
  return formatNumber(Math.round(n * f) / f || 0, lang);
}

/** A number with its sign, since it may go both ways. */
export function signed(n: number, lang: Lang, places = 0): string {
  const text = about(n, lang, places);
  return n > 0 && text !== "0" ? `+${text}` : text;
}

/** How far off the minutes are on average, and how many observed ones lie in the range. */
export function sayValidation(v: AccessValidation, lang: Lang): string {
  const all = v.groups[0];
  const t = validationWords.in(lang);
  if (!all) return "";
  const off = Math.round(Math.abs(all.bias_minutes));
  const bias = off === 0 ? t("even") : t(all.bias_minutes < 0 ? "tooShort" : "tooLong", { n: off });
  return `${bias}; ${t("inside", { k: all.within, n: all.n })}`;
}

/** Journeys by the size of their error, the largest first; those without a way lead, since nothing is known of them. */
export function byError(list: readonly AccessObserved[]): AccessObserved[] {
  const size = (r: AccessObserved) => (r.error_minutes === null ? Infinity : Math.abs(r.error_minutes));
  return [...list].sort((a, b) => {
    const x = size(a);
    const y = size(b);
    return x === y ? 0 : y - x;
  });
}

/** The words of a group: car, main roads, winter. */
export function groupName(g: { vehicle: string | null; class: string | null; season: string | null }, lang: Lang): string {
  const t = validationWords.in(lang);
  const parts = [g.vehicle, g.class, g.season].filter((x): x is "car" => x !== null).map((x) => t(x));
  return parts.length > 0 ? parts.join(", ") : t("all");
}

/** What both axes of the chart reach up to, and their step: round numbers of half hours beyond the longest journey. */
export function reach(list: readonly AccessObserved[]): { max: number; step: number } {
  const most = Math.max(30, ...list.flatMap((r) => (r.computed_minutes === null ? [] : [r.observed_minutes, r.computed_minutes])));
  const step = [30, 60, 120, 240, 480].find((s) => most / s <= 8) ?? 1440;
  return { max: Math.ceil(most / step) * step, step };
}

/** The columns of a table of journeys with two to begin from. */
export const template = [
  "from,to,minutes,season,vehicle,class,source,date",
  "Қарағанды,Балқаш,270,winter,car,,log of a driver,2026-01",
  "Костанай,Астана,645,,bus,,timetable,2026",
  "",
].join("\r\n");
