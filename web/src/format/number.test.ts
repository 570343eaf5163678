import { describe, expect, test } from "vitest";
import { formatMoney, formatNumber, formatPercent, plural, type Lang } from "./number.ts";

const plain = (s: string) => s.replaceAll("\u00a0", " ");

describe("numbers", () => {
  test.each<[number, string, string]>([
    [0, "0", "0"],
    [1234, "1234", "1234"],
    [12345, "12 345", "12,345"],
    [1234567.89, "1 234 567,89", "1,234,567.89"],
    [-63.3, "−63,3", "−63.3"],
    [-0.05, "−0,05", "−0.05"],
    [1e21, "1 000 000 000 000 000 000 000", "1,000,000,000,000,000,000,000"],
    [1e-7, "0,0000001", "0.0000001"],
  ])("%d", (v, kk, en) => {
    expect(plain(formatNumber(v, "kk"))).toBe(kk);
    expect(plain(formatNumber(v, "ru"))).toBe(kk);
    expect(formatNumber(v, "en")).toBe(en);
  });
});

describe("money is never rounded", () => {
  test.each<[number, Lang, string]>([
    [7.5e9, "ru", "7,5 млрд ₸"],
    [7472100000, "kk", "7,4721 млрд ₸"],
    [14800000000, "en", "14.8 bn ₸"],
    [1740000000, "en", "1.74 bn ₸"],
    [272100000, "ru", "272,1 млн ₸"],
    [1234567890.12, "en", "1,234,567,890.12 ₸"],
    [1e12, "kk", "1 трлн ₸"],
    [999, "en", "999 ₸"],
    [-2e6, "ru", "−2 млн ₸"],
  ])("%d in %s", (v, lang, want) => expect(plain(formatMoney(v, "₸", lang))).toBe(want));
});

test("per cent has a blank before it except in English", () => {
  expect(plain(formatPercent(96, "kk"))).toBe("96 %");
  expect(formatPercent(-15.3, "en")).toBe("−15.3%");
});

describe("plural forms", () => {
  test.each<[number, string]>([[1, "one"], [2, "few"], [5, "many"], [11, "many"], [12, "many"], [21, "one"], [22, "few"], [0, "many"], [1.5, "other"], [111, "many"]])("Russian %d is %s", (n, want) => expect(plural(n, "ru")).toBe(want));
  test("Kazakh and English know one and other", () => {
    expect(plural(1, "kk")).toBe("one");
    expect(plural(21, "kk")).toBe("other");
    expect(plural(1.5, "en")).toBe("other");
  });
});
