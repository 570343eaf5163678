import { describe, expect, test } from "vitest";
import type { AccessLeg } from "../../api/access.ts";
import { common, sayKm, shownMinutes, ticks } from "./minutes.ts";

const leg = (code: string, minutes: number) => ({ code, minutes }) as AccessLeg;

describe("minutes", () => {
  test("rounding does not carry a place over the limit", () => {
    expect(shownMinutes(279.35, 60)).toBe(279);
    expect(shownMinutes(60.3, 60)).toBe(60.3);
    expect(shownMinutes(60.01, 60)).toBe(60.1);
    expect(shownMinutes(60, 60)).toBe(60);
    expect(shownMinutes(59.8, 60)).toBe(60);
    expect(shownMinutes(62.6, 62.8)).toBe(62.6);
  });
  test("kilometres have a decimal below ten", () => {
    expect(sayKm(3.14159, "en")).toBe("3.1");
    expect(sayKm(381.4, "en")).toBe("381");
  });
  test("legs in common end where the ways part", () => {
    const road = [leg("call_and_dispatch", 5), leg("response", 10), leg("on_scene", 20), leg("transport", 245)];
    expect(common(road, [...road.slice(0, 3), leg("transport", 10)])).toBe(3);
    expect(common(road, [])).toBe(0);
  });
  test("an axis has few round marks", () => {
    expect(ticks(290, 6)).toEqual([0, 60, 120, 180, 240]);
    expect(ticks(48, 6)).toEqual([0, 10, 20, 30, 40]);
  });
});
