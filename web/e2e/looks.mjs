// Every page in three languages, on desktop and phone, light and dark: no
// complaint in the console, nothing cut off, nothing that axe finds.
import assert from "node:assert/strict";
import { api, open, scrollThrough, visit } from "./browser.mjs";
import { cutOff, violations } from "./checks.mjs";

const langs = ["kk", "ru", "en"];
const sizes = ["desktop", "phone"];

/** The addresses of all pages; ids come from what the server holds. */
async function pages() {
  const board = await api("/board");
  const withFigure = board.totals.find((t) => t.delivered) ?? board.totals[0];
  const documents = (await api("/documents")).items.filter((d) => d.kind === "document");
  const read = documents.find((d) => d.imported) ?? documents[0];
  const unread = documents.find((d) => !d.imported) ?? documents[0];
  const region = board.promises.find((p) => p.place !== "KZ")?.place ?? "KZ";
  return {
    board: "", "board by table": "?view=table&show=overdue", promise: `/promises/${(board.promises.find((p) => p.progress) ?? board.promises[0]).id}`, figures: "/figures", figure: `/figures/${(withFigure.delivered ?? withFigure.promised).figure}`,
    place: `/places/${region}?measure=life_expectancy.total`, country: "/places/KZ", documents: "/documents", document: `/documents/${read.name}`, "document without text": `/documents/${unread.name}`,
    questions: "/questions", asks: "/asks", search: "/search?q=balqash", reports: "/entry?show=all", report: "/entry/capacity-monthly/KZ-35/2026-10", completeness: "/completeness", templates: "/templates?template=capacity-monthly", works: "/works", "works late": "/works?watch=late&place=KZ-35", "works over time": "/works?view=gantt", "works over time as table": "/works?view=gantt&show=table", "works on the map": "/works?view=map", "works on the map as table": "/works?view=map&show=table", "works as curve": "/works?view=curve&weight=units", "works as matrix": "/works?view=matrix&money=transferred", "money of works": "/works/money", access: "/access?on=F025&season=winter", "access as table": "/access?view=table&service=rehabilitation&set=speed_main:70", map: "/map", "map as table": "/map?view=table", about: "/about", forecasts: "/works/forecasts", equipment: "/equipment", "equipment import": "/equipment/import", "works report": "/works/report?place=KZ-35", risks: "/works/risks", past: "?as_of=2025-12-01", missing: "/promises/nothing",
    "access validation": "/access/validation?set=speed_main:70",
    work: "/works/balkhash-interdistrict-hub", "work of many": "/works/karaganda-special-fund", "work in editing": "/works/balkhash-interdistrict-hub/edit", "new work": "/works/new", "site visit": "/works/balkhash-interdistrict-hub/visit",
  };
}

/** Complaints that are part of asking for what does not exist. */
const expected = (name, text) => name === "missing" && text.includes("404");

/** One page in both themes. The theme changes colours only, so in the dark only contrast is looked at again. */
async function look(page, complaints, name, path, lang) {
  complaints.length = 0;
  await page.emulateMedia({ colorScheme: "light" });
  await visit(page, `/${lang}${path}`);
  await scrollThrough(page);
  const wrong = await violations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForTimeout(200);
  wrong.push(...(await violations(page, { type: "rule", values: ["color-contrast"] })).map((v) => `dark: ${v}`));
  wrong.push(...(await cutOff(page)), ...complaints.filter((c) => !expected(name, c)));
  if ((await page.evaluate(() => document.documentElement.lang)) !== lang) wrong.push("the page does not name its language");
  return wrong;
}

export async function everyPageLooksRight(browser) {
  const all = Object.entries(await pages());
  const wrong = [];
  let n = 0;
  const walk = async (size) => {
    const { context, page, complaints } = await open(browser, { size, bypassCSP: true });
    for (const lang of langs) {
      for (const [name, path] of all) {
        const found = await look(page, complaints, name, path, lang).catch((e) => [`could not be looked at: ${e.message.split("\n")[0]}`]);
        n++;
        for (const w of found) wrong.push(`${name} ${lang} ${size}: ${w}`);
      }
    }
    await context.close();
  };
  await Promise.all(sizes.map(walk));
  if (wrong.length > 0) throw new Error(`${wrong.length} things are wrong\n${wrong.slice(0, 40).join("\n")}`);
  return `${n} pages, each in both themes`;
}

export async function nothingIsCutOffAt360(browser) {
  const { context, page } = await open(browser, { size: "narrow" });
  for (const [name, path] of Object.entries(await pages())) {
    await visit(page, `/ru${path}`);
    assert.deepEqual(await cutOff(page), [], name);
  }
  await context.close();
}

/** The policy of the server, which the axe run has to bypass, is obeyed. */
export async function everyPageObeysThePolicy(browser) {
  const { context, page, complaints } = await open(browser);
  for (const [name, path] of Object.entries(await pages())) {
    complaints.length = 0;
    await visit(page, `/en${path}`);
    assert.deepEqual(complaints.filter((c) => !expected(name, c)), [], name);
  }
  await context.close();
}

export async function dialogsAreAccessibleToo(browser) {
  for (const theme of ["light", "dark"]) {
    const { context, page } = await open(browser, { theme, bypassCSP: true });
    await visit(page, "/kk");
    await page.locator(".fig").first().click();
    await page.locator('[role="dialog"] .st-open').waitFor();
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press("Escape");
    await page.locator('input[type="search"]').fill("балқаш");
    await page.locator('[role="option"]').first().waitFor();
    assert.deepEqual(await violations(page), []);
    await context.close();
  }
}
