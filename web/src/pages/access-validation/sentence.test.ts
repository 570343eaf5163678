import { describe, expect, it } from "vitest";
import type { AccessObserved, AccessValidation } from "../../api/access.ts";
import { byError, groupName, reach, sayValidation, signed } from "./sentence.ts";

const row = (error: number | null, observed = 100) => ({ observed_minutes: observed, computed_minutes: error === null ? null : observed + error, error_minutes: error }) as AccessObserved;
const result = (bias: number, n: number, within: number) => ({ groups: [{ bias_minutes: bias, n, within }] }) as AccessValidation;

describe("the comparison in words", () => {
  it("says how far off it is and how many lie in the range", () => {
    expect(sayValidation(result(-6.2, 24, 18), "en")).toBe("Computed minutes are 6 minutes too short on average; 18 of 24 observed journeys lie in the range of the assumptions.");
    expect(sayValidation(result(2, 24, 18), "ru")).toBe("Вычисленное время в среднем на 2 минуты длиннее наблюдённого; из 24 поездок 18 лежат в пределах допущений.");
    expect(sayValidation(result(0.3, 1, 1), "en")).toBe("Computed minutes are as long as the observed ones on average; 1 of 1 observed journey lies in the range of the assumptions.");
    expect(sayValidation({ groups: [] } as unknown as AccessValidation, "kk")).toBe("");
  });
  it("puts the largest error first, and what has no way before it", () => {
    expect(byError([row(-5), row(20), row(null), row(-30)]).map((r) => r.error_minutes)).toEqual([null, -30, 20, -5]);
  });
  it("names groups", () => {
    expect(groupName({ vehicle: "car", class: "main", season: "winter" }, "en")).toBe("Car, main roads, winter");
    expect(groupName({ vehicle: null, class: null, season: null }, "ru")).toBe("Все");
  });
  it("chooses round axes", () => {
    expect(reach([row(10, 100)])).toEqual({ max: 120, step: 30 });
    expect(reach([row(-30, 930), row(null, 5000)])).toEqual({ max: 960, step: 120 });
    expect(reach([])).toEqual({ max: 30, step: 30 });
  });
  it("writes a sign where a number may go both ways", () => {
    expect([signed(3.4, "en"), signed(-3.4, "en"), signed(0.2, "en"), signed(-0.2, "en")]).toEqual(["+3", "−3", "0", "0"]);
  });
});
