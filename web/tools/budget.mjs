// Fails the build when what a first visit must load outgrows its budget.
import { readdir, readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const kB = 1024;
const budgets = { js: 200 * kB, css: 20 * kB, route: 450 * kB };
const dist = new URL("../dist/", import.meta.url).pathname;

const size = async (file) => gzipSync(await readFile(dist + file), { level: 9 }).length;
const page = await readFile(`${dist}index.html`, "utf8");
const wanted = [...page.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((m) => m[1]);
const sum = { js: 0, css: 0 };
for (const file of new Set(wanted)) sum[file.endsWith(".css") ? "css" : "js"] += await size(file);

let largest = ["", 0];
for (const name of await readdir(`${dist}assets`)) {
  if (!name.endsWith(".js")) continue;
  const n = await size(`assets/${name}`);
  if (n > largest[1] && !wanted.includes(`assets/${name}`)) largest = [name, n];
}
const say = (n) => `${(n / kB).toFixed(1)} kB`;
console.log(`first visit, gzip: JS ${say(sum.js)} of ${say(budgets.js)}, CSS ${say(sum.css)} of ${say(budgets.css)}; largest further chunk ${largest[0]} ${say(largest[1])}`);
const over = [sum.js > budgets.js && "JS", sum.css > budgets.css && "CSS", sum.js + largest[1] > budgets.route && "a route"].filter(Boolean);
if (over.length > 0) {
  console.error(`over the budget: ${over.join(", ")}. Load it lazily, or leave it out.`);
  process.exit(1);
}
