// Pictures of the pages for README and guide, made from the real program:
// docs/img/board-kk.png and others.
import { mkdir } from "node:fs/promises";
import { api, launch, open, visit } from "./browser.mjs";

const folder = new URL("../../docs/img/", import.meta.url).pathname;
await mkdir(folder, { recursive: true });
const browser = await launch();
const board = await api("/board");
const promise = board.promises.find((p) => p.progress) ?? board.promises[0];
const shots = [
  ["board-kk", "/kk", {}], ["board-ru", "/ru", {}], ["board-en", "/en", {}],
  ["board-dark", "/en", { theme: "dark" }], ["board-phone", "/kk", { size: "phone" }],
  ["promise-en", `/en/promises/${promise.id}`, {}], ["map-ru", "/ru/map?measure=life_expectancy.total", {}],
  ["place-kk", "/kk/places/KZ?measure=life_expectancy.total", { at: "#statistics" }], ["questions-en", "/en/questions", {}], ["document-ru", `/ru/documents/${promise.document}`, {}],
];
for (const [name, path, look] of shots) {
  const { context, page } = await open(browser, look);
  await visit(page, path);
  await page.waitForTimeout(900); // charts and the lower parts of the board
  if (look.at) await page.locator(look.at).evaluate((e) => window.scrollTo(0, e.getBoundingClientRect().top + window.scrollY - 80));
  await page.screenshot({ path: `${folder}${name}.png` });
  console.log(`docs/img/${name}.png`);
  await context.close();
}
const { context, page } = await open(browser);
await visit(page, `/en/promises/${promise.id}`);
await page.locator("#facts .fig").first().click();
await page.locator('[role="dialog"] .st-open').waitFor();
await page.screenshot({ path: `${folder}figure-en.png` });
console.log("docs/img/figure-en.png");
await context.close();
await browser.close();
process.exit(0);
