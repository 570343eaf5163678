// What a marked stretch of text says: number, qualifier and scale, as far as
// its words tell. The editor sees and mends all of it.
import type { Lang } from "../../format/number.ts";

export interface Reading {
  /** Plain decimal digits with a point, "" when there is no number. */
  value: string;
  /** As the API writes it: =, ~, <~, >=, >, <=, <. */
  qualifier: string;
  percent: boolean;
  money: boolean;
}

const scales: [RegExp, number][] = [
  [/трлн|триллион|trillion|\btn\b/i, 12],
  [/млрд|миллиард|billion|\bbn\b/i, 9],
  [/млн|миллион|million|\bmn\b/i, 6],
  [/мың|тыс|thousand/i, 3],
];

const qualifiers: [RegExp, string][] = [
  [/(?:почти|close to|nearly)/i, "<~"],
  [/(?:шамамен|жуық|около|примерно|about|approximately)/i, "~"],
  [/(?:кемінде|не менее|at least)/i, ">="],
  [/(?:астам|артық|более|свыше|more than|over)/i, ">"],
  [/(?:ең көбі|не более|at most)/i, "<="],
  [/(?:аспай|менее|less than|below)/i, "<"],
];

/** Moves the decimal point to the right without the rounding of binary numbers. */
export function shift(decimal: string, places: number): string {
  const negative = decimal.startsWith("-");
  const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
  const digits = whole + fraction.padEnd(places, "0");
  const at = whole.length + places;
  const left = digits.slice(0, at).replace(/^0+(?=\d)/, "");
  const right = digits.slice(at).replace(/0+$/, "");
  return (negative ? "-" : "") + left + (right ? `.${right}` : "");
}

/** Reads a number as people write it; undefined when it is none. A comma is a decimal comma, except that in English it may part thousands. */
export function readNumber(text: string, lang: Lang): string | undefined {
  let s = text.trim().replace(/[\s\u00a0\u202f]/g, "").replace(/−/g, "-");
  const commas = s.split(",").length - 1;
  if (commas > 1 || (commas === 1 && (s.includes(".") || (lang === "en" && /,\d{3}$/.test(s))))) s = s.replaceAll(",", "");
  else s = s.replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(s) ? s : undefined;
}

/** Reads a selection; context is the line around it, where words such as "about" may stand before it. */
export function readSelection(text: string, lang: Lang): Reading {
  const m = /[-−–]?\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)*/.exec(text);
  const number = m ? readNumber(m[0].replace(/^–/, "-"), lang) : undefined;
  const scale = scales.find(([r]) => r.test(text))?.[1] ?? 0;
  return {
    value: number === undefined ? "" : shift(number, scale),
    qualifier: qualifiers.find(([r]) => r.test(text))?.[1] ?? "=",
    percent: /%|пайыз|процент|per cent/i.test(text),
    money: /теңге|тенге|tenge|₸/i.test(text),
  };
}
