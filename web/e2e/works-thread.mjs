// The Balkhash thread of works: from the sentence of the document through
// capacity, money and 96 % to the opening chain, and from the first patient
// back to the board of everybody.
import assert from "node:assert/strict";
import { clean, shot, signedIn } from "./people.mjs";
import { onOwnServer } from "./server.mjs";

const hub = "balkhash-interdistrict-hub";
const steps = ["built", "accepted", "licensed", "equipped", "staffed", "first_patient"];

export async function theHubFromTheDocumentToTheFirstPatient(browser) {
  return onOwnServer((server) => walk(browser, server));
}

async function walk(browser, server) {
  const read = async (path) => (await fetch(`${server.url}/api${path}`)).json();
  const officer = await signedIn(browser, server, "saule@example.kz", "desktop", ["--name", "Saule", "--office", "akimat-35", "--role", "works_officer@KZ-35", "--home", "KZ-35"]);
  const { page } = officer;

  // The document says it, the promise stands on the board, and leads to the work.
  const promise = await read("/promises/C7p");
  assert.equal(promise.promise.due, "overdue");
  assert.match(promise.promise.document, /^002_/);
  await officer.go("/kk/promises/C7p");
  await page.locator("#works").getByRole("link").first().click();
  await page.waitForURL(`**/kk/works/${hub}`);
  await page.locator("#opening").waitFor();

  // Capacity, money and 96 % as the document says; what it does not say is unknown.
  const before = await read(`/works/${hub}`);
  assert.equal(before.row.percent, 96);
  assert.equal(before.row.doubt, "too_old");
  assert.deepEqual([before.money.cost.value, before.money.cost.qualifier], [1270000000, "exact"]);
  assert.deepEqual([before.money.approved.value, before.money.approved.qualifier], [1000000000, "more_than"]);
  for (const k of ["transferred", "contracted", "paid", "accepted"]) assert.equal(before.money[k], null, `${k} is said by nobody`);
  assert.ok(before.record.yields.some((y) => y.item === "theatres" && y.service === "angiography" && y.count === null));
  assert.ok(before.chain.every((s) => !s.done));
  for (const l of before.lines) assert.ok(l.document && l.line && l.figure, `${l.kind} leads to its sentence and its figure`);
  const text = await page.locator("main").innerText();
  assert.match(text, /96/);
  assert.match(text, /айтылмаған/);
  await clean(page, "the hub");

  // Step by step; the board does not move before the last one.
  const step = (name, i) => page.evaluate(async ([id, s, on]) => {
    const r = await fetch(`/api/works/${id}/lines`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ lines: [{ kind: "step", on, step: s }] }) });
    return r.status;
  }, [hub, name, `2026-11-0${i + 1}`]);
  for (const [i, s] of steps.entries()) {
    assert.notEqual((await read("/promises/C7p")).promise.due, "done", `${s} is still to come`);
    assert.equal(await step(s, i), 200, s);
  }
  const pressed = Date.now();
  const after = await read("/promises/C7p");
  assert.equal(after.promise.due, "done");
  const took = Date.now() - pressed;
  const place = await read("/places/KZ-35");
  const open = place.capacity.filter((c) => c.facility === "F025" && c.status === "open");
  assert.ok(open.some((c) => c.item === "theatres" && c.service === "angiography"), "what was planned is open now");
  await officer.go(`/ru/works/${hub}`);
  await page.locator("#opening").waitFor();
  await clean(page, "the hub, open");
  await shot(page, "works-thread-open");

  // One step taken back, and nothing is open any more.
  const last = (await read(`/works/${hub}`)).lines.find((l) => l.step === "licensed");
  const status = await page.evaluate(async ([id, line]) => (await fetch(`/api/works/${id}/lines/${line}/withdraw`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ reason: "лицензия другого корпуса" }) })).status, [hub, last.id]);
  assert.equal(status, 200);
  assert.notEqual((await read("/promises/C7p")).promise.due, "done");
  assert.deepEqual(officer.complaints, []);
  await officer.context.close();
  return `the board answered ${took} ms after the first patient`;
}
