import { describe, expect, test } from "vitest";
import type { FormRow, Template } from "../../api/types.ts";
import { judge, pastedColumn, type Filled } from "./check.ts";

const row = (code: string, more = {}) => ({ code, measure: "beds", unit: "bed", decimals: 0, required: false, range: { scale: "count" }, min: "0", ...more });
const template = {
  rows: [row("all", { required: true }), row("adult"), row("child"), row("ready", { max: "100", decimals: 1 })],
  checks: [
    { code: "parts", type: "sum", left: "all", right: ["adult", "child"], strict: true, text: {} },
    { code: "child-within", type: "at_most", left: "child", right: ["all"], strict: false, text: {} },
  ],
} as unknown as Template;
const rows = [{ row: "all", range: { lower: 90, upper: 110, centre: 100, basis: "recent", count: 6 } }] as unknown as FormRow[];

const fill = (f: Record<string, [string, string?, string?]>): Filled => Object.fromEntries(Object.entries(f).map(([k, [value, status = "", note = ""]]) => [k, { value, status, note }]));
const said = (f: Record<string, [string, string?, string?]>) => judge(template, rows, fill(f)).map((p) => `${p.blocks ? "!" : ""}${p.code}@${p.row}`).join(" ");

// The same table as in ledger/reporting.
describe("a report against its template", () => {
  test.each<[string, Record<string, [string, string?, string?]>, string]>([
    ["all is well", { all: ["100"], adult: ["60", "A"], child: ["40", "E"] }, ""],
    ["zero is a value", { all: ["100"], adult: ["100"], child: ["0"], ready: ["0"] }, ""],
    ["not known is an answer", { all: ["", "O"] }, ""],
    ["does not exist here", { all: ["100"], adult: ["100"], child: ["", "M"] }, ""],
    ["what does not exist adds nothing", { all: ["100"], adult: ["99"], child: ["", "M"] }, "!check_broken@all"],
    ["a part that nobody knows leaves the sum open", { all: ["100"], adult: ["60"], child: ["", "O"] }, ""],
    ["nothing said where it must be", {}, "!required@all"],
    ["only a comment says nothing", { all: ["", "", "later"] }, "!required@all"],
    ["outside the range", { all: ["200"] }, "!outside_range@all"],
    ["outside the range, with a reason", { all: ["200", "", "a new hospital"] }, "outside_range@all"],
    ["the sum is wrong", { all: ["100", "", "x"], adult: ["60"], child: ["39"] }, "!check_broken@all"],
    ["more children's beds than beds", { all: ["100"], child: ["101"] }, "!check_broken@child"],
    ["half a bed", { all: ["100,5"] }, "!too_precise@all"],
    ["the same number with zeros", { all: ["100,00"] }, ""],
    ["a negative count", { all: ["-1"] }, "!below_min@all"],
    ["more than all", { all: ["100"], ready: ["100,1"] }, "!above_max@ready"],
    ["a word", { all: ["many"] }, "!status_unknown@all"],
    ["a number beside not known", { all: ["100", "O"] }, "!status_value@all"],
    ["estimated without a number", { all: ["", "E"] }, "!status_value@all"],
    ["a long comment", { all: ["100", "", "ә".repeat(501)] }, "!comment_long@all"],
  ])("%s", (_, f, want) => {
    expect(said(f)).toBe(want);
  });
});

test("a column from a spreadsheet", () => {
  expect(pastedColumn("1 234\r\n5,5\r\n\r\n7\r\n")).toEqual(["1 234", "5,5", "", "7"]);
  expect(pastedColumn("1\tx\n2\ty")).toEqual(["1", "2"]);
  expect(pastedColumn("15")).toBeNull();
  expect(pastedColumn("15\n")).toBeNull();
});
