// The Balkhash thread among people, as docs/guide/walkthrough.md tells it: the
// ministry asks about the hub, the region answers from a phone with a photo,
// the region and the ministry approve, and everybody's board knows it within a
// second. An auditor checks every step.
import assert from "node:assert/strict";
import { settled } from "./browser.mjs";
import { clean, photo, shot, signedIn } from "./people.mjs";
import { onOwnServer } from "./server.mjs";

const langs = ["kk", "ru", "en"];
const hub = "C7p";
const oneSecond = 1000;

export async function theHubFromTheQuestionToTheBoard(browser) {
  return onOwnServer((server) => walk(browser, server));
}

async function walk(browser, server) {
  const read = async (path) => (await fetch(`${server.url}/api${path}`)).json();
  const planner = await signedIn(browser, server, "dana@example.kz", "desktop", ["--name", "Dana", "--office", "moh", "--role", "planner@KZ", "--home", "KZ"]);
  const reporter = await signedIn(browser, server, "asan@example.kz", "phone", ["--name", "Asan", "--office", "akimat-35", "--role", "contributor@KZ-35", "--home", "KZ-35"]);
  const region = await signedIn(browser, server, "bota@example.kz", "phone", ["--name", "Bota", "--office", "akimat-35", "--role", "approver@KZ-35", "--home", "KZ-35"]);
  const ministry = await signedIn(browser, server, "erlan@example.kz", "desktop", ["--name", "Erlan", "--office", "moh", "--role", "approver@KZ", "--home", "KZ"]);
  const auditor = await signedIn(browser, server, "gaukhar@example.kz", "desktop", ["--name", "Gaukhar", "--role", "controller@KZ", "--home", "KZ"]);
  assert.equal((await read(`/promises/${hub}`)).promise.due, "overdue");

  // The ministry asks.
  await planner.go(`/kk/promises/${hub}`);
  await planner.page.locator("#ask button").first().click();
  await planner.page.getByRole("dialog").locator('button[type="submit"]').click();
  await planner.page.waitForURL("**/kk/asks/*");
  const ask = new URL(planner.page.url()).pathname.split("/").at(-1);

  // The region answers from a phone: open, with a photo.
  const phone = reporter.page;
  await reporter.go(`/ru/asks/${ask}`);
  const form = phone.locator("form.answer-form");
  await form.locator("fieldset input[inputmode=decimal]").first().fill("1");
  await form.locator('textarea[lang="ru"]').fill("Хаб принял первого пациента 20 ноября.");
  await form.locator("input[data-files]").setInputFiles({ name: "хаб.jpg", mimeType: "image/jpeg", buffer: await photo(phone, "#27653a") });
  await form.locator('button[type="submit"]').click();
  await phone.getByText(/ждёт утверждения/).first().waitFor();
  await shot(phone, "thread-answered");

  // Nobody outside sees it, and the one who wrote it may not approve it.
  const cookie = (await reporter.context.cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
  const mine = await (await fetch(`${server.url}/api/submissions?view=mine`, { headers: { cookie } })).json();
  const { id } = mine.items[0];
  assert.equal((await fetch(`${server.url}/api/submissions/${id}`)).status, 401);
  assert.equal((await read(`/promises/${hub}`)).promise.due, "overdue", "nothing is public before it is approved");

  // Level by level, the last one publishes.
  for (const who of [region, ministry]) {
    await who.go(`/ru/submissions/${id}`);
    await clean(who.page, "a submission that waits");
    await shot(who.page, `thread-submission-${who === region ? "phone" : "desktop"}`);
    const sub = await (await fetch(`${server.url}/api/submissions/${id}`, { headers: { cookie: (await who.context.cookies()).map((c) => `${c.name}=${c.value}`).join("; ") } })).json();
    if (sub.state === "approved") break;
    if (!sub.may.includes("approve")) continue;
    await who.page.getByRole("button", { name: "Утвердить" }).click();
    await who.page.getByText("Утверждено").first().waitFor();
  }
  await ministry.go(`/ru/submissions/${id}`);
  const pressed = Date.now();
  await ministry.page.getByRole("button", { name: "Опубликовать" }).click();
  let now = await read(`/promises/${hub}`);
  while (now.promise.due !== "done" && Date.now() - pressed < 10 * oneSecond) {
    await new Promise((done) => setTimeout(done, 20));
    now = await read(`/promises/${hub}`);
  }
  const took = Date.now() - pressed;
  assert.equal(now.promise.due, "done");
  assert.ok(took < oneSecond, `the board of everybody changed after ${took} ms`);
  await ministry.page.getByText("Опубликовано").first().waitFor();

  // Everybody sees it, in every language and on a phone: the words of the
  // region beside the figure, the photo without the notes of the camera.
  const anybody = await browser.newContext({ viewport: { width: 360, height: 740 }, reducedMotion: "reduce", bypassCSP: true });
  const reader = await anybody.newPage();
  for (const lang of langs) {
    await reader.goto(`${server.url}/${lang}/promises/${hub}`);
    await settled(reader);
    assert.match(await reader.locator("main").innerText(), /Хаб принял первого пациента 20 ноября/);
    await clean(reader, `the promise in ${lang}`);
    await shot(reader, `thread-public-${lang}`);
  }
  await anybody.close();
  const why = await read(`/figures/${now.promise.delivered.figure}/why`);
  assert.equal((why.said ? why : why.computed.inputs[0]).figure.source, "akimat-35");

  // The auditor finds every step, and no name.
  await auditor.go("/en/journal");
  await shot(auditor.page, "thread-journal");
  const journal = await auditor.page.locator("main").innerText();
  assert.match(journal, /akimat-35|submission|publish/i);
  assert.doesNotMatch(journal, /Dana|Asan|example\.kz/);
  assert.match(server.run("journal", "verify"), /\d/);
  assert.deepEqual([planner, reporter, region, ministry, auditor].flatMap((x) => x.complaints), []);
  for (const x of [planner, reporter, region, ministry, auditor]) await x.context.close();
  return `the board of everybody changed ${took} ms after the last signature`;
}
