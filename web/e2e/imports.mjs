// The way of a file of figures: from the spreadsheet into the ledger and back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { api, open, settled, visit } from "./browser.mjs";
import { cutOff, violations } from "./checks.mjs";
import { workbook } from "./workbook.mjs";

const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Two cells of it are wrong: C5 is no number, and the region of row 6 has a slip. */
const table = () => workbook([
  ["Отчет о новых койках за июль 2026 года"],
  [],
  ["Наименование региона", "Показатель", "Значение"],
  ["Карагандинская область", "beds.new", 12],
  ["область Улытау", "beds.new", "7O"],
  ["Павлодарская обл.", "beds.new", 9],
]);

async function upload(page, lang, name, buffer) {
  await visit(page, `/${lang}/import`);
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType: kind, buffer });
  await page.waitForURL(/\/imports\//);
  await settled(page);
}

async function say(page, document) {
  await page.evaluate(() => window.scrollTo(0, 0));
  const source = page.getByRole("combobox", { name: /^source/ });
  await source.click();
  await source.fill(document);
  await page.keyboard.press("Enter");
  await page.locator("label.field", { hasText: "kind: plan, actual" }).locator("select").selectOption("actual");
}

async function check(page) {
  await page.getByRole("button", { name: /^Check/ }).click();
  await page.locator("#outcome").waitFor();
}

const count = async (page, label) => Number(await page.locator("#outcome .counts div", { hasText: label }).locator("dd").innerText());

/** Upload, correct one cell in place and the other in the file's copy, publish, see, undo. */
export async function aFileIsImported(browser) {
  const { context, page, complaints } = await open(browser);
  const document = (await api("/documents")).items.find((d) => d.kind === "document").name;
  await upload(page, "en", "июль.xlsx", table());
  assert.equal(await page.locator(".grid tr.grid-head th").innerText(), "3", "the header is found below the title");
  assert.equal(await page.locator("label.field", { hasText: "header" }).count() > 0, true);
  await say(page, document);
  await check(page);
  assert.equal(await count(page, "Problems"), 2);
  assert.equal(await count(page, "New"), 1);
  assert.ok(await page.getByRole("button", { name: /^Publish/ }).isDisabled(), "a table with problems is not published");

  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /XLSX/ }).click()]);
  const annotated = await readFile(await file.path());
  assert.equal(annotated.subarray(0, 2).toString(), "PK");
  assert.match(file.suggestedFilename(), /problems\.xlsx$/);

  const bad = page.locator(".bads > li");
  await bad.filter({ hasText: "C5" }).locator("input").fill("70");
  const named = bad.filter({ hasText: "A6" });
  await named.getByRole("button", { name: /^Put KZ-/ }).click();
  await page.getByRole("button", { name: "Save and check again" }).click();
  await page.locator("#outcome .counts div:not(.bad)", { hasText: "Problems" }).waitFor();
  assert.equal(await count(page, "New"), 3);

  await page.getByRole("button", { name: /^Publish 3/ }).click();
  await page.locator("#done").waitFor();
  await page.getByRole("link", { name: "See the figures" }).click();
  await settled(page);
  const run = (await api("/imports?state=published")).items[0].outcome.run;
  const figures = (await api("/figures?measure=beds.new&period=2026-07")).items.filter((f) => f.run === run);
  assert.deepEqual(figures.map((f) => [f.place, f.value]).sort(), [["KZ-35", 12], ["KZ-55", 9], ["KZ-62", 70]]);

  await page.goBack();
  await settled(page);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByLabel("Reason").fill("a test");
  await page.locator("form").getByRole("button", { name: "Undo" }).click();
  await page.getByText("Withdrawn: a test").waitFor();
  const standing = async () => (await api("/figures?measure=beds.new&period=2026-07")).items.filter((f) => f.run === run);
  let after = await standing();
  for (let i = 0; i < 100 && after.length > 0; i++) {
    await page.waitForTimeout(100); // it is taken back in the background
    after = await standing();
  }
  assert.equal(after.length, 0, "what was taken back no longer stands");

  // Next month the mapping is remembered.
  await upload(page, "en", "август.xlsx", workbook([["Отчет за август 2026 года"], [], ["Наименование региона", "Показатель", "Значение"], ["Карагандинская область", "beds.new", 13]]));
  await page.getByText(/mapping remembered for the source/).waitFor();
  await check(page);
  assert.equal(await count(page, "Problems"), 0);
  await page.getByRole("button", { name: "Discard" }).click();
  await page.waitForURL(/\/imports$/);
  assert.deepEqual(complaints.filter((c) => !c.includes("409")), []);
  await context.close();
}

/** axe and the narrow phone, in three languages, with problems on the page. */
export async function importPagesAreReadable(browser) {
  for (const [lang, size, theme] of [["en", "desktop", "light"], ["kk", "narrow", "light"], ["ru", "narrow", "dark"]]) {
    const { context, page } = await open(browser, { size, theme, bypassCSP: true });
    await upload(page, lang, "t.xlsx", table());
    for (const path of [null, "/import", "/imports"]) {
      if (path) await visit(page, `/${lang}${path}`);
      assert.deepEqual(await violations(page), [], `${lang} ${path}`);
      assert.deepEqual(await cutOff(page), [], `${lang} ${path}`);
    }
    await context.close();
  }
}
