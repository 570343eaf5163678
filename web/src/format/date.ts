// Days and periods as Kazakh, Russian and English write them: 2026 ж. 8 наурыз,
// 8 марта 2026 г., 8 March 2026.
import type { Lang } from "./number.ts";

const nbsp = "\u00a0";

const months: Record<Lang, readonly string[]> = {
  kk: ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"],
  ru: ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"],
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
};
const standing = ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"];

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})/;

/** Whether a text is a day that the calendar has, written 2026-03-08. */
export function isDay(s: string | undefined): s is string {
  if (!s || !/^\d{4}-\d{2}-\d{2}$/.test(s)) return false;
  const d = new Date(s + "T00:00:00Z");
  return !Number.isNaN(d.getTime()) && d.toISOString().slice(0, 10) === s;
}

/** Writes a day, or what was given when it is none. */
export function formatDate(iso: string, lang: Lang): string {
  const m = dayPattern.exec(iso);
  if (!m) return iso;
  const [, y, mm, dd] = m;
  const name = months[lang][Number(mm) - 1] ?? mm;
  const day = String(Number(dd));
  if (lang === "kk") return `${y}${nbsp}ж. ${day}${nbsp}${name}`;
  if (lang === "ru") return `${day}${nbsp}${name} ${y}${nbsp}г.`;
  return `${day}${nbsp}${name} ${y}`;
}

/** A day in digits for dense tables: 08.03.2026, in English 8 Mar 2026. */
export function formatDateShort(iso: string, lang: Lang): string {
  const m = dayPattern.exec(iso);
  if (!m) return iso;
  const [, y, mm, dd] = m;
  if (lang === "en") return `${Number(dd)}${nbsp}${months.en[Number(mm) - 1]?.slice(0, 3)}${nbsp}${y}`;
  return `${dd}.${mm}.${y}`;
}

function month(y: number, m: number, lang: Lang): string {
  if (lang === "kk") return `${y}${nbsp}ж. ${months.kk[m]}`;
  if (lang === "ru") return `${standing[m]} ${y}${nbsp}г.`;
  return `${months.en[m]} ${y}`;
}

function years(text: string, many: boolean, lang: Lang): string {
  if (lang === "kk") return `${text}${nbsp}${many ? "жж." : "ж."}`;
  if (lang === "ru") return `${text}${nbsp}${many ? "гг." : "г."}`;
  return text;
}

/** Writes a period of the ledger: 2025, 2025-S1, 2025-Q3, 2025-10, 2025-W07, a day, or 2025-01-01/P10M. */
export function formatPeriod(p: string, lang: Lang): string {
  const full = years(p.slice(0, 4), false, lang);
  let m: RegExpExecArray | null;
  if (/^\d{4}$/.test(p)) return full;
  if ((m = /^\d{4}-S([12])$/.exec(p))) {
    if (lang === "kk") return `${full} ${m[1]}-жартыжылдығы`;
    if (lang === "ru") return `${m[1]}-е${nbsp}полугодие ${full}`;
    return `${m[1] === "1" ? "first" : "second"} half of ${full}`;
  }
  if ((m = /^\d{4}-Q([1-4])$/.exec(p))) {
    if (lang === "kk") return `${full} ${m[1]}-тоқсаны`;
    if (lang === "ru") return `${m[1]}-й${nbsp}квартал ${full}`;
    return `Q${m[1]} ${full}`;
  }
  if ((m = /^\d{4}-W(\d{2})$/.exec(p))) {
    const w = Number(m[1]);
    if (lang === "kk") return `${full} ${w}-аптасы`;
    if (lang === "ru") return `${w}-я${nbsp}неделя ${full}`;
    return `week${nbsp}${w} of ${full}`;
  }
  if ((m = /^(\d{4})-(\d{2})$/.exec(p))) return month(Number(m[1]), Number(m[2]) - 1, lang);
  if (dayPattern.test(p) && !p.includes("/")) return formatDate(p, lang);
  return formatSpan(p, lang) ?? p;
}

/** A span of whole years or months; undefined for any other. */
function formatSpan(p: string, lang: Lang): string | undefined {
  const m = /^(\d{4})-(\d{2})-01\/P(\d+)([YM])$/.exec(p);
  if (!m) return undefined;
  const y = Number(m[1]);
  const from = Number(m[2]) - 1;
  const n = Number(m[3]) * (m[4] === "Y" ? 12 : 1);
  const last = from + n - 1;
  const endYear = y + Math.floor(last / 12);
  if (from === 0 && n % 12 === 0) return n === 12 ? years(String(y), false, lang) : years(`${y}–${endYear}`, true, lang);
  if (endYear !== y) return `${month(y, from, lang)} – ${month(endYear, last % 12, lang)}`;
  const a = (lang === "ru" ? standing : months[lang])[from];
  const b = (lang === "ru" ? standing : months[lang])[last];
  if (lang === "kk") return `${y}${nbsp}ж. ${a}–${b}`;
  if (lang === "ru") return `${a}–${b} ${y}${nbsp}г.`;
  return `${a}–${b} ${y}`;
}

/** An instant in digits, on the clock of the reader: 08.03.2026 14:05. */
export function formatMoment(iso: string, lang: Lang): string {
  const d = new Date(iso);
  if (Number.isNaN(d.getTime())) return iso;
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
  return `${formatDateShort(day, lang)}${nbsp}${two(d.getHours())}:${two(d.getMinutes())}`;
}
