import { describe, expect, test } from "vitest";
import { begin, entryOf, missing } from "./entry.ts";
import { readNumber, readSelection, shift } from "./read-selection.ts";
import { pointsBefore } from "./selection.ts";
import { cut } from "./spans.ts";

describe("numbers as people write them", () => {
  test.each<[string, "kk" | "en", string | undefined]>([
    ["7,5", "kk", "7.5"],
    ["1 740 000 000", "kk", "1740000000"],
    ["1,740,000", "en", "1740000"],
    ["1,740", "en", "1740"],
    ["1,740", "kk", "1.740"],
    ["−63,3", "kk", "-63.3"],
    ["12 345,67", "kk", "12345.67"],
    ["about", "en", undefined],
    ["1.2.3", "en", undefined],
    ["", "kk", undefined],
  ])("%s in %s", (s, lang, want) => expect(readNumber(s, lang)).toBe(want));
});

describe("what a selection says", () => {
  test.each<[string, string, string]>([
    ["шамамен 7,5 млрд теңге", "7500000000", "~"],
    ["6,2 млрд теңге", "6200000000", "="],
    ["1 млрд теңгеден астам", "1000000000", ">"],
    ["800-ге жуық", "800", "~"],
    ["не менее 1,24 млн", "1240000", ">="],
    ["300 мыңға жуық", "300000", "~"],
    ["96%-ға", "96", "="],
    ["күрделі жөндеу", "", "="],
  ])("%s", (s, value, qualifier) => {
    const r = readSelection(s, "kk");
    expect([r.value, r.qualifier]).toEqual([value, qualifier]);
  });
  test("money and per cent are recognised", () => {
    expect(readSelection("6,2 млрд теңге", "kk").money).toBe(true);
    expect(readSelection("70%-ға", "kk").percent).toBe(true);
  });
  test("the point moves without rounding", () => {
    expect(shift("0.2721", 9)).toBe("272100000");
    expect(shift("1.2345678", 3)).toBe("1234.5678");
    expect(shift("-7.5", 9)).toBe("-7500000000");
  });
});

describe("lines are cut at spans", () => {
  const line = { line: 1, text: "😀 бар 96% және 22", spans: [{ from: 6, to: 9, figure: "f1", statement: null, role: "context" }] };
  test("by code points", () => {
    const parts = cut(line, [{ line: 1, from: 15, to: 17 }]);
    expect(parts.map((p) => p.text)).toEqual(["😀 бар ", "96%", " және ", "22"]);
    expect(parts[1]?.figures).toEqual(["f1"]);
    expect(parts[3]?.unread).toBe(true);
  });
  test("overlapping spans keep both figures", () => {
    const parts = cut({ ...line, spans: [...line.spans, { from: 2, to: 9, figure: "f2", statement: null, role: "" }] }, []);
    expect(parts.find((p) => p.text === "96%")?.figures).toEqual(["f1", "f2"]);
  });
  test("spans beyond the end are cut off", () => expect(cut({ ...line, spans: [{ from: 16, to: 99, figure: "f", statement: null, role: "" }] }, []).at(-1)?.text).toBe("2"));
  test("offsets of the page become code points", () => expect(pointsBefore("😀а", 2)).toBe(1));
});

describe("the form", () => {
  const at = { line: 3, from: 10, to: 20, text: "7,5 млрд теңге" };
  const draft = begin(at, readSelection(at.text, "kk"), "KZ", "KZT", "kk");
  test("begins with what the words say", () => expect([draft.value, draft.unit, draft.kk, draft.place]).toEqual(["7500000000", "KZT", at.text, "KZ"]));
  test("asks for a measure first", () => expect(missing(draft, "kk").map((m) => m.field)).toEqual(["measure"]));
  test("a promise needs its title in three languages, and may have no number", () => {
    const p = { ...draft, act: "promise" as const, measure: "m", value: "" };
    expect(missing(p, "kk").map((m) => m.field)).toEqual(["kk"]);
    expect(missing({ ...p, ru: "р", en: "e" }, "kk")).toEqual([]);
  });
  test("a move needs its promise and what is new", () => {
    const m = { ...draft, act: "move" as const, value: "" };
    expect(missing(m, "kk").map((x) => x.field)).toEqual(["promise", "deadline"]);
    const ok = { ...m, promise: "C7p", deadline: "2026-12-31" };
    expect(missing(ok, "kk")).toEqual([]);
    expect(entryOf(ok, "d.txt", at, "kk")).toEqual({ act: "move", document: "d.txt", line: 3, from: 10, to: 20, deadline: "2026-12-31", promise: "C7p" });
  });
  test("a period that nobody can read is refused here", () => {
    for (const [p, ok] of [["2026/2028", true], ["2025-Q3", true], ["2025-01-01/P10M", true], ["last year", false], ["2025-13x", false], ["", true]] as const) {
      expect(missing({ ...draft, measure: "m", period: p }, "kk").length === 0, p).toBe(ok);
    }
  });
  test("a figure sends the number in plain digits and no title", () => {
    const e = entryOf({ ...draft, measure: "m", value: "7 500 000 000" }, "d.txt", at, "kk");
    expect(e.value).toBe("7500000000");
    expect(e.title).toBeUndefined();
  });
});
