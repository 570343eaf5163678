// The order of names. Browsers sort Kazakh wrongly (Chromium has no Kazakh
// collation), so the alphabet stands here.
import type { Lang } from "./number.ts";

const kazakh = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

const kkWeight = new Map<string, number>();
[...kazakh].forEach((c, i) => kkWeight.set(c, i + 1));

/** Digits stand before Latin letters and these before Cyrillic ones. */
function weight(c: string): number {
  const w = kkWeight.get(c);
  return w === undefined ? (c.codePointAt(0) ?? 0) : 0x10000 + w;
}

function compareKazakh(a: string, b: string): number {
  const x = [...a.toLowerCase()];
  const y = [...b.toLowerCase()];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const d = weight(x[i] as string) - weight(y[i] as string);
    if (d !== 0) return d;
  }
  return x.length - y.length || (a < b ? -1 : a > b ? 1 : 0);
}

const collators = new Map<Lang, Intl.Collator>();

/** Orders two texts as a dictionary of the language does. */
export function compare(lang: Lang, a: string, b: string): number {
  if (lang === "kk") return compareKazakh(a, b);
  let c = collators.get(lang);
  if (!c) collators.set(lang, (c = new Intl.Collator(lang, { numeric: true })));
  return c.compare(a, b);
}

/** A copy of the list in the order of the names that key gives. */
export function sortBy<T>(lang: Lang, list: readonly T[], key: (x: T) => string): T[] {
  return [...list].sort((a, b) => compare(lang, key(a), key(b)));
}
