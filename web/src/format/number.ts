// Numbers, money and percentages as Kazakh, Russian and English write them.
// The browser's Intl is not asked: Chromium has no Kazakh formats. The rules
// are those of the Go package lang, so that page, terminal and export agree.

export type Lang = "kk" | "ru" | "en";
export const langs: readonly Lang[] = ["kk", "ru", "en"];

/** Separates thousands, and numbers from what follows. */
const nbsp = "\u00a0";

/** Writes plain digits of a number without exponent, as the API sent it. */
function digits(v: number): string {
  const s = String(v);
  if (!s.includes("e")) return s;
  return Math.abs(v) >= 1 ? BigInt(Math.round(v)).toString() : v.toFixed(12).replace(/0+$/, "");
}

/** 1 234 567,89 in Kazakh and Russian, 1,234,567.89 in English; nothing is rounded. */
export function formatNumber(v: number, lang: Lang): string {
  const text = digits(v);
  const [whole = "0", fraction] = text.replace("-", "").split(".");
  const thousands = lang === "en" ? "," : nbsp;
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, thousands) : whole;
  return (v < 0 ? "−" : "") + grouped + (fraction ? (lang === "en" ? "." : ",") + fraction : "");
}

const scales: { unit: number; word: Record<Lang, string> }[] = [
  { unit: 1e12, word: { kk: "трлн", ru: "трлн", en: "tn" } },
  { unit: 1e9, word: { kk: "млрд", ru: "млрд", en: "bn" } },
  { unit: 1e6, word: { kk: "млн", ru: "млн", en: "mn" } },
];

/**
 * An amount with the symbol of its currency and a word for large amounts. What
 * the word would shorten beyond six places is written in full.
 */
export function formatMoney(v: number, symbol: string, lang: Lang): string {
  for (const s of scales) {
    if (Math.abs(v) < s.unit) continue;
    const short = Number((v / s.unit).toFixed(6));
    if (Math.abs(short * s.unit - v) < 0.005) return formatNumber(short, lang) + nbsp + s.word[lang] + nbsp + symbol;
  }
  return formatNumber(v, lang) + nbsp + symbol;
}

/** −63,3 % in Kazakh and Russian, −63.3% in English. */
export function formatPercent(v: number, lang: Lang): string {
  return formatNumber(v, lang) + (lang === "en" ? "" : nbsp) + "%";
}

/** The plural category of CLDR for a number: Kazakh and English have two, Russian three and a half. */
export function plural(v: number, lang: Lang): "one" | "few" | "many" | "other" {
  if (lang !== "ru") return v === 1 ? "one" : "other";
  if (!Number.isInteger(v)) return "other";
  const n = Math.abs(v);
  if (n % 10 === 1 && n % 100 !== 11) return "one";
  if (n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14)) return "few";
  return "many";
}
