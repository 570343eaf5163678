// Minutes as a reader needs them: whole, unless rounding would put them on the
// wrong side of the limit.
import type { AccessLeg } from "../../api/access.ts";
import { formatNumber, type Lang } from "../../format/number.ts";

/** 60.3 beside a limit of 60 is 60.3; everything else is a whole number. */
export function shownMinutes(minutes: number, limit: number): number {
  const whole = Math.round(minutes);
  if (whole <= limit === minutes <= limit) return whole;
  return minutes > limit ? Math.ceil(minutes * 10) / 10 : Math.floor(minutes * 10) / 10;
}

export function sayMinutes(minutes: number, limit: number, lang: Lang): string {
  return formatNumber(shownMinutes(minutes, limit), lang);
}

/** Kilometres: one decimal below ten. */
export function sayKm(km: number, lang: Lang): string {
  return formatNumber(km < 10 ? Math.round(km * 10) / 10 : Math.round(km), lang);
}

/** How many legs at the beginning two ways have in common. */
export function common(a: readonly AccessLeg[], b: readonly AccessLeg[]): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n]?.code === b[n]?.code && a[n]?.minutes === b[n]?.minutes) n++;
  return n;
}

/** Marks of an axis: a round step, at most so many. */
export function ticks(to: number, most: number): number[] {
  const step = [5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440].find((s) => to / s <= most) ?? 2880;
  return Array.from({ length: Math.floor(to / step) + 1 }, (_, i) => i * step);
}
