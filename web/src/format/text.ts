// Texts that the API sends in several languages.
import type { Text } from "../api/types.ts";
import type { Lang } from "./number.ts";

const order: Record<Lang, readonly string[]> = { kk: ["kk", "ru", "en"], ru: ["ru", "kk", "en"], en: ["en", "ru", "kk"] };

/** The text in a language, or in the one that its reader most likely also reads; never blank while any is given. */
export function say(text: Text | null | undefined, lang: Lang): string {
  if (!text) return "";
  for (const c of order[lang]) {
    const s = text[c];
    if (s?.trim()) return s;
  }
  return Object.values(text).find((s) => s?.trim()) ?? "";
}

/** Cuts a line at code points, as locators count them. */
export function codePoints(line: string): string[] {
  return Array.from(line);
}
