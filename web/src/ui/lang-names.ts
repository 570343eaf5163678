import type { Lang } from "../format/number.ts";

/** Every language in its own words. */
export const langNames: Record<Lang, string> = { kk: "Қазақша", ru: "Русский", en: "English" };
