// Observed times of travel beside computed ones: the published ones first, then
// a table with faults, then a good one, its advice, and the way to the answer.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { base, open, settled, visit } from "./browser.mjs";
import { cutOff, violations } from "./checks.mjs";

const head = "from,to,minutes,season,vehicle,source\n";

/** Six journeys that take half as long again as computed in winter. */
function slowWinter() {
  return head + [480, 486, 492, 498, 504, 510].map((m) => `Қарағанды,Балхаш,${m},winter,car,invented`).join("\n");
}

export async function observedTimesStandBesideComputedOnes(browser) {
  const { context, page, complaints } = await open(browser, { bypassCSP: true });
  try {
    // The published ones are there at once, with their documents.
    await visit(page, "/ru/access/validation");
    await page.locator("#result .val-sentence").waitFor();
    assert.match(await page.locator("#result").innerText(), /из 1?\d поездок \d+ лежат в пределах допущений/);
    assert.ok((await page.locator("#journeys tbody tr").count()) >= 10);
    assert.ok((await page.locator("#journeys a[href*='/documents/']").count()) >= 10);
    await page.locator(".val-chart .chart svg").waitFor();

    // A table with faults: each with its cell and the remedy, nothing is compared.
    const paste = page.locator("textarea");
    await paste.fill(`${head}Карасу,Балхаш,300,winter,car,invented\nКараганда,Балхаш,2:30,winter,car,\n`);
    await page.getByRole("button", { name: "Сравнить", exact: true }).click();
    await page.locator("#problems").waitFor();
    const faults = await page.locator("#problems").innerText();
    for (const cell of ["A2", "C3", "F3"]) assert.ok(faults.includes(cell), cell);
    assert.match(faults, /несколько мест.*GN\d+/s);
    assert.equal(await page.locator("#journeys").count(), 0);
    assert.deepEqual(await violations(page), []);

    // A good one: the sentence, the group, the advice.
    await paste.fill(slowWinter());
    await page.getByRole("button", { name: "Сравнить", exact: true }).click();
    await page.locator("#advice li").waitFor();
    const advice = await page.locator("#advice li").innerText();
    assert.match(advice, /главные дороги, зима/i);
    assert.match(advice, /speed_main \d+ вместо 70/);
    assert.match(await page.locator("#result").innerText(), /короче наблюдённого/);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await cutOff(page), []);

    // The comparison as a file, which can be sent again.
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#result .downloads button").first().click()]);
    const text = readFileSync(await file.path(), "utf8");
    assert.equal(text.trim().split("\n").length, 7);
    assert.match(text, /computed_minutes/);

    // With the advised speed the error is gone, and the link leads to the answer with it.
    const link = await page.locator("#advice a").getAttribute("href");
    assert.match(link, /\/ru\/access\?.*set=speed_main/);
    assert.match(link, /season=winter/);
    await page.locator("#advice button").click();
    await page.waitForURL("**set=speed_main**");
    await page.locator("#result .tag-wait").waitFor();
    await page.locator("#advice li").waitFor({ state: "detached" });
    await page.goto(base + link);
    await settled(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

/** A file from a phone, in Kazakh and in the dark. */
export async function observedTimesComeFromAPhone(browser) {
  const { context, page, complaints } = await open(browser, { size: "phone", theme: "dark", bypassCSP: true });
  try {
    await visit(page, "/kk/access/validation");
    await page.locator("input[type=file]").setInputFiles({ name: "сапар.csv", mimeType: "text/csv", buffer: Buffer.from(slowWinter()) });
    await page.locator("#advice li").waitFor();
    assert.match(await page.locator("#result h2").innerText(), /сапар\.csv/);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await cutOff(page), []);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}
