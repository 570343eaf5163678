// The answer in words, computed from the answer in numbers.
import type { AccessDifference, AccessHub, AccessPage, AccessQuestion, AccessSum } from "../../api/access.ts";
import { formatNumber, formatPercent, type Lang } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { listOf } from "./question.ts";
import { accessWords, type AccessKey } from "./words.ts";

const million: Record<Lang, string> = { kk: "млн", ru: "млн", en: "million" };

/** People for a sentence: millions with one decimal, fewer in full. */
export function shortPeople(n: number, lang: Lang): string {
  if (Math.abs(n) < 1e6) return formatNumber(n, lang);
  return `${formatNumber(Number((n / 1e6).toFixed(1)), lang)}\u00a0${million[lang]}`;
}

/** A share for a sentence: whole percent, and never 0 or 100 when it is neither. */
export function shortShare(part: number, whole: number, lang: Lang): string {
  if (whole <= 0) return formatPercent(0, lang);
  const p = (100 * part) / whole;
  if (part > 0 && p < 0.5) return `<\u00a0${formatPercent(1, lang)}`;
  if (part < whole && p > 99.5) return `>\u00a0${formatPercent(99, lang)}`;
  return formatPercent(Math.round(p), lang);
}

/** Minutes for a reader: whole ones. What lies above a whole minute is not inside it, so it is rounded up. */
export function wholeMinutes(m: number): number {
  return Math.ceil(m - 1e-9);
}

/** Who reaches what within how many minutes, of a territory or of the whole. */
export function sayAnswer(q: AccessQuestion, sum: AccessSum, lang: Lang, where = ""): string {
  const t = accessWords.in(lang);
  const known = `to_${q.service}` as AccessKey;
  const what = known in accessWords.dict ? t(known) : t("to_any", { service: say(q.service_name, lang) || q.service });
  const text = t("sentence", {
    when: t(`when_${q.season}`), how: t(`how_${q.mode}`),
    inside: shortPeople(sum.inside, lang), people: shortPeople(sum.people, lang), share: shortShare(sum.inside, sum.people, lang),
    what, span: t(`of_${q.span}`, { n: q.limit_minutes }),
  }).replace(/,(?= ?\.)/, "");
  if (!where) return text;
  const first = text.charAt(0);
  return t("within", { where }) + (lang === "en" ? first : first.toLowerCase()) + text.slice(1);
}

/** What is switched, in words: all that is promised, the names of facilities, how many are new. */
export function saySwitched(p: AccessPage, lang: Lang, nameOf: (code: string) => string): string {
  const t = accessWords.in(lang);
  const q = p.question;
  return [
    ...(q.promised ? [t("allPromised")] : []),
    ...q.on.map(nameOf),
    ...q.off.map((x) => t("without", { name: nameOf(x) })),
    ...(q.add.length > 0 ? [t("addedN", { n: q.add.length })] : []),
  ].join(", ");
}

/** What the switches do to the people, in parts of a sentence. */
export function sayDifference(d: AccessDifference, lang: Lang): string[] {
  const t = accessWords.in(lang);
  const out: string[] = [];
  if (d.gained > 0) out.push(t("gainedN", { n: d.gained }));
  if (d.lost > 0) out.push(t("lostN", { n: d.lost }));
  if (out.length === 0) out.push(t("unchanged"));
  if (d.places > 0) out.push(t("nearerN", { n: d.places }));
  return out;
}

/** The code by which a facility is switched: its own, or that of its settlement. */
export function codeOf(h: AccessHub): string | undefined {
  return h.facility ?? h.place ?? undefined;
}

/** The name of a facility; a new one is named by its position. */
export function hubName(h: AccessHub, lang: Lang): string {
  return say(h.name, lang) || `${h.lat.toFixed(3)}, ${h.lon.toFixed(3)}`;
}

/** Whether the address asks what the ledger may not hold: switches of who asks. */
export function isPrivate(s: { on?: string; off?: string; add?: string; set?: string }): boolean {
  return [s.on, s.off, s.set].some((x) => listOf(x).length > 0) || listOf(s.add, ";").length > 0;
}
