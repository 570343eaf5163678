import { expect, test } from "vitest";
import { compare, sortBy } from "./collate.ts";

test("Kazakh letters stand in their places", () => {
  const want = ["Абай", "Ақмола", "Ақтөбе", "Әл-Фараби", "Ғабит", "Жамбыл", "Қарағанды", "Қостанай", "Нұра", "Ұлытау", "Үржар", "Шымкент", "Ы", "Ізбасты"];
  expect(sortBy("kk", want.toReversed(), (s) => s)).toEqual(want);
});

test("digits before Latin before Cyrillic", () => {
  expect(sortBy("kk", ["Астана", "Zhezkazgan", "12 орталық"], (s) => s)).toEqual(["12 орталық", "Zhezkazgan", "Астана"]);
});

test("a word stands before its continuation, and equal words are equal", () => {
  expect(compare("kk", "Алматы", "Алматы облысы")).toBeLessThan(0);
  expect(compare("kk", "Алматы", "Алматы")).toBe(0);
  expect(compare("ru", "ёж", "жук")).toBeLessThan(0);
});
