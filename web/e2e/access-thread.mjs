// The Balkhash thread of access: the promise of the hub says what it changes,
// the answer opens leg by leg, and with the first patient the answer of
// everybody changes without any switch.
import assert from "node:assert/strict";
import { clean, shot, signedIn } from "./people.mjs";
import { onOwnServer } from "./server.mjs";

const hub = "balkhash-interdistrict-hub";
const town = "GN1525798";
const steps = ["built", "accepted", "licensed", "equipped", "staffed", "first_patient"];

export async function theHubComesInsideTheHour(browser) {
  return onOwnServer((server) => walk(browser, server));
}

async function walk(browser, server) {
  const read = async (path) => (await fetch(`${server.url}/api${path}`)).json();
  const officer = await signedIn(browser, server, "aliya@example.kz", "desktop", ["--name", "Aliya", "--office", "akimat-35", "--role", "works_officer@KZ-35", "--home", "KZ-35"]);
  const { page } = officer;

  // The promise tells minutes before and after and who comes inside.
  const brought = (await read("/access/brought?promise=C7p")).items[0];
  assert.equal(brought.question.service, "infarction");
  assert.ok(brought.gained > 70_000 && brought.facilities[0].before_minutes > 240 && brought.facilities[0].after_minutes <= 60);
  await officer.go("/ru/promises/C7p");
  const panel = page.locator("#brings");
  await panel.waitFor();
  assert.match(await panel.innerText(), new RegExp(`${Math.round(brought.facilities[0].before_minutes)} → ${Math.round(brought.facilities[0].after_minutes)}`));
  await clean(page, "the promise with what it changes");

  // From there to the legs of the town, today and with the hub.
  await panel.locator(`a[href*="/access/places/${town}"]`).first().click();
  await page.waitForURL(`**/ru/access/places/${town}?**on=F025**`);
  await page.locator("#legs svg[role=img]").waitFor();
  await clean(page, "the legs of Balkhash");
  await shot(page, "access-thread-legs");
  await officer.go(`/kk/access/places/${town}?show=table`);
  assert.match(await page.locator("#legs table").innerText(), /ауруханаға жеткізу/);
  await clean(page, "the legs as a table");

  // Step by step; the answer does not move before the last one.
  const before = await read(`/access/places/${town}`);
  assert.equal(before.row.inside, false);
  for (const [i, s] of steps.entries()) {
    assert.equal((await read(`/access/places/${town}`)).row.inside, false, `${s} is still to come`);
    const status = await page.evaluate(async ([id, step, on]) => (await fetch(`/api/works/${id}/lines`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ lines: [{ kind: "step", on, step }] }) })).status, [hub, s, `2026-11-0${i + 1}`]);
    assert.equal(status, 200, s);
  }
  const pressed = Date.now();
  const after = await read(`/access/places/${town}`);
  const took = Date.now() - pressed;
  assert.equal(after.row.inside, true);
  assert.deepEqual([after.row.hub.facility, after.row.hub.basis], ["F025", "stated"]);
  await officer.go(`/en/access/places/${town}`);
  assert.match(await page.locator("#facility").innerText(), /said to be open[\s\S]*Page of the work/);
  await clean(page, "Balkhash inside the hour");
  await shot(page, "access-thread-open");
  await officer.go(`/ru/works/${hub}`);
  await page.locator("#brings").waitFor();
  assert.match(await page.locator("#brings").innerText(), /Открыто/);
  assert.deepEqual(officer.complaints, []);
  await officer.context.close();
  return `the answer came ${took} ms after the first patient`;
}
