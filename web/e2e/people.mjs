// People with accounts in the browser, each on a device of their own.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { settled, sizes } from "./browser.mjs";
import { cutOff, violations } from "./checks.mjs";

const password = "алты арыс бір ауыз сөз";

/** Somebody with an account, signed in on a device of that size. */
export async function signedIn(browser, server, mail, size, args) {
  const made = server.run("user", "add", mail, ...args);
  const link = /http\S+token=\S+/.exec(made)?.[0] ?? `${server.url}/kk/invitation?token=${/token=(\S+)/.exec(made)?.[1]}`;
  const context = await browser.newContext({ viewport: sizes[size], reducedMotion: "reduce", bypassCSP: true });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (e) => complaints.push(`uncaught: ${e.message}`));
  const go = async (path) => {
    await page.goto(server.url + path);
    await settled(page);
  };
  await page.goto(server.url + new URL(link).pathname + new URL(link).search);
  await settled(page);
  const fields = page.locator('input[type="password"]');
  await fields.first().waitFor();
  for (let i = 0; i < (await fields.count()); i++) await fields.nth(i).fill(password);
  await page.locator('main form button[type="submit"]').click();
  await page.waitForURL("**/account");
  await settled(page);
  return { context, page, go, complaints };
}

const shots = process.env.SHOTS;

/** A picture for the eye, where SHOTS names a folder. */
export async function shot(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

/** Nothing that axe finds and nothing cut off. */
export async function clean(page, what) {
  assert.deepEqual(await violations(page), [], what);
  assert.deepEqual(await cutOff(page), [], what);
}

/** A JPEG of the browser's own with the notes that a camera writes: 49° N, 73° E, 20 November 2026. */
export async function photo(page, colour) {
  const bytes = await page.evaluate(async (c) => {
    const canvas = document.createElement("canvas");
    canvas.width = 1600;
    canvas.height = 1200;
    const g = canvas.getContext("2d");
    g.fillStyle = c;
    g.fillRect(0, 0, 1600, 1200);
    g.fillStyle = "#fff";
    g.fillRect(200, 500, 1200, 600);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, colour);
  return Buffer.concat([Buffer.from(bytes.slice(0, 2)), notes(49, 73, "2026:11:20 14:05:09"), Buffer.from(bytes.slice(2))]);
}

function notes(lat, lon, taken) {
  const b = Buffer.alloc(200);
  let at = b.write("II*\0", 0, "latin1");
  const dir = (entries) => {
    at = b.writeUInt16LE(entries.length, at);
    for (const [tag, kind, count, value] of entries) {
      b.writeUInt16LE(tag, at);
      b.writeUInt16LE(kind, at + 2);
      b.writeUInt32LE(count, at + 4);
      at = b.writeUInt32LE(value, at + 8);
    }
    at = b.writeUInt32LE(0, at);
  };
  at = b.writeUInt32LE(8, at);
  const values = 8 + 30 + 18 + 54;
  dir([[0x8769, 4, 1, 38], [0x8825, 4, 1, 56]]);
  dir([[0x9003, 2, 20, values]]);
  dir([[1, 2, 2, 0x4e], [2, 5, 3, values + 20], [3, 2, 2, 0x45], [4, 5, 3, values + 44]]);
  at += b.write(`${taken}\0`, at, "latin1");
  for (const v of [lat, 1, 0, 1, 0, 1, lon, 1, 0, 1, 0, 1]) at = b.writeUInt32LE(v, at);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), b.subarray(0, at)]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}
