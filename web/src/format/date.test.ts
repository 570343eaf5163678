import { describe, expect, test } from "vitest";
import { formatDate, formatDateShort, formatPeriod, isDay } from "./date.ts";

const plain = (s: string) => s.replaceAll("\u00a0", " ");

test("a day in three languages", () => {
  expect(plain(formatDate("2026-03-08", "kk"))).toBe("2026 ж. 8 наурыз");
  expect(plain(formatDate("2026-03-08", "ru"))).toBe("8 марта 2026 г.");
  expect(plain(formatDate("2026-03-08", "en"))).toBe("8 March 2026");
  expect(formatDateShort("2026-03-08", "kk")).toBe("08.03.2026");
  expect(plain(formatDateShort("2026-03-08", "en"))).toBe("8 Mar 2026");
});

test("what is no day is left as it is", () => expect(formatDate("soon", "en")).toBe("soon"));

describe("periods", () => {
  test.each<[string, string, string, string]>([
    ["2025", "2025 ж.", "2025 г.", "2025"],
    ["2025-S1", "2025 ж. 1-жартыжылдығы", "1-е полугодие 2025 г.", "first half of 2025"],
    ["2025-Q3", "2025 ж. 3-тоқсаны", "3-й квартал 2025 г.", "Q3 2025"],
    ["2025-10", "2025 ж. қазан", "октябрь 2025 г.", "October 2025"],
    ["2025-W07", "2025 ж. 7-аптасы", "7-я неделя 2025 г.", "week 7 of 2025"],
    ["2025-10-31", "2025 ж. 31 қазан", "31 октября 2025 г.", "31 October 2025"],
    ["2025-01-01/P10M", "2025 ж. қаңтар–қазан", "январь–октябрь 2025 г.", "January–October 2025"],
    ["2026-01-01/P3Y", "2026–2028 жж.", "2026–2028 гг.", "2026–2028"],
    ["2025-11-01/P4M", "2025 ж. қараша – 2026 ж. ақпан", "ноябрь 2025 г. – февраль 2026 г.", "November 2025 – February 2026"],
  ])("%s", (p, kk, ru, en) => {
    expect(plain(formatPeriod(p, "kk"))).toBe(kk);
    expect(plain(formatPeriod(p, "ru"))).toBe(ru);
    expect(plain(formatPeriod(p, "en"))).toBe(en);
  });
});

test("only days of the calendar are days", () => {
  expect(isDay("2026-02-28")).toBe(true);
  for (const s of ["2026-02-30", "2026-2-1", "", undefined, "2026-02-28T00:00"]) expect(isDay(s)).toBe(false);
});
