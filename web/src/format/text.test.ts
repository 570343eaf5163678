import { expect, test } from "vitest";
import { codePoints, say } from "./text.ts";

test("a missing language shows another, never nothing", () => {
  expect(say({ kk: "бір", ru: "один", en: "one" }, "ru")).toBe("один");
  expect(say({ ru: "один", en: "one" }, "kk")).toBe("один");
  expect(say({ kk: " ", en: "one" }, "kk")).toBe("one");
  expect(say({ fr: "un" }, "en")).toBe("un");
  expect(say(null, "en")).toBe("");
});

test("locators count code points, not units of UTF-16", () => expect(codePoints("a😀b").length).toBe(3));
