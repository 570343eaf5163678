// Who reaches care: the promised hub switched on, the question turned, a new
// facility by its position, a site that would help, and the same as a table.
import assert from "node:assert/strict";
import { api, base, open, scrollThrough, settled, visit } from "./browser.mjs";

const plain = (s) => s.replaceAll(/[\s\u00a0]+/g, " ").trim();
const sentence = async (page) => plain(await page.locator(".acc-sentence").innerText());
const number = (n) => (n < 10_000 ? String(n) : n.toLocaleString("en-US"));

/** Waits until the sentence is another one. */
async function answered(page, was) {
  await page.waitForFunction((old) => document.querySelector(".acc-sentence")?.textContent.replaceAll(/[\s\u00a0]+/g, " ").trim() !== old, was);
  await settled(page);
  return sentence(page);
}

export async function theGoldenHourIsAskedInMinutes(browser) {
  const { context, page, complaints } = await open(browser);
  const now = await api("/access");
  const hub = now.promised[0];
  assert.ok(hub, "the demo country promises a hub");
  await visit(page, "/en");
  await page.locator(".top-nav a", { hasText: "Access" }).click();
  await page.locator(".acc-sentence").waitFor();
  await settled(page);
  const first = await sentence(page);
  assert.match(first, /^In summer by road .* within 60 minutes of the call\.$/);
  assert.equal(await page.locator(".acc-doubt").count(), now.whole.inside_on_presumed > 0 ? 1 : 0, "the assumed share stands beside the answer");
  assert.ok((await page.locator(".acc-doubt").boundingBox()).y < 600, "without scrolling");

  // The promised hub alone.
  await page.locator(".acc-switches fieldset label", { hasText: hub.name.en }).locator("input").check();
  await page.locator(".acc-change").waitFor();
  const code = hub.facility ?? hub.place;
  assert.match(page.url(), new RegExp(`on=${code}`));
  const then = await api(`/access?on=${code}`);
  await page.waitForFunction((n) => document.querySelector(".acc-change")?.textContent.includes(n), number(then.difference.gained));
  assert.match(plain(await page.locator(".acc-change").innerText()), new RegExp(`With: ${hub.name.en}\\. \\+${number(then.difference.gained)} people come inside`));

  // Winter, and back by the address.
  const was = await sentence(page);
  await page.getByRole("button", { name: "Winter", exact: true }).click();
  const winter = await answered(page, was);
  assert.match(winter, /^In winter/);
  assert.match(page.url(), /season=winter/);
  await page.goBack();
  assert.match(await answered(page, winter), /^In summer/);

  // The slider by keyboard; the address follows.
  const slider = page.getByRole("slider");
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(/limit=70/);
  assert.match(await answered(page, was), /within 70 minutes of the call/);
  await page.getByRole("button", { name: "Back to the norm" }).click();
  await page.waitForFunction(() => !window.location.search.includes("limit="));

  await page.getByRole("button", { name: "Take all switches back" }).click();
  await page.locator(".acc-change").waitFor({ state: "detached" });
  assert.equal(await sentence(page), first);
  assert.deepEqual(complaints, []);
  await context.close();
  return first;
}

export async function aFacilityIsAddedAndASiteIsTried(browser) {
  const { context, page, complaints } = await open(browser);
  await visit(page, "/en/access");
  await page.locator(".map-field canvas").waitFor();
  const field = page.getByLabel("Add a facility at a point");
  await field.fill("46,85; 74,99");
  await page.keyboard.press("Enter");
  await page.locator("#acc-add-bad").waitFor();
  await field.fill("46.85, 74.99");
  await page.keyboard.press("Enter");
  await page.waitForURL(/add=46\.85%2C74\.99/);
  await page.locator(".acc-change", { hasText: "1 new facility" }).waitFor();
  const added = await api("/access?add=46.85,74.99");
  assert.ok(plain(await page.locator(".acc-change").innerText()).includes(`+${number(added.difference.gained)} people`));
  await page.locator("#hubs").scrollIntoViewIfNeeded();
  await page.locator("#hubs").getByRole("button", { name: "Remove" }).click();
  await page.waitForFunction(() => !window.location.search.includes("add="));

  // A place by its name opens beside its point, and leads to its legs.
  const find = page.getByRole("combobox", { name: "Find a place" });
  await find.click();
  await find.fill("balkh");
  await page.locator('.acc-tools [role="option"]').first().waitFor();
  await find.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.locator(".acc-minutes").waitFor();
  assert.match(await dialog.getByRole("link", { name: "Leg by leg" }).getAttribute("href"), /\/en\/access\/places\/GN/);
  await page.keyboard.press("Escape");

  await page.locator("#candidates").scrollIntoViewIfNeeded();
  const best = (await api("/access/candidates")).items[0];
  await page.locator("#candidates tbody tr").first().waitFor();
  assert.ok(plain(await page.locator("#candidates tbody tr").first().innerText()).includes(`+${number(best.gained)}`));
  await page.locator("#candidates").getByRole("button", { name: `Try it: ${best.place.name.en}` }).click();
  await page.waitForURL(new RegExp(`on=${best.place.id}`));
  await page.locator(".acc-change", { hasText: `+${number(best.gained)} people` }).waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
}

export async function theSameAnswerStandsInTables(browser) {
  const { context, page, complaints } = await open(browser);
  await visit(page, "/en/access?on=F025");
  const p = await api("/access?on=F025");
  assert.equal(await page.locator("#regions tbody tr").count(), p.regions.length + 1);
  await page.locator("#regions").getByRole("button", { name: "Rural", exact: true }).click();
  await page.waitForURL(/sort=rural/);
  const csv = await page.request.get(base + (await page.locator('#regions a[href*=".csv"]').getAttribute("href")));
  assert.equal(csv.status(), 200);
  assert.equal((await csv.text()).trim().split("\n").length, p.regions.length + 2, "a head, the whole and the regions");
  await page.locator("#regions").getByRole("button", { name: "Karaganda Region" }).click();
  await page.waitForURL(/place=KZ-35/);
  await page.locator("#places tbody tr").first().waitFor();
  assert.match(await sentence(page), /^Karaganda Region: /);
  const rows = await api("/access/places?on=F025&inside=no&place=KZ-35&rows=1");
  await page.waitForFunction((n) => document.querySelector("#places .acc-hint")?.textContent.includes(n), number(rows.count));
  // Spelling with the letters of Kazakh.
  await page.locator("#places").getByRole("searchbox").fill("Қарқаралы");
  await page.locator("#places tbody tr", { hasText: /karkaraly/i }).first().waitFor();
  for (const part of ["#regions", "#places", "#map"]) {
    const r = await page.request.get(base + (await page.locator(`${part} a[href*=".xlsx"]`).first().getAttribute("href")));
    assert.equal(r.status(), 200, part);
  }
  await page.locator("#map").getByRole("button", { name: "Table" }).click();
  await page.locator("#map tbody tr").first().waitFor();
  await page.locator("#map").getByRole("button", { name: "Map", exact: true }).click();
  await page.locator(".map-field canvas").waitFor();
  await settled(page);
  const [png] = await Promise.all([page.waitForEvent("download"), page.locator("#map .downloads button").click()]);
  assert.match(png.suggestedFilename(), /access-map\.png$/);
  assert.deepEqual(complaints, []);
  await context.close();
}

/** A number of the computation is changed in place, and a click on empty ground offers a facility. */
export async function numbersAreChangedInPlace(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/en/access");
  await scrollThrough(page);
  const was = await sentence(page);
  const p = (await api("/access")).parameters.find((x) => x.code === "on_scene");
  const input = page.getByLabel(`${p.text.en}, min`);
  await input.fill("5");
  await input.press("Enter");
  await page.waitForURL(/set=on_scene%3A5/);
  await answered(page, was);
  await page.locator(".acc-parameters .tag", { hasText: "changed" }).waitFor();
  await page.locator("#decides").getByRole("button", { name: "Give all values back" }).click();
  await page.waitForFunction(() => !window.location.search.includes("set="));
  const canvas = page.locator(".map-field canvas");
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  await page.mouse.click(box.x + 4, box.y + box.height - 4);
  await page.getByRole("dialog").getByRole("button", { name: "Add a facility here" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await context.close();
}

export async function accessSpeaksThreeLanguagesOnAPhone(browser) {
  const { context, page, complaints } = await open(browser, { size: "phone" });
  for (const [lang, begins] of [["kk", /^Қыста автомобиль жолымен .* жетеді\.$/], ["ru", /^Зимой по дороге .* минут от вызова\.$/], ["en", /^In winter by road .* of the call\.$/]]) {
    await visit(page, `/${lang}/access?season=winter&promised=true`);
    assert.match(await sentence(page), begins);
    assert.equal(await page.locator(".acc-change").count(), 1);
    await page.locator(".map-field canvas").waitFor();
  }
  assert.deepEqual(complaints, []);
  await context.close();
}

export async function anAnswerEntersTheLedger(browser) {
  if (!(await api("/access")).may.includes("plan_access")) return "left out: nobody may plan here";
  const { context, page } = await open(browser);
  await visit(page, "/en/access?service=stroke&season=winter");
  await scrollThrough(page);
  await page.locator("#record").getByRole("button").click();
  await page.locator("#record [role=status] a").click();
  await page.waitForURL(/\/en\/figures\/f/);
  await settled(page);
  await visit(page, "/en/access?on=F025");
  await scrollThrough(page);
  assert.equal(await page.locator("#record").getByRole("button").isDisabled(), true, "what the reader switched is not recorded");
  await context.close();
}
