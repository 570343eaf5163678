import { expect, test } from "vitest";
import type { Board } from "../../api/types.ts";
import { figuresOf, linked } from "./sentence.ts";

test("numbers that are figures lead somewhere, the others stay text", () => {
  const known = new Map([[12, "f1"], [30, "f2"], [1234.5, "f3"]]);
  const parts = linked(" 12 centres, about 30 departments, 7 days", known);
  expect(parts.filter((p) => p.figure).map((p) => [p.text, p.figure])).toEqual([["12", "f1"], ["30", "f2"]]);
  expect(parts.map((p) => p.text).join("")).toBe(" 12 centres, about 30 departments, 7 days");
  expect(linked("1\u00a0234,5 төсек", known)[0]?.figure).toBe("f3");
  expect(linked("1,234.5 beds", known)[0]?.figure).toBe("f3");
  expect(linked("", known)).toEqual([]);
});

test("of two promises with one value the whole is meant", () => {
  const p = (part_of: string | null, figure: string, delivered: object | null = null) => ({ part_of, deadline: "2026-12-31", target: { value: 30, figure }, delivered });
  const board = { next_deadline: "2026-12-31", promises: [p("A1", "part"), p(null, "whole", { value: 5, figure: "done" })] } as unknown as Board;
  expect(figuresOf(board).due.get(30)).toBe("whole");
  expect([...figuresOf(board).confirmed]).toEqual([[5, "done"], [30, "whole"]]);
});
