import { describe, expect, test } from "vitest";
import file from "../../../ledger/reporting/testdata/numbers.json";
import { decimalsOf, exact, parseNumber } from "./parse-number.ts";

const cases = file as [string, string | null][];

describe("numbers as they are typed", () => {
  test.each(cases.filter(([text]) => text.trim() !== ""))("%j", (text, want) => {
    const got = parseNumber(text);
    if (want === null) expect(got).toBeUndefined();
    else expect(exact(got ?? "x")).toBe(exact(want));
  });
  test("nothing is nothing", () => {
    expect(parseNumber("")).toBe("");
    expect(parseNumber(" \u00a0")).toBe("");
  });
  test("exact arithmetic and decimals", () => {
    expect(exact("0.1") + exact("0.2")).toBe(exact("0.3"));
    expect(exact("-5")).toBe(-exact("5"));
    expect(parseNumber("12,50")).toBe("12.5");
    expect(decimalsOf("12.5")).toBe(1);
    expect(decimalsOf("12")).toBe(0);
  });
});
