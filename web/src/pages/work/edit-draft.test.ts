import { describe, expect, test } from "vitest";
import { codeOf, differences, emptyRecord, merged, sameValue } from "./edit-draft.ts";

const base = { ...emptyRecord(""), id: "hub", title: { kk: "Хаб" }, place: "KZ-35", office: "akimat-35" };

describe("two people edit one record", () => {
  const mine = { ...base, title: { kk: "Хаб", en: "Hub" }, office: "minister" };
  const theirs = { ...base, place: "351600000", office: "government" };
  test("each field says who changed it", () => {
    expect(differences(mine, theirs, base)).toEqual([{ key: "title", who: "you" }, { key: "place", who: "they" }, { key: "office", who: "both" }]);
  });
  test("only what was chosen is taken over", () => {
    expect(merged(mine, theirs, { place: "theirs", office: "mine" })).toEqual({ ...mine, place: "351600000" });
  });
});

test("an empty list and none say the same", () => {
  expect(sameValue({ parties: [], title: { kk: "x", en: "" } }, { title: { kk: "x" } })).toBe(true);
  expect(sameValue({ parties: [{ role: "client" }] }, {})).toBe(false);
});

test.each([
  ["Балқаш хабы", "balqash-haby"],
  ["Inter-district hub, Balkhash", "inter-district-hub-balkhash"],
  ["«»", ""],
])("%s becomes %s", (title, code) => expect(codeOf({ kk: title })).toBe(code));
