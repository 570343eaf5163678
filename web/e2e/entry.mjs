// The way of an office that reports: on a phone in Kazakh, at a desk by
// keyboard, and without a connection.
import assert from "node:assert/strict";
import { api, base, open, settled, visit } from "./browser.mjs";

let due;
let next = 0;

/** A report that no test has touched yet. */
async function fresh() {
  due ??= (await api("/reports?own=true")).items.filter((r) => r.template === "capacity-monthly" && r.step === "none");
  const r = due[next++];
  assert.ok(r, "a report that is owed");
  return `${r.template}/${r.place}/${r.period}`;
}

const field = (page, row) => page.locator(`input[data-row="${row}"]`);
const stored = async (report) => (await api(`/reports/${report}`)).draft;

async function said(page, pattern) {
  await page.waitForFunction((p) => new RegExp(p, "i").test(document.querySelector(".sending")?.textContent ?? ""), pattern.source, { timeout: 15_000 });
}

/** On a phone in Kazakh: from the list to the form, a number with a comma, a comment, submitted. */
export async function aReportIsFilledInOnAPhone(browser) {
  const { context, page, complaints } = await open(browser, { size: "narrow" });
  const report = await fresh();
  await visit(page, "/kk/entry");
  await page.locator(`.owed-link[href$="${report}"]`).first().click();
  await settled(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, "nothing is wider than the phone");
  await field(page, "departments").fill("0");
  await field(page, "beds").fill("1 2,5");
  await field(page, "equipment").click();
  assert.match(await page.locator(".er-bad .er-stop").first().innerText(), /сан емес/);
  await field(page, "beds").fill("12,5");
  assert.match(await page.locator(".er-bad .er-stop").first().innerText(), /Бүтін сан/);
  await field(page, "beds").fill("1 012");
  await page.locator(".er", { has: field(page, "beds-child") }).locator("select").selectOption("M");
  await said(page, /жоба сақталды/);
  const draft = await stored(report);
  assert.deepEqual(draft.values.map((v) => [v.row, v.value, v.status]), [["departments", "0", ""], ["beds", "1012", ""], ["beds-child", "", "M"]]);
  await page.locator(".entry-bar button").click();
  await page.locator(".note", { hasText: /жіберілді/ }).first().waitFor();
  assert.equal((await api(`/reports/${report}`)).step, "submitted");
  assert.deepEqual(complaints, []);
  await context.close();
}

/** At a desk: Enter and arrows, a column from a spreadsheet, and what keeps a report back. */
export async function aReportIsFilledInByKeyboard(browser) {
  const { context, page } = await open(browser);
  const report = await fresh();
  await visit(page, `/ru/entry/${report}`);
  await field(page, "departments").focus();
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await page.keyboard.type("2");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("2");
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.row), "departments-adult");
  await field(page, "beds").evaluate((e) => {
    const data = new DataTransfer();
    data.setData("text/plain", "1 200\r\n800\r\n400\r\n1\r\n");
    e.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  assert.deepEqual(await Promise.all(["beds", "beds-adult", "beds-child", "perinatal-centres"].map((r) => field(page, r).inputValue())), ["1 200", "800", "400", "1"]);
  await page.locator(".entry-bar button").click();
  const summary = page.locator(".errors");
  await summary.waitFor();
  assert.match(await summary.innerText(), /отделений столько/i); // 3 is not 2 and 2
  assert.ok(await summary.evaluate((e) => e === document.activeElement), "the summary has the focus");
  await field(page, "departments").fill("4");
  await page.locator(".entry-bar button").click();
  await page.locator(".note", { hasText: /отправлен/ }).first().waitFor();
  await context.close();
}

/** Opened before the connection went: filled in, closed, opened again, sent when it is back; once. */
export async function aReportIsFilledInWithoutAConnection(browser) {
  const { context, page } = await open(browser, { size: "phone" });
  const report = await fresh();
  await visit(page, `/kk/entry/${report}`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => caches.open("shanyraq-1").then(async (c) => (await c.keys()).filter((k) => new URL(k.url).pathname.startsWith("/assets/")).length > 5));
  await context.setOffline(true);
  await field(page, "departments").fill("5");
  await said(page, /браузерде/);
  await page.reload();
  await field(page, "departments").waitFor();
  assert.equal(await field(page, "departments").inputValue(), "5");
  await field(page, "beds").fill("77");
  await said(page, /браузерде/);
  await page.locator(".entry-bar button").click();
  await said(page, /өзі жіберіледі/); // the submission waits too, not only what was typed
  await page.close();
  const again = await context.newPage();
  await again.goto(`${base}/kk/entry/${report}`);
  await field(again, "beds").waitFor();
  assert.equal(await field(again, "beds").inputValue(), "77");
  assert.equal(await stored(report), null);
  await context.setOffline(false);
  await again.waitForFunction(() => !document.querySelector(".entry-bar"), null, { timeout: 40_000 });
  const form = await api(`/reports/${report}`);
  assert.equal(form.step, "submitted");
  assert.deepEqual(form.draft.values.map((v) => [v.row, v.value]), [["departments", "5"], ["beds", "77"]]);
  assert.equal(await again.evaluate(() => localStorage.getItem("shanyraq.waiting")), null);
  await context.close();
}

/** Two people, one form: both versions stand side by side until one has chosen. */
export async function twoVersionsStandSideBySide(browser) {
  const report = await fresh();
  const a = await open(browser);
  const b = await open(browser, { size: "phone" });
  await visit(a.page, `/en/entry/${report}`);
  await visit(b.page, `/en/entry/${report}`);
  await field(a.page, "departments").fill("1");
  await said(a.page, /draft saved/);
  await field(b.page, "departments").fill("2");
  await field(b.page, "beds").fill("9");
  const conflict = b.page.locator(".conflict");
  await conflict.waitFor();
  assert.match(await conflict.innerText(), /Yours: 2[\s\S]*server: 1/);
  assert.equal((await stored(report)).values[0].value, "1", "the other version stands");
  await conflict.locator("fieldset").first().locator("input").nth(1).check();
  await conflict.locator(".button-main").click();
  await said(b.page, /draft saved/);
  assert.deepEqual((await stored(report)).values.map((v) => [v.row, v.value]), [["departments", "1"], ["beds", "9"]]);
  await a.context.close();
  await b.context.close();
}

/** Who has reported: the matrix, the silent ones, and a reminder that is sent once a day. */
export async function theSilentAreRemindedOnce(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/en/completeness?template=money-monthly");
  const m = await api("/completeness?template=money-monthly");
  assert.equal(await page.locator(".matrix tbody tr").count(), m.rows.length);
  assert.equal(await page.locator(".mc-missing").count(), m.all.missing);
  const button = page.locator(".parts button", { hasText: "Remind" }).last();
  await button.click();
  await page.locator("[role=status]", { hasText: "1 reminder was sent" }).waitFor();
  await page.locator(".parts button", { hasText: "Remind" }).last().click();
  await page.locator("[role=status]", { hasText: /\b0 reminders/ }).waitFor();
  await context.close();
}

/** A changed template is the next version, and the first stays in the list of versions. */
export async function aTemplateHasVersions(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/en/templates?template=medicines-quarterly");
  await page.locator(".card-head button").click();
  await page.locator("input[type=number]").first().fill("25");
  await page.locator("button[type=submit]").click();
  await page.locator(".tpl-versions li").nth(1).waitFor();
  assert.match(await page.locator(".tpl-versions").innerText(), /version 2[\s\S]*25 days[\s\S]*version 1[\s\S]*20 days/);
  await context.close();
}

/** A draft is saved once for a change, not over and over. */
export async function aReportIsSavedOnce(browser) {
  const { context, page } = await open(browser);
  const report = await fresh();
  await visit(page, `/en/entry/${report}`);
  let saves = 0;
  page.on("request", (r) => {
    if (r.method() === "PUT") saves++;
  });
  await field(page, "departments").pressSequentially("12", { delay: 30 });
  await said(page, /draft saved/);
  await page.waitForTimeout(2500);
  assert.equal(saves, 1);
  assert.equal((await stored(report)).version, 1);
  await context.close();
}
