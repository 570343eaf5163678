import { expect, test } from "vitest";
import { define, fill, type Dictionary } from "./define.ts";

// Every dictionary of the program, wherever it stands.
const modules = import.meta.glob<Record<string, unknown>>(["../**/*.ts", "../**/*.tsx", "!../**/*.test.ts", "!../main.tsx"], { eager: false });
const sources = import.meta.glob<string>(["../**/*.ts", "../**/*.tsx", "!../**/*.test.ts"], { eager: true, query: "?raw", import: "default" });

async function dictionaries(): Promise<[string, Dictionary][]> {
  const out: [string, Dictionary][] = [];
  for (const [path, text] of Object.entries(sources)) {
    if (!/= define\(/.test(text)) continue;
    const module = await modules[path]?.();
    for (const [name, v] of Object.entries(module ?? {})) {
      if (v && typeof v === "object" && "dict" in v) out.push([`${path} ${name}`, (v as { dict: Dictionary }).dict]);
    }
  }
  return out;
}

const names = (s: string) => [...s.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

test("every dictionary is found", async () => {
  const defined = Object.values(sources).reduce((n, s) => n + (s.match(/= define\(\{/g)?.length ?? 0), 0);
  expect((await dictionaries()).length).toBe(defined);
  expect(defined).toBeGreaterThan(8);
});

test("every text exists in three languages with the same places to fill", async () => {
  for (const [where, dict] of await dictionaries()) {
    for (const [key, row] of Object.entries(dict)) {
      expect(row.length, `${where} ${key}`).toBe(3);
      for (const text of row) expect(text.trim(), `${where} ${key}`).not.toBe("");
      const want = [...new Set(names(row[2]))];
      for (const text of row) expect([...new Set(names(text))], `${where} ${key}`).toEqual(want);
    }
  }
});

test("Russian has three forms where English has two", async () => {
  for (const [where, dict] of await dictionaries()) {
    for (const [key, [kk, ru, en]] of Object.entries(dict)) {
      if (![kk, ru, en].some((s) => s.includes("|"))) continue;
      expect([kk.split("|").length, ru.split("|").length], `${where} ${key}`).toEqual([1, 3]);
      expect(en.split("|").length, `${where} ${key}`).toBeLessThanOrEqual(2);
    }
  }
});

test("every key is used somewhere", async () => {
  const unused: string[] = [];
  const all = Object.values(sources).join("\n");
  const quoted = new Set(all.match(/(?<=")[^"\s]+(?=")/g));
  for (const [where, dict] of await dictionaries()) {
    for (const key of Object.keys(dict)) {
      const prefix = /^[a-z]+_/.exec(key)?.[0] ?? "\u0000"; // due_overdue is used as `due_${...}`
      const used = quoted.has(key) || all.includes(`${prefix}\${`) || new RegExp(`word\\(t, "${prefix.slice(0, -1)}"`).test(all);
      if (!used) unused.push(`${where}: ${key}`);
    }
  }
  expect(unused).toEqual([]);
});

test("forms of number and places are filled", () => {
  const d = define({ n: ["{n} күн", "{n} день|{n} дня|{n} дней", "{n} day|{n} days"] } as const);
  expect(d.in("ru")("n", { n: 21 })).toBe("21 день");
  expect(d.in("ru")("n", { n: 12345 }).replaceAll("\u00a0", " ")).toBe("12 345 дней");
  expect(d.in("en")("n", { n: 1 })).toBe("1 day");
  expect(d.in("kk")("n", { n: 5 })).toBe("5 күн");
  expect(fill(["{a}", "{a}", "{a}"], "en", {})).toBe("{a}");
});
