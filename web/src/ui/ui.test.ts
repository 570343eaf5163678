import { describe, expect, test } from "vitest";
import type { Promise as Item, Vocabulary } from "../api/types.ts";
import { apiUrl } from "../api/client.ts";
import { readSearch } from "../route.tsx";
import { Words } from "../words.tsx";
import { foldForChoice, matching } from "./combo.tsx";
import { askMessage } from "./ask.ts";
import { sayQuantity } from "./figure.tsx";
import { hitPath } from "./hit.ts";
import { readOrder } from "./sortable.tsx";
import { sortPromises } from "./promise-rows.tsx";

const vocabulary = {
  country: { code: "XX", name: { en: "Land" }, currency: { code: "CUR", digits: 2, symbol: "¤" }, default_language: "en" },
  languages: ["kk", "ru", "en"], themes: {}, rules: [], dimensions: {}, measures: [],
  units: { bed: { kind: "count", name: { en: "bed" }, forms: { ru: { one: "койка", few: "койки", many: "коек" }, en: { one: "bed", other: "beds" } } }, CUR: { kind: "money", name: { en: "cur" }, forms: {} } },
  places: [{ code: "XX", kind: "country", parent: null, name: { en: "Land" }, short: {} }, { code: "XX-1", kind: "region", parent: "XX", name: { en: "North Region" }, short: { en: "North" } }, { code: "T1", kind: "district", parent: "XX-1", name: { en: "Town" }, short: {} }],
  offices: { o1: { name: { en: "Office" }, place: "XX", kind: "ministry" } },
  documents: [{ name: "d.txt", title: { en: "Paper" }, publisher: { en: "Press" } }],
} as unknown as Vocabulary;
const words = new Words(vocabulary, "en");

const item = (id: string, more: Partial<Item>): Item => ({ id, title: { en: id }, place: "XX-1", target: { value: 5, qualifier: "about", figure: "f" }, unit: "bed", deadline: null, delivered: null, progress: null, days_left: null, days_overdue: null, dimensions: {}, ...more }) as unknown as Item;

describe("words of another country than ours", () => {
  test("quantities", () => {
    expect(sayQuantity(words, 30, "about", "bed").replaceAll("\u00a0", " ")).toBe("about 30 beds");
    expect(sayQuantity(words, 1, "exact", "bed").replaceAll("\u00a0", " ")).toBe("1 bed");
    expect(sayQuantity(words, 2e9, "more_than", "CUR").replaceAll("\u00a0", " ")).toBe("more than 2 bn ¤");
    expect(sayQuantity(words, null, "exact", "bed")).toBe("unknown");
    expect(new Words(vocabulary, "ru").quantity(1.5, "bed").replaceAll("\u00a0", " ")).toBe("1,5 койки");
  });
  test("places know their region", () => {
    expect(words.regionOf("T1")).toBe("XX-1");
    expect(words.regionOf("XX")).toBeUndefined();
    expect(words.regions().map((p) => p.code)).toEqual(["XX-1"]);
  });
  test("what has no name shows its code", () => expect([words.place("?"), words.unitName("?"), words.office("?")]).toEqual(["?", "?", "?"]));
});

test("the prepared message says what was promised, by whom it is answered and where it stands", () => {
  globalThis.window = { location: { origin: "http://h" } } as unknown as typeof window;
  const m = askMessage(item("P1", { deadline: "2025-12-31", answers_for_it: "o1", document: "d.txt", line: 4, progress: { value: 96, qualifier: "exact", as_of: "2025-12-22", figure: "f" } }), words);
  for (const part of ["To Office:", "about 5 beds", "31 December 2025", "“Paper”, line 4", "http://h/en/promises/P1", "North Region", "96%"]) expect(m.body.replace("96 percent", "96%"), part).toContain(part.replace("96%", "96"));
  expect(m.href.startsWith("mailto:?subject=")).toBe(true);
});

test("unknown values stand last in either direction", () => {
  const list = [item("a", { deadline: null }), item("b", { deadline: "2026-01-01" }), item("c", { deadline: "2025-01-01" })];
  expect(sortPromises(list, { key: "deadline", down: false }, words).map((p) => p.id)).toEqual(["c", "b", "a"]);
  expect(sortPromises(list, { key: "deadline", down: true }, words).map((p) => p.id)).toEqual(["b", "c", "a"]);
});

test("the order of a table is read from the address", () => {
  expect(readOrder("-title", ["title", "place"] as const)).toEqual({ key: "title", down: true });
  expect(readOrder("nonsense", ["title"] as const)).toBeUndefined();
});

test("addresses of answers are stable and leave out what is not asked", () => {
  expect(apiUrl("/map", { period: undefined, measure: "a b", exact: false, kind: "" })).toBe("/api/map?measure=a+b");
  expect(readSearch({ place: "KZ", evil: "x", theme: "" })).toEqual({ place: "KZ" });
});

test("choices are found without Kazakh letters and by any part", () => {
  const options = [{ value: "1", text: "Қарағанды облысы" }, { value: "2", text: "Ұлытау облысы", hint: "KZ" }];
  expect(foldForChoice("Қостанай")).toBe("костанай");
  expect(matching(options, "караган").map((o) => o.value)).toEqual(["1"]);
  expect(matching(options, "обл улыт").map((o) => o.value)).toEqual(["2"]);
  expect(matching(options, "").length).toBe(2);
});

test("results of the search lead to pages", () => {
  expect(hitPath({ type: "promise", id: "C7p", title: {}, place: null, score: 1 }).path).toBe("/promises/C7p");
  expect(hitPath({ type: "measure", id: "m", title: {}, place: null, score: 1 })).toMatchObject({ path: "/figures", search: { measure: "m" } });
});
