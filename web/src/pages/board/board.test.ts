import { expect, test } from "vitest";
import type { Total } from "../../api/types.ts";
import { firstSentence } from "./hero.tsx";
import { layOut } from "./timeline.tsx";
import { byTheme, share } from "./totals.tsx";

test("the first sentence is set apart in every language", () => {
  expect(firstSentence("38 days left: 12 centres, 7.5 bn. Confirmed by documents: 5.")).toEqual(["38 days left: 12 centres, 7.5 bn.", "Confirmed by documents: 5."]);
  expect(firstSentence("38 күн қалды: 500 төсек. Құжаттармен расталғаны: 5. Ұлытау.")[1]).toBe("Құжаттармен расталғаны: 5. Ұлытау.");
  expect(firstSentence("No promise had been published by this day.")).toEqual(["No promise had been published by this day.", ""]);
});

const total = (theme: string, promised: number | null, delivered: number | null): Total => ({
  theme, unit: "bed", promises: 1, by_due: {}, by_evidence: {}, overlap: [],
  promised: { value: promised, qualifier: "exact", figure: "f" },
  delivered: delivered === null ? null : { value: delivered, qualifier: "at_least", figure: "f" },
});

test("what nobody documented has no share, and is not zero", () => {
  expect(share(total("beds", 200, 50))).toBe(0.25);
  expect(share(total("beds", 200, 500))).toBe(1);
  expect(share(total("beds", 200, null))).toBeUndefined();
  expect(share(total("beds", 0, 5))).toBeUndefined();
});

test("totals of a theme stand together", () => {
  expect(byTheme([total("a", 1, 1), total("b", 1, 1), total("a", 2, 2)]).map(([k, v]) => [k, v.length])).toEqual([["a", 2], ["b", 1]]);
});

test("days stand in order on the axis and labels do not run into each other", () => {
  const { spots, today, years } = layOut([{ deadline: "2025-12-31", n: 14 }, { deadline: "2026-02-28", n: 1 }, { deadline: "2026-03-31", n: 1 }, { deadline: "2026-12-31", n: 15 }], "2026-11-24", 1000);
  expect(spots.map((s) => s.x)).toEqual(spots.map((s) => s.x).toSorted((a, b) => a - b));
  expect(today).toBeLessThan(spots[3]?.x ?? 0);
  expect(years.map((y) => y.year)).toEqual([2026, 2027]);
  for (const row of [0, 1]) {
    const inRow = spots.filter((s) => s.row === row);
    for (let i = 1; i < inRow.length; i++) expect((inRow[i]?.x ?? 0) - (inRow[i - 1]?.x ?? 0)).toBeGreaterThanOrEqual(78);
  }
});
