// The portfolio: from what is wrong with it to the works behind, and the same
// works as a table, as bars, on the map, as a curve and as time against money.
import assert from "node:assert/strict";
import { api, base, open, settled, visit } from "./browser.mjs";

const view = (page, name) => page.locator(".pf-views").getByRole("button", { name, exact: true }).click();

export async function thePortfolioIsFilteredAndSeenInFiveWays(browser) {
  const { context, page, complaints } = await open(browser);
  const all = await api("/works?limit=1");
  await visit(page, "/en");
  await page.locator("#totals").waitFor();
  await page.locator(".works-line a", { hasText: "past the deadline" }).click();
  await settled(page);
  assert.match(page.url(), /\/en\/works\?watch=late/);
  const late = await api("/works?watch=late");
  assert.equal(late.total, all.sums.late);
  await page.locator(".pf-table tbody tr").nth(late.items.length - 1).waitFor();
  assert.equal(await page.locator(".pf-table tbody tr .late-text", { hasText: "late" }).count(), late.items.length, "every row says how late it is");

  // A choice in one part of the filter is counted as if that part were not set.
  const region = late.facets.region.find((x) => x.code === "KZ-35");
  await page.locator(".pf-filters select").first().selectOption("KZ-35");
  await page.waitForFunction((n) => document.querySelectorAll(".pf-table tbody tr").length === n, region.works);
  assert.match(page.url(), /place=KZ-35/);
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await page.waitForFunction((n) => document.querySelector(".pf-count strong")?.textContent === String(n), all.sums.works);

  await page.getByRole("button", { name: "Deadline", exact: true }).click();
  await settled(page);
  assert.match(page.url(), /sort=deadline/);
  const csv = await page.request.get(base + (await page.getByRole("link", { name: "CSV" }).first().getAttribute("href")));
  assert.equal(csv.status(), 200);
  assert.equal((await csv.text()).trim().split("\n").length, all.total + 1, "the table holds all works of the filter");

  await view(page, "Gantt chart");
  await page.locator(".gantt-plot svg").waitFor();
  const rows = await page.locator(".gantt-names li").count();
  assert.ok(rows > 10, `${rows} rows`);
  assert.ok((await page.locator(".g-dead-late").count()) > 1, "deadlines that passed are marked");
  await page.getByRole("button", { name: "Months" }).click();
  assert.ok(await page.locator(".gantt-plot").evaluate((e) => e.scrollWidth > e.clientWidth), "months need to be scrolled");
  await page.getByRole("button", { name: "Table", exact: true }).last().click();
  await page.locator(".pf-table").waitFor();
  assert.equal(await page.locator(".pf-table tbody tr").count(), rows, "the table has the rows of the drawing");

  await view(page, "Map");
  await page.locator(".pf-spot").first().waitFor();
  await page.locator(".pf-spot").last().focus();
  await page.keyboard.press("Enter");
  await page.locator(".pf-map .pf-list").first().waitFor();

  await view(page, "S-curve");
  await page.locator(".chart-source").first().waitFor();

  await view(page, "Time and money");
  const matrix = await api("/portfolio/matrix");
  await page.locator(".pf-quads").waitFor();
  assert.match((await page.locator(".pf-quads li").last().innerText()).replace(/\s+/g, " "), new RegExp(`^${matrix.unknown_total} Not known`));
  assert.deepEqual(complaints, []);
  await context.close();
}

/** From a source of money to its works, and to the one that waits. */
export async function aSourceOfMoneyLeadsToItsWorks(browser) {
  const { context, page } = await open(browser);
  const money = await api("/portfolio/money");
  const fund = money.sources.find((s) => s.source === "special-state-fund");
  await visit(page, "/en/works/money");
  const row = page.locator("tr", { hasText: "Special state fund" }).first();
  assert.match(await row.innerText(), /unknown/);
  assert.equal(await page.locator("#waiting tbody tr").count(), money.waiting.length);
  await row.locator("a").click();
  await settled(page);
  assert.match(page.url(), /source=special-state-fund/);
  const list = await api("/works?source=special-state-fund");
  assert.ok(list.total >= fund.works);
  assert.equal(await page.locator(".pf-table tbody tr").count(), list.items.length);
  await context.close();
}
