import { describe, expect, it } from "vitest";
import type { AskPage } from "../../api/types.ts";
import { bodyOf, fieldOf, isNumber, noDraft, wrongWith, type Draft } from "./draft.ts";

const measure = { measure: "projects.opened", place: "KZ-35", dimensions: "project=hub", unit: "facility", relation: "delivers", last: [] } as unknown as AskPage["measures"][number];
const page = { ask: { id: "ask-hub-1", office: "akimat-35", about: { id: "C7p" } }, place: "KZ-35", measures: [measure] } as unknown as AskPage;
const draft = (patch: Partial<Draft>): Draft => ({ ...noDraft(), text: { ru: "Открыт." }, ...patch });
const given = (value: string, day = "2026-11-20") => ({ [fieldOf(measure)]: { value, qualifier: "=", day } });

describe("the draft of an answer", () => {
  it("knows numbers as people write them", () => {
    for (const s of ["1", "96", "99,5", "1 740 000", "1\u00a0200,5", "0", "12.25"]) expect(isNumber(s), s).toBe(true);
    for (const s of ["", "one", "1 2", "1,2,3", "--1", "12%", "1e3"]) expect(isNumber(s), s).toBe(false);
  });
  it("needs words, a reason for a change, a day that has been", () => {
    expect(wrongWith(draft({}), "2026-11-24")).toEqual([]);
    expect(wrongWith(draft({ text: { kk: "  " } }), "2026-11-24")).toEqual(["text"]);
    expect(wrongWith(draft({ change: "move" }), "2026-11-24")).toEqual(["deadline", "reason"]);
    expect(wrongWith(draft({ change: "withdraw", reason: "closed" }), "2026-11-24")).toEqual([]);
    expect(wrongWith(draft({ values: given("1", "2026-11-25") }), "2026-11-24")).toEqual(["day"]);
    expect(wrongWith(draft({ values: given("one") }), "2026-11-24")).toEqual(["value"]);
    expect(wrongWith(draft({ values: given("", "") }), "2026-11-24")).toEqual([]);
  });
  it("sends what was filled in, and only that", () => {
    const body = bodyOf(page, draft({ values: given(" 1 "), deadline: "2027-01-01", reason: "x" }));
    expect(body).toMatchObject({ kind: "answer", place: "KZ-35", office: "akimat-35", ask: "ask-hub-1", about: "C7p", deadline: "", reason: "", withdraw: false, text: { ru: "Открыт." }, files: [] });
    expect(body.values).toEqual([{ measure: "projects.opened", place: "KZ-35", dimensions: "project=hub", period: "2026-11-20", value: "1", qualifier: "=" }]);
    expect(bodyOf(page, draft({ values: given("") })).values).toEqual([]);
    expect(bodyOf(page, draft({ change: "move", deadline: "2027-01-01", reason: " late " }))).toMatchObject({ deadline: "2027-01-01", reason: "late", withdraw: false });
  });
});
