// Texts of the interface. Every part of the program keeps its own words beside
// it, three languages in one row, so that a missing one does not compile.
import { formatNumber, plural, type Lang } from "../format/number.ts";
import { useLang } from "../route.tsx";

/** Kazakh, Russian, English. Forms of number are parted by |: Russian has three, English two, Kazakh one. */
export type Row = readonly [kk: string, ru: string, en: string];
export type Dictionary = Record<string, Row>;
export type Values = Record<string, string | number>;
export type T<K extends string> = (key: K, values?: Values) => string;

const column: Record<Lang, 0 | 1 | 2> = { kk: 0, ru: 1, en: 2 };

function form(text: string, n: number, lang: Lang): string {
  const forms = text.split("|");
  const which = { one: 0, few: 1, many: 2, other: lang === "ru" ? 1 : 1 }[plural(n, lang)];
  return forms[Math.min(which, forms.length - 1)] ?? text;
}

/** Fills {names} and picks the form that goes with the value n. */
export function fill(row: Row, lang: Lang, values: Values = {}): string {
  let text = row[column[lang]];
  if (text.includes("|") && typeof values.n === "number") text = form(text, values.n, lang);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const v = values[name];
    if (v === undefined) return whole;
    return typeof v === "number" ? formatNumber(v, lang) : v;
  });
}

/** Makes the hook that gives a part of the program its words. */
export function define<D extends Dictionary>(dict: D) {
  type K = Extract<keyof D, string>;
  const say = (lang: Lang): T<K> => (key, values) => fill(dict[key] as Row, lang, values);
  const made: Record<Lang, T<K>> = { kk: say("kk"), ru: say("ru"), en: say("en") };
  return { dict, in: (lang: Lang) => made[lang], use: () => made[useLang()] };
}
