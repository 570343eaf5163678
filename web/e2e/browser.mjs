// What the suites share: the browser, the address under test, and contexts
// that collect every complaint of the console.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { bringText, serve } from "./server.mjs";

const server = await serve();

/** The address under test. */
export const base = server.url;
if (server.own) await bringText(base);
process.on("exit", server.stop);

const candidates = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].filter(Boolean);

/** Starts Chromium; the suites drive the one of the system. */
export async function launch() {
  const executablePath = candidates.find((p) => existsSync(p));
  if (!executablePath) throw new Error("no Chromium was found: install chromium, or name it in CHROMIUM");
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

export const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 }, narrow: { width: 360, height: 740 } };

/** A page whose console errors, failed requests and requests to other hosts are collected in `complaints`. */
export async function open(browser, { size = "desktop", theme = "light", bypassCSP = false } = {}) {
  const context = await browser.newContext({ viewport: sizes[size], colorScheme: theme, bypassCSP, reducedMotion: "reduce", acceptDownloads: true });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (m) => {
    if (["error", "warning"].includes(m.type())) complaints.push(`console ${m.type()}: ${m.text()}`);
  });
  page.on("pageerror", (e) => complaints.push(`uncaught: ${e.message}`));
  page.on("request", (r) => {
    const url = new URL(r.url());
    if (url.protocol.startsWith("http") && url.origin !== base) complaints.push(`asked another host: ${r.url()}`);
  });
  return { context, page, complaints };
}

/** Goes to an address and waits until nothing is on its way. */
export async function visit(page, path) {
  await page.goto(base + path);
  await settled(page);
}

export async function settled(page) {
  await page.locator("main h1").first().waitFor();
  await page.waitForFunction(() => !document.querySelector(".waiting, [aria-busy='true']"));
  await page.waitForTimeout(120);
}

/** Scrolls through the page, so that what waits to be seen is there. */
export async function scrollThrough(page) {
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += window.innerHeight) {
      window.scrollTo(0, y);
      await new Promise((done) => setTimeout(done, 30));
    }
    window.scrollTo(0, 0); // elsewhere the header, which stays in view, lies over something
  });
  await settled(page);
}

/** Asks the API as the pages do. */
export async function api(path) {
  const r = await fetch(`${base}/api${path}`);
  if (!r.ok) throw new Error(`${path}: HTTP ${r.status}`);
  return r.json();
}
