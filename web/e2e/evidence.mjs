// Evidence: a photo with place and time is attached from a phone, published,
// seen in a gallery and on a map in three languages, and taken away again.
import assert from "node:assert/strict";
import { api, open, visit } from "./browser.mjs";
import { cutOff, violations } from "./checks.mjs";
import { photo } from "./people.mjs";

const promise = "B1d"; // in the Karaganda region

export async function aPhotoBecomesEvidence(browser) {
  const { context, page, complaints } = await open(browser, { size: "narrow", bypassCSP: true });
  await visit(page, `/ru/promises/${promise}`);
  await page.locator("#files .attach summary").click();
  const first = await photo(page, "#27653a");
  const second = await photo(page, "#7a2f62");
  await page.locator("#files input[data-files]").setInputFiles([
    { name: "стройка.jpg", mimeType: "image/jpeg", buffer: first },
    { name: "кровля.jpg", mimeType: "image/jpeg", buffer: second },
    { name: "страница.html", mimeType: "text/html", buffer: Buffer.from("<script>alert(1)</script>") },
  ]);
  await page.waitForFunction(() => document.querySelectorAll(".picker-item").length === 2 && !document.querySelector(".picker-item progress"));
  assert.match(await page.locator(".picker-note").innerText(), /страница\.html/);
  await page.locator("#files .attach .button-main").click();
  await page.waitForFunction(() => document.querySelectorAll("#files .file img").length === 2);
  const list = (await api(`/files?about=${promise}`)).items;
  assert.deepEqual(list.map((f) => [f.public, f.point?.lat, f.taken_at?.local, f.flags.length]), [[true, 49, "2026-11-20T14:05:09", 0], [true, 49, "2026-11-20T14:05:09", 0]]);
  assert.deepEqual(complaints, []);
  await context.close();
}

export async function evidenceIsSeenInThreeLanguages(browser) {
  const { context, page, complaints } = await open(browser, { size: "narrow", bypassCSP: true });
  for (const path of [`promises/${promise}`, "places/KZ-35"]) {
    for (const lang of ["kk", "ru", "en"]) {
      await visit(page, `/${lang}/${path}`);
      await page.locator("#files .file-map a").first().waitFor();
      assert.equal(await page.locator("#files .file img").count(), 2, `${lang} ${path}`);
      for (const alt of await page.locator("#files .file img").evaluateAll((all) => all.map((i) => i.alt))) assert.match(alt, /.{12,}/);
      assert.equal(await page.locator("#files .file-map a").count(), 2, "two dots on the map");
      assert.deepEqual(await violations(page), [], `${lang} ${path}`);
      assert.deepEqual(await cutOff(page), [], `${lang} ${path}`);
    }
  }
  assert.deepEqual(complaints, []);
  await context.close();
}

/** A figure bears its act: everybody finds it, and only a page that may publishes. */
export async function evidenceLiesBesideAFigure(browser) {
  const { context, page, complaints } = await open(browser, { size: "narrow", bypassCSP: true });
  const figure = (await api(`/promises/${promise}`)).promise.target.figure;
  await visit(page, `/en/figures/${figure}`);
  await page.locator("#files .attach summary").click();
  await page.locator("#files input[data-files]").setInputFiles([{ name: "act.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n") }]);
  await page.waitForFunction(() => document.querySelector(".picker-item")?.innerText.includes("Sent"));
  await page.locator("#files .attach .button-main").click();
  await page.locator("#files .file").waitFor();
  const [f] = (await api(`/files?about=${figure}`)).items;
  assert.deepEqual([f.name, f.kind, f.public, f.thumb], ["act.pdf", "other", true, false]);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await cutOff(page), []);
  assert.deepEqual(complaints, []);
  await context.close();
}

/** Large by keyboard: arrows go on, Escape closes, and the focus is where it was. */
export async function evidenceIsLookedAtByKeyboard(browser) {
  const { context, page, complaints } = await open(browser, { bypassCSP: true });
  await visit(page, `/en/promises/${promise}`);
  const face = page.locator("#files .file-face").first();
  await face.focus();
  await page.keyboard.press("Enter");
  const box = page.locator("dialog.lightbox[open]");
  await box.waitFor();
  assert.match(await box.innerText(), /1 of 2/);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector("dialog.lightbox").innerText.includes("2 of 2"));
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector("dialog.lightbox").innerText.includes("1 of 2"));
  assert.match(await box.innerText(), /20\sNovember\s2026, 14:05/);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("dialog.lightbox"));
  assert.ok(await face.evaluate((e) => e === document.activeElement), "the focus comes back");
  assert.deepEqual(complaints, []);
  await context.close();
}

/** A file that was taken away is gone from the page, with its reason in the ledger. */
export async function evidenceIsTakenAway(browser) {
  const { context, page, complaints } = await open(browser, {});
  await visit(page, `/kk/promises/${promise}`);
  await page.locator("#files .file-face").first().click();
  const box = page.locator("dialog.lightbox[open]");
  await box.locator("details", { hasText: "Алып тастау" }).locator("summary").click();
  const form = box.locator("details[open] form");
  await form.locator("input").fill("Басқа нысан");
  await form.locator("button").click();
  await page.waitForFunction(() => document.querySelectorAll("#files .file .tag").length > 0);
  const list = (await api(`/files?about=${promise}`)).items;
  assert.equal(list.filter((f) => f.public).length, 1);
  assert.deepEqual(complaints, []);
  await context.close();
}
