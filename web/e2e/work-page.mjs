// A work from its record to a visit: two people who edit it, an engineer who
// stands on the site without a connection, and what everybody sees of it. It
// needs a program of its own with accounts.
import assert from "node:assert/strict";
import { settled, sizes } from "./browser.mjs";
import { clean, photo, shot, signedIn } from "./people.mjs";
import { serve } from "./server.mjs";

const langs = ["kk", "ru", "en"];
const id = "e2e-hub";
const secret = "қойма қабырғасы жарылған";

const record = {
  id, level: "project", kind: "reconstruction", condition: "active", title: { kk: "Ауданаралық хаб, Балқаш", ru: "Межрайонный хаб, Балхаш", en: "Inter-district hub, Balkhash" }, place: "351600000", facility: "F025", office: "akimat-35",
  text: { kk: "Аурухана базасында ангиография операциялығы мен қабылдау-диагностика бөлімшесі.", ru: "Ангиографическая операционная и приёмно-диагностическое отделение на базе больницы.", en: "An angiography theatre and an admission and diagnostic unit at the hospital." },
  promises: ["C7p"], yields: [{ item: "theatres", service: "angiography", count: 1, source: "akimat-35" }, { item: "beds", count: null, source: "akimat-35" }], parties: [{ role: "contractor", name: { kk: "«Құрылыс» ЖШС", ru: "ТОО «Курылыс»", en: "Kurylys LLP" }, register: "KZ-BIN-000000000001" }],
  assumed: ["жоспардың күндері", "сроки этапов"], synthetic: true,
  baselines: [
    { no: 1, on: "2025-01-10", source: "akimat-35", cost: 1270000000, terms: [{ stage: "repair", start: "2025-02-01", finish: "2025-08-31" }, { stage: "interior", start: "2025-06-01", finish: "2025-11-30" }, { stage: "equipment", start: "2025-10-01", finish: "2025-12-31" }] },
    { no: 2, on: "2025-11-01", source: "akimat-35", reason: "Жабдық кеш келді", cost: 1270000000, terms: [{ stage: "repair", start: "2025-02-01", finish: "2025-10-31" }, { stage: "interior", start: "2025-06-01", finish: "2026-03-31" }, { stage: "equipment", start: "2026-01-01", finish: "2026-09-30" }] },
  ],
};
const lines = [
  { kind: "price", on: "2025-01-10", price: { amount: 1270000000, vat: "included" } },
  { kind: "money", on: "2025-01-20", key: "1", money: { kind: "approved", amount: 1000000000, qualifier: ">", year: 2025 } },
  { kind: "money", on: "2025-04-20", key: "2", money: { kind: "transferred", amount: 600000000, year: 2025 } },
  { kind: "money", on: "2025-06-20", key: "3", money: { kind: "advance", amount: 180000000.55, year: 2025 } },
  { kind: "money", on: "2025-09-20", key: "4", money: { kind: "paid", amount: 500000000, year: 2025 } },
  { kind: "money", on: "2025-10-20", key: "5", money: { kind: "accepted", amount: 400000000, year: 2025 } },
  { kind: "status", on: "2025-06-30", status: { percent: 45 } },
  { kind: "status", on: "2025-12-22", status: { percent: 96 }, remark: secret },
  { kind: "status", on: "2025-11-30", status: { stage: "repair", percent: 100, finished: "2025-11-25" } },
  { kind: "status", on: "2025-12-22", status: { stage: "interior", percent: 90 } },
  { kind: "step", on: "2026-01-15", step: "built" },
  { kind: "deadline", on: "2026-02-01", deadline: "2026-06-30", reason: "Жабдық жеткізілмеді" },
];

/** Asks the API as the one who is signed in on that page. */
async function send({ page }, method, path, body) {
  const [status, text] = await page.evaluate(async ([p, o]) => {
    const r = await fetch(`/api${p}`, o);
    return [r.status, await r.text()];
  }, [path, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }]);
  assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
  return JSON.parse(text);
}

let shared;
/** One program with one work and its people for all tests of this file. */
async function scene(browser) {
  shared ??= (async () => {
    const server = await serve();
    if (!server.own) return { server };
    process.on("exit", server.stop);
    const office = ["--office", "akimat-35", "--home", "KZ-35"];
    const officer = await signedIn(browser, server, "gulnar@example.kz", "desktop", ["--name", "Гүлнар", ...office, "--role", "works_officer@KZ-35"]);
    const engineer = await signedIn(browser, server, "erlan@example.kz", "narrow", ["--name", "Ерлан", ...office, "--role", "contributor@KZ-35"]);
    await send(officer, "PUT", `/works/${id}`, { version: 0, ...record });
    await send(officer, "POST", `/works/${id}/lines`, { lines });
    const anybody = await browser.newContext({ reducedMotion: "reduce", bypassCSP: true });
    const reader = { page: await anybody.newPage(), go: async (path) => { await reader.page.goto(server.url + path); await settled(reader.page); } };
    return { server, officer, engineer, reader };
  })();
  return shared;
}

const alone = "left out: it needs a program of its own, SHANYRAQ_BIN";

/** On the site without a connection: photo, percentage, remark; closed, opened again, sent once. */
export async function aSiteIsVisitedWithoutAConnection(browser) {
  const { server, engineer, officer } = await scene(browser);
  if (!server.own) return alone;
  const { page, go } = engineer;
  const context = page.context();
  await go(`/kk/works/${id}/visit`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => caches.open("shanyraq-1").then(async (c) => (await c.keys()).filter((k) => new URL(k.url).pathname.startsWith("/assets/")).length > 5));
  const picture = await photo(page, "#27653a");
  await context.setOffline(true);
  await page.reload();
  await settled(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, "nothing is wider than the phone");
  await page.locator("input[data-files]").setInputFiles([{ name: "1.jpg", mimeType: "image/jpeg", buffer: picture }]);
  const percent = page.locator('.visit-percent input[inputmode="decimal"]');
  await percent.fill("95");
  await page.locator("textarea").first().fill("");
  await page.locator(".visit-send").click();
  assert.match(await page.locator(".wrong").first().innerText(), /төмендеді/, "a lower percentage asks for its reason");
  await shot(page, "visit-kk-narrow");
  await percent.fill("97,5");
  await page.locator("textarea").last().fill(secret);
  for (const b of await page.locator(".visit button, .visit .input").all()) assert.ok((await b.boundingBox()).height >= 44, "targets are large");
  await page.locator(".visit-send").click();
  await page.locator('.wait-item[data-state="waiting"]').waitFor();
  await shot(page, "visit-waiting-kk-narrow");
  await page.reload();
  await page.locator('.wait-item[data-state="waiting"]').waitFor();
  const before = (await send(officer, "GET", `/works/${id}`)).lines.length;
  let posts = 0;
  page.on("request", (r) => r.method() === "POST" && r.url().endsWith("/lines") && posts++);
  await context.setOffline(false);
  await page.waitForFunction(() => !document.querySelector(".wait-item"), null, { timeout: 60_000 });
  const now = await send(officer, "GET", `/works/${id}`);
  assert.equal(now.lines.length, before + 1, "sent once");
  assert.ok(posts >= 1);
  const visit = now.lines.find((l) => l.kind === "visit");
  assert.equal(visit.status.percent, 97.5);
  assert.equal(visit.remark, secret);
  assert.equal(visit.files.length, 1);
  const again = await send(officer, "POST", `/works/${id}/lines`, { lines: [{ kind: "visit", on: visit.on, key: visit.key, remark: secret, files: visit.files, status: { percent: 97.5, qualifier: "=" } }] });
  assert.equal(again.lines.length, before + 1, "the same visit again is the same line");
  assert.equal(now.row.doubt, null, "a photo is evidence");
}

/** Two people edit the record: nothing of either is lost, and each field can be taken over. */
export async function twoEditOneWork(browser) {
  const { server, officer } = await scene(browser);
  if (!server.own) return alone;
  const { page, go } = officer;
  await page.setViewportSize(sizes.desktop);
  await go(`/en/works/${id}/edit`);
  const title = page.getByLabel("Title, in English");
  await title.waitFor();
  const now = await send(officer, "GET", `/works/${id}`);
  await send(officer, "PUT", `/works/${id}`, { version: now.version, ...now.record, title: { ...now.record.title, en: "Theirs" }, units: 3 });
  await title.fill("Mine");
  await page.waitForTimeout(300);
  await page.reload();
  await settled(page);
  assert.equal(await title.inputValue(), "Mine", "what was typed is kept in the browser");
  await page.locator('.work-form button[type="submit"]').click();
  const conflict = page.locator(".conflict");
  await conflict.waitFor();
  const text = await conflict.innerText();
  assert.match(text, /Mine/);
  assert.match(text, /Theirs/);
  await shot(page, "work-conflict-en");
  await conflict.locator(".button-main").click();
  await page.waitForURL(`**/en/works/${id}`);
  const after = await send(officer, "GET", `/works/${id}`);
  assert.equal(after.record.title.en, "Mine");
  assert.equal(after.record.units, 3, "what only the other changed is theirs");
  await send(officer, "PUT", `/works/${id}`, { version: after.version, ...after.record, title: record.title, units: undefined });
}

/** An officer adds a step and takes a line back through the page. */
export async function aLineIsSaidAndTakenBack(browser) {
  const { server, officer } = await scene(browser);
  if (!server.own) return alone;
  const { page, go } = officer;
  await page.setViewportSize(sizes.desktop);
  await go(`/en/works/${id}`);
  await page.getByRole("button", { name: "Step", exact: true }).click();
  await page.locator(".dialog select").first().selectOption("accepted");
  await page.locator('.dialog button[type="submit"]').click();
  await page.waitForFunction(() => document.querySelectorAll(".chain-done").length === 2);
  await page.getByRole("button", { name: "Report progress" }).click();
  await page.locator('.dialog input[inputmode="decimal"]').fill("50");
  await page.locator('.dialog button[type="submit"]').click();
  assert.match(await page.locator(".dialog .wrong").first().innerText(), /falls/);
  await clean(page, "the form with a mistake");
  await shot(page, "work-dialog-en");
  await page.keyboard.press("Escape");
  await page.locator(".line-of-step .line-withdraw").first().click();
  await page.locator(".dialog textarea").fill("The act was of another building.");
  await page.locator('.dialog button[type="submit"]').click();
  await page.waitForFunction(() => document.querySelectorAll(".chain-done").length === 1);
  assert.match(await page.locator(".line s").first().innerText(), /Accepted/);
}

/** Everybody sees the work and its photo, and nothing that is not for them. */
export async function everybodySeesNoRemark(browser) {
  const { server, reader } = await scene(browser);
  if (!server.own) return alone;
  await reader.go(`/kk/works/${id}`);
  const text = await reader.page.evaluate(() => document.body.innerText);
  assert.ok(!text.includes(secret), "no remark");
  assert.equal(await reader.page.locator(".work-acts, .line-withdraw").count(), 0, "nothing to press");
  const raw = await (await fetch(`${server.url}/api/works/${id}`)).text();
  for (const bad of [secret, '"u_', "Ерлан"]) assert.ok(!raw.includes(bad), `the API tells everybody ${bad}`);
  await reader.page.locator(".by-line").first().click();
  await reader.page.locator('[role="dialog"]').waitFor();
}

/** The pages of a work in three languages, two sizes and both themes. */
export async function everyPageOfAWorkLooksRight(browser) {
  const { server, officer, reader } = await scene(browser);
  if (!server.own) return alone;
  const paths = { page: `/works/${id}`, edit: `/works/${id}/edit`, visit: `/works/${id}/visit`, new: "/works/new" };
  const wrong = [];
  let n = 0;
  for (const [who, names] of [[officer, Object.keys(paths)], [reader, ["page"]]]) {
    for (const size of ["desktop", "narrow"]) {
      await who.page.setViewportSize(sizes[size]);
      for (const lang of langs) {
        for (const name of names) {
          for (const theme of ["light", "dark"]) {
            await who.page.emulateMedia({ colorScheme: theme });
            if (theme === "light") await who.go(`/${lang}${paths[name]}`);
            else await who.page.waitForTimeout(150);
            await clean(who.page, `${name} ${lang} ${size} ${theme}`).catch((e) => wrong.push(String(e.message).slice(0, 400)));
            await shot(who.page, `work-${who === reader ? "public" : "officer"}-${name}-${lang}-${size}-${theme}`);
            n++;
          }
          await who.page.emulateMedia({ colorScheme: "light" });
        }
      }
    }
  }
  if (wrong.length > 0) throw new Error(`${wrong.length} things are wrong\n${wrong.slice(0, 12).join("\n")}`);
  return `${n} views`;
}
