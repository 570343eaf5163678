import { describe, expect, it } from "vitest";
import type { ImportColumn, ImportMapping } from "../../api/types.ts";
import { missingOf, referenceOf, roleOf, wideSet, withConstant, withMeaning, withRole, withWideSet } from "./roles.ts";

const column = (letter: string, header: string): ImportColumn => ({ letter, header, filled: 1, numbers: 0, samples: [] });
const all = [column("A", "Регион"), column("B", "Год"), column("C", "Сумма"), column("D", "Сумма"), column("E", "")];

describe("columns of a table", () => {
  it("are named by header, or by letter where that is no name", () => {
    expect(all.map((c) => referenceOf(c, all))).toEqual(["Регион", "Год", "=C", "=D", "=E"]);
  });
  it("take a role away from who had it", () => {
    let m: ImportMapping = { columns: { place: "Регион", value: "=C" }, fill: ["place"] };
    m = withRole(m, all[3]!, all, "value");
    expect(m.columns).toEqual({ place: "Регион", value: "=D" });
    m = withRole(m, all[0]!, all, "");
    expect(roleOf(m, all[0]!)).toBe("");
    expect(m.ignore).toEqual(["Регион"]);
    expect(m.fill).toEqual([]);
    m = withRole(m, all[0]!, all, "dimension:age");
    expect(roleOf(m, all[0]!)).toBe("dimension:age");
    expect(m.ignore).toEqual([]);
  });
  it("may hold several values in a row", () => {
    let m: ImportMapping = { columns: { place: "Регион", value: "=C" } };
    m = withRole(withRole(m, all[2]!, all, "wide"), all[3]!, all, "wide");
    expect(m.columns).toEqual({ place: "Регион" });
    m = withWideSet(m, all[2]!, "period", "2024");
    expect(wideSet(m, all[2]!)).toEqual({ period: "2024" });
    expect(wideSet(m, all[3]!)).toEqual({});
    expect(missingOf(m)).toContain("period");
    m = withWideSet(m, all[3]!, "period", "2025");
    expect(missingOf(m)).toEqual(["measure", "kind", "source"]);
    m = withRole(m, all[2]!, all, "value");
    expect(m.wide).toEqual([]);
  });
  it("and constants say what is missing", () => {
    let m: ImportMapping = { columns: { place: "a", measure: "b", value: "c", period: "d" } };
    expect(missingOf(m)).toEqual(["kind", "source"]);
    m = withConstant(withConstant(m, "kind", "plan"), "document", "x");
    expect(missingOf(m)).toEqual([]);
    m = withConstant(m, "kind", "");
    expect(missingOf(m)).toEqual(["kind"]);
    expect(withMeaning(withMeaning(m, "place", "Марс", "KZ"), "place", "Марс", "").values).toEqual({ place: {} });
  });
});
