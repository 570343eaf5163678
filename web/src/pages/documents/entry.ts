// The form of the editor as plain data: what it begins with, what is missing,
// and what is sent.
import type { Entry } from "../../api/types.ts";
import { isDay } from "../../format/date.ts";
import type { Lang } from "../../format/number.ts";
import { readNumber, type Reading } from "./read-selection.ts";
import type { Selected } from "./selection.ts";
import type { editorWords } from "./words.ts";

export type Act = "figure" | "promise" | "move" | "delivery";
export const acts: readonly Act[] = ["figure", "promise", "move", "delivery"];

export interface Draft {
  act: Act;
  measure: string;
  place: string;
  dimensions: string;
  period: string;
  value: string;
  qualifier: string;
  unit: string;
  deadline: string;
  promise: string;
  partOf: string;
  kk: string;
  ru: string;
  en: string;
  reason: string;
}

export type Missing = { field: keyof Draft; word: Extract<keyof typeof editorWords.dict, string> };

const longestTitle = 120;

/** A draft with everything that the selection says. */
export function begin(selected: Selected, reading: Reading, place: string, currency: string, language: string): Draft {
  const title = selected.text.length <= longestTitle ? selected.text : "";
  return {
    act: "figure", measure: "", place, dimensions: "", period: "", value: reading.value, qualifier: reading.qualifier,
    unit: reading.money ? currency : reading.percent ? "percent" : "", deadline: "", promise: "", partOf: "",
    kk: language === "kk" ? title : "", ru: language === "ru" ? title : "", en: language === "en" ? title : "", reason: "",
  };
}

/** Periods as the ledger reads them; the empty one is "not said". */
const period = /^(\d{4}(-(S[12]|Q[1-4]|W\d{2}|\d{2}|\d{2}-\d{2}))?)(\/(\d{4}(-(S[12]|Q[1-4]|W\d{2}|\d{2}|\d{2}-\d{2}))?|P\d+[YMWD]))?$/;

/** What keeps a draft from being sent, in the order of the form. */
export function missing(d: Draft, lang: Lang): Missing[] {
  const out: Missing[] = [];
  const value = d.value.trim();
  if (d.act === "move") {
    if (!d.promise) out.push({ field: "promise", word: "needPromise" });
    if (!isDay(d.deadline) && !value) out.push({ field: "deadline", word: "needMove" });
  } else {
    if (!d.measure) out.push({ field: "measure", word: "needMeasure" });
    if (!d.place) out.push({ field: "place", word: "needPlace" });
    if (d.period.trim() && !period.test(d.period.trim())) out.push({ field: "period", word: "needPeriod" });
  }
  if (value ? readNumber(value, lang) === undefined : d.act === "figure") out.push({ field: "value", word: "needValue" });
  if (d.act === "promise" && !(d.kk.trim() && d.ru.trim() && d.en.trim())) out.push({ field: "kk", word: "needTitle" });
  return out;
}

/** The entry as the API takes it; fields that the act does not have are left out. */
export function entryOf(d: Draft, document: string, at: Selected, lang: Lang): Entry {
  const value = d.value.trim() ? readNumber(d.value, lang) : undefined;
  const base: Entry = { act: d.act, document, line: at.line, from: at.from, to: at.to };
  if (d.act === "move") {
    const given: Partial<Entry> = isDay(d.deadline) ? { deadline: d.deadline } : { value, qualifier: d.qualifier };
    return strip({ ...base, ...given, promise: d.promise, reason: d.reason.trim() });
  }
  const more: Partial<Entry> =
    d.act === "promise" ? { deadline: isDay(d.deadline) ? d.deadline : undefined, part_of: d.partOf } : d.act === "delivery" ? { promise: d.promise } : {};
  const title = d.act === "figure" ? undefined : { kk: d.kk.trim(), ru: d.ru.trim(), en: d.en.trim() };
  return strip({ ...base, measure: d.measure, place: d.place, dimensions: d.dimensions.trim(), period: d.period.trim(), value, qualifier: d.qualifier, unit: d.unit, ...more, title });
}

function strip(e: Entry): Entry {
  return Object.fromEntries(Object.entries(e).filter(([, v]) => v !== undefined && v !== "")) as unknown as Entry;
}
