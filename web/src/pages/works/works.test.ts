import { expect, test } from "vitest";
import { pageOf, viewOf } from "./filter.ts";
import { steps } from "./matrix.tsx";
import { scaleOf } from "./scale.ts";
import { radiusOf, slices } from "./spots.ts";

test("a scale of days begins and ends with whole years", () => {
  const s = scaleOf(["2025-03-10", "2026-07-01"], 728, "fit");
  expect([s.x("2025-01-01"), s.x("2027-01-01")]).toEqual([14, 714]);
  // Two years on 700 pixels: the first day of 2026 is 365 of 730 days.
  expect(s.x("2026-01-01")).toBeCloseTo(364, 6);
  expect(s.ticks.filter((k) => k.year).map((k) => k.text)).toEqual(["2025", "2026", ""]);
});

test("a scale of months is as wide as it needs, and has a tick for each", () => {
  const s = scaleOf(["2025-03-10", "2025-07-01"], 300, "month");
  expect(s.width).toBe(12 * 56 + 28);
  expect(s.ticks.length).toBe(13);
});

test("a circle grows with the square root, and is parted by sites", () => {
  expect(radiusOf(100, 100, 1000)).toBe(24);
  expect(radiusOf(25, 100, 1000)).toBe(14);
  expect(radiusOf(0, 100, 1000)).toBe(4);
  expect(slices([{ phase: "open", units: 3 }], 10).map((x) => x.phase)).toEqual(["open"]);
  const parts = slices([{ phase: "idea", units: 1 }, { phase: "open", units: 3 }], 10);
  expect(parts[0]?.d).toBe("M0 0L0.00 -10.00A10 10 0 0 1 10.00 -0.00Z"); // a quarter, from the top to the right
  expect(parts[1]?.d).toContain("A10 10 0 1 1");
});

test("steps of an axis are round and stay within it", () => {
  expect(steps(0, 700, 8)).toEqual([0, 100, 200, 300, 400, 500, 600, 700]);
  expect(steps(0.4, 1.2, 4)).toEqual([0.4, 0.6, 0.8, 1, 1.2]);
});

test("what the address does not say has a good default", () => {
  expect(viewOf({ view: "nothing" })).toBe("table");
  expect([pageOf({}), pageOf({ page: "3" }), pageOf({ page: "-1" }), pageOf({ page: "x" })]).toEqual([1, 3, 1, 1]);
});
