// The ways of a reader through the pages: from a number to its sentence, from
// a filter to a link, from today to a day of the past, and the editor's way.
import assert from "node:assert/strict";
import { api, base, open, settled, visit } from "./browser.mjs";

const text = (page, selector) => page.locator(selector).first().innerText();

export async function theBoardSaysItsSentence(browser) {
  const { context, page } = await open(browser);
  const board = await api("/board");
  for (const lang of ["kk", "ru", "en"]) {
    await visit(page, `/${lang}`);
    const shown = (await text(page, ".hero")).replaceAll(/\s+/g, " ");
    const want = board.sentence[lang].replaceAll(/\s+/g, " ");
    assert.ok(shown.includes(want.slice(0, 40)), `${lang}: «${shown.slice(0, 120)}» does not begin with «${want.slice(0, 40)}»`);
    for (const id of ["ask", "nodate", "next", "money", "outcomes", "totals", "timeline", "regions", "all"]) assert.equal(await page.locator(`#${id}`).count(), 1, `${lang}: section ${id}`);
    assert.equal(await page.locator("#ask .prow").count() > 0, board.sections.ask_today.length > 0, lang);
  }
  await context.close();
}

export async function theRootRemembersTheLanguage(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/");
  assert.equal(new URL(page.url()).pathname, "/kk");
  await page.locator(".top-langs a[lang=ru]").click();
  await settled(page);
  await visit(page, "/");
  assert.equal(new URL(page.url()).pathname, "/ru");
  await context.close();
}

/** Kazakh dates and numbers come from our own code, not from the browser's. */
export async function kazakhIsWrittenAsKazakh(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/kk?as_of=2026-03-08");
  const shown = (await page.locator("body").innerText()).replaceAll("\u00a0", " ");
  assert.match(shown, /2026 ж\. 8 наурыз/i);
  assert.doesNotMatch(shown, /M03|M12|\d,\d{3},\d{3}/);
  await context.close();
}

export async function aNumberLeadsToItsLine(browser) {
  const { context, page } = await open(browser);
  const board = await api("/board");
  const p = board.promises.find((x) => x.target.value !== null && x.document && x.line);
  await visit(page, `/en/promises/${p.id}`);
  await page.locator("#facts .fig").first().click();
  const dialog = page.locator('[role="dialog"]');
  await dialog.locator(".st-open").waitFor();
  assert.ok(await dialog.evaluate((e) => e.contains(document.activeElement)), "focus moves into the statement");
  await dialog.locator(`a[href*="/documents/"]`).first().click();
  await settled(page);
  const url = new URL(page.url());
  assert.equal(url.pathname, `/en/documents/${p.document}`);
  assert.equal(url.searchParams.get("line"), String(p.line));
  assert.equal(await page.locator(".line-on").getAttribute("data-row"), String(p.line));
  await context.close();
}

export async function escapeGivesTheFocusBack(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/en");
  const fig = page.locator(".fig").first();
  await fig.focus();
  await page.keyboard.press("Enter");
  await page.locator('[role="dialog"]').waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator('[role="dialog"]').count(), 0);
  assert.ok(await fig.evaluate((e) => e === document.activeElement));
  await context.close();
}

export async function everyFigureOnTheBoardOpens(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/en");
  const hrefs = await page.locator("a.fig").evaluateAll((list) => [...new Set(list.map((a) => a.getAttribute("href")))]);
  assert.ok(hrefs.length > 5, "the board shows figures");
  for (const href of hrefs) {
    const id = href.split("/").at(-1).split("?")[0];
    const why = await api(`/figures/${id}/why`);
    assert.ok(why.said || why.computed, `${id} ends in the air`);
  }
  await visit(page, hrefs[0]);
  assert.ok((await page.locator("#why a[href*='/documents/']").count()) > 0, "the page of a figure leads to a document");
  await context.close();
  return `${hrefs.length} figures`;
}

export async function filtersLandInTheAddress(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/ru");
  const before = await page.locator("#all tbody tr").count();
  const selects = page.locator("#all .filters select");
  await selects.nth(2).selectOption("overdue");
  await page.waitForURL(/due=overdue/);
  await page.waitForFunction((n) => document.querySelectorAll("#all tbody tr").length !== n, before);
  const want = (await api("/board?due=overdue")).promises.length;
  assert.equal(await page.locator("#all tbody tr").count(), want);
  await page.locator("#all th button.sort").first().click();
  await page.waitForURL(/sort=title/);
  await page.reload();
  await settled(page);
  assert.equal(await page.locator("#all tbody tr").count(), want, "a link shows the same");
  assert.equal(await page.locator('#all th[aria-sort="ascending"]').count(), 1);
  const csv = await page.locator('#all a[href*=".csv"]').getAttribute("href");
  assert.match(csv, /due=overdue/);
  const r = await fetch(base + csv);
  assert.equal(r.status, 200, "the table as CSV");
  await context.close();
}

export async function anotherDayChangesTheBoard(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/en");
  const now = await text(page, ".hero");
  await page.locator('input[type="date"]').fill("2025-12-01");
  await page.waitForURL(/as_of=2025-12-01/);
  await page.waitForFunction((t) => document.querySelector(".hero")?.textContent?.includes("1\u00a0December 2025") && document.querySelector(".hero").innerText !== t, now);
  await page.locator(".past").waitFor();
  await page.locator('.top-nav a[href*="/questions"]').click();
  await page.waitForURL(/questions\?as_of=2025-12-01/);
  await page.locator(".past button").click();
  await page.waitForFunction(() => !window.location.search.includes("as_of"));
  await context.close();
}

export async function searchForgivesSpelling(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/kk");
  const box = page.locator('input[type="search"]');
  await box.fill("balqas");
  await page.locator('[role="option"]').first().waitFor();
  await box.press("ArrowDown");
  await box.press("Enter");
  await page.waitForURL(/\/kk\/(promises|places|figures)/);
  await visit(page, "/kk/search?q=караганда");
  assert.ok((await page.locator(".hits li").count()) > 0);
  await context.close();
}

export async function mapAndChartHaveTableAndFiles(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/en/map?measure=population.total");
  await page.locator(".map svg a").first().waitFor();
  const [png] = await Promise.all([page.waitForEvent("download"), page.locator(".downloads button").click()]);
  assert.match(png.suggestedFilename(), /\.png$/);
  await page.locator(".chart-head .tabs button").nth(1).click();
  await page.waitForURL(/view=table/);
  assert.ok((await page.locator("main table tbody tr").count()) > 3);
  for (const kind of ["csv", "xlsx"]) {
    const r = await fetch(base + (await page.locator(`.downloads a[href*=".${kind}"]`).getAttribute("href")));
    assert.equal(r.status, 200, kind);
  }
  await visit(page, "/en/places/KZ?measure=life_expectancy.total");
  await page.locator(".chart svg").waitFor();
  const [chart] = await Promise.all([page.waitForEvent("download"), page.locator(".stat-open .downloads button").click()]);
  assert.match(chart.suggestedFilename(), /\.png$/);
  await page.locator(".stat-open .tabs button").nth(1).click();
  assert.ok((await page.locator(".stat-open table tbody tr").count()) > 1);
  await context.close();
}

export async function aRegionOfTheMapIsReachedByKeyboard(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/en");
  await page.locator("#regions").scrollIntoViewIfNeeded();
  const region = page.locator("#regions .map-unit").first();
  await region.focus();
  const name = await region.getAttribute("aria-label");
  assert.match(name, /: \d/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/en\/places\/KZ-/);
  await context.close();
}

/** Days before any document, after all of them, and moments of the database: a board all the same. */
export async function everyDayHasABoard(browser) {
  const { context, page, complaints } = await open(browser);
  for (const query of ["as_of=2000-01-01", "as_of=2024-12-31", "as_of=2030-01-01", `recorded_as_of=${new Date().toISOString()}`]) {
    await visit(page, `/ru?${query}`);
    assert.ok((await text(page, ".hero-h")).length > 10, query);
    assert.equal(await page.locator(".past").count(), 1, query);
  }
  assert.deepEqual(complaints, []);
  await context.close();
}

export async function aStateOfTheTotalsFiltersTheTable(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/en");
  await page.locator("#totals .state-overdue").first().click();
  await page.waitForURL(/due=overdue.*#all/);
  await settled(page);
  const top = await page.locator("#all").evaluate((e) => e.getBoundingClientRect().top);
  assert.ok(top < 700, `the table is in view, not ${top} px away`);
  await context.close();
}

export async function addressesThatDoNotExistSaySo(browser) {
  const { context, page } = await open(browser);
  for (const path of ["/nonsense", "/en/nonsense/more", "/en/figures/f0000000000000", "/ru/places/XX", "/kk/documents/none.txt"]) {
    await visit(page, path);
    assert.match(await text(page, "main h1"), /no such page|нет|жоқ/i, path);
  }
  await context.close();
}

export async function askingOffersAPreparedLetter(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/en");
  const button = page.locator("#ask button.button-small").first();
  await button.click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("textarea").first().waitFor();
  assert.match(await dialog.locator("textarea").first().inputValue(), /\/en\/promises\//);
  assert.ok(await dialog.evaluate((e) => e.contains(document.activeElement)), "the focus moves in");
  const href = decodeURIComponent(await dialog.locator('a[href^="mailto:"]').getAttribute("href"));
  assert.match(href, /subject=A question/);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  const report = decodeURIComponent(await page.locator('footer a[href^="mailto:"]').getAttribute("href"));
  assert.match(report, /An error in Shanyraq/);
  await context.close();
}

export async function themeIsChosenAndRemembered(browser) {
  const { context, page } = await open(browser);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await visit(page, "/en");
  const light = await ground();
  await page.locator(".top-theme").click();
  await page.locator(".top-theme").click();
  const dark = await ground();
  assert.notEqual(light, dark);
  await page.reload();
  await settled(page);
  assert.equal(await ground(), dark);
  await context.close();
}

export async function thePrintedBoardHasNoControls(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/kk");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".top-tools").isVisible(), false);
  assert.equal(await page.locator(".hero-h").isVisible(), true);
  await context.close();
}

/** Marks words in a line as a reader does with the mouse. */
async function mark(page, line, needle) {
  await page.evaluate(([n, word]) => {
    const row = document.querySelector(`[data-line="${n}"]`);
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const i = node.textContent.indexOf(word);
      if (i < 0) continue;
      const range = document.createRange();
      range.setStart(node, i);
      range.setEnd(node, i + word.length);
      const sel = window.getSelection();
      sel.removeAllRanges();
      sel.addRange(range);
      return;
    }
    throw new Error(`line ${n} has no stretch «${word}»`);
  }, [line, needle]);
}

export async function theEditorRecordsFromAMarkedSentence(browser) {
  const session = await api("/session");
  const document = (await api("/documents")).items.find((d) => d.imported);
  if (!session.administrator || !document) return "left out: no document is imported here, or this is no administrator";
  const { context, page, complaints } = await open(browser);
  const body = await api(`/documents/${document.name}`);
  // A word of at least five letters that no figure covers, in the last line.
  const line = body.lines.filter((l) => l.text).at(-1);
  const points = Array.from(line.text);
  const free = points.map((c, i) => (line.spans.some((s) => i >= s.from && i < s.to) ? " " : c)).join("");
  const word = /\p{L}{5,}/u.exec(free)[0];
  await visit(page, `/en/documents/${document.name}?line=${line.line}`);
  const before = await page.locator(`[data-line="${line.line}"] a.span-figure`).count();
  await mark(page, line.line, word);
  const button = page.locator(".marker button");
  await button.waitFor();
  await page.waitForFunction(() => !document.querySelector(".marker button").disabled);
  await button.click();
  const form = page.locator("form.editor");
  await form.waitFor();
  await form.locator('button[type="submit"]').click();
  await page.locator(".errors li").first().waitFor();
  assert.ok(await page.locator(".errors").evaluate((e) => e === globalThis.document.activeElement), "errors take the focus");
  const measure = form.getByRole("combobox", { name: "Measure" });
  await measure.click();
  await measure.fill("physicians");
  await page.locator('.editor [role="option"]').first().waitFor();
  await measure.press("Enter");
  await form.getByLabel("Value").fill("1,234");
  await form.getByLabel("Period").fill("2025");
  await form.locator('button[type="submit"]').click();
  await page.locator('.editor[role="status"]').waitFor();
  await page.waitForFunction(([n, was]) => globalThis.document.querySelectorAll(`[data-line="${n}"] a.span-figure`).length > was, [line.line, before]);
  const again = (await api(`/documents/${document.name}`)).lines.find((l) => l.line === line.line);
  const figure = again.spans.find((s) => Array.from(again.text).slice(s.from, s.to).join("") === word);
  assert.ok(figure, "the span is kept");
  assert.equal((await api(`/figures/${figure.figure}`)).value, 1234);
  assert.deepEqual(complaints, []);
  await context.close();
}
