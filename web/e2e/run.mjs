// The browser suite. It runs against the program that serves the demo country
// at SHANYRAQ_URL, or starts the one in SHANYRAQ_BIN on a database of its own.
// There it brings in an invented text, to try the way of the editor.
//
//   SHANYRAQ_BIN=../bin/shanyraq npm run e2e [part of a name]
import { base, launch } from "./browser.mjs";
import * as access from "./access.mjs";
import * as accessValidation from "./access-validation.mjs";
import * as accessThread from "./access-thread.mjs";
import * as accounts from "./accounts.mjs";
import * as evidence from "./evidence.mjs";
import * as entry from "./entry.mjs";
import * as dialogue from "./dialogue.mjs";
import * as imports from "./imports.mjs";
import * as desk from "./desk.mjs";
import * as thread from "./thread.mjs";
import * as passkeys from "./passkeys.mjs";
import * as portfolio from "./portfolio.mjs";
import * as worksReport from "./works-report.mjs";
import * as looks from "./looks.mjs";
import * as ways from "./ways.mjs";
import * as workPage from "./work-page.mjs";
import * as worksThread from "./works-thread.mjs";

const only = process.argv[2] ?? "";
const browser = await launch();
let passed = 0;
const failed = [];
for (const [name, test] of Object.entries({ ...ways, ...entry, ...evidence, ...accounts, ...passkeys, ...imports, ...dialogue, ...desk, ...thread, ...portfolio, ...worksThread, ...accessThread, ...workPage, ...worksReport, ...access, ...accessValidation, ...looks })) {
  if (!name.includes(only)) continue;
  const from = Date.now();
  try {
    const note = await test(browser);
    passed++;
    console.log(`ok    ${name} (${((Date.now() - from) / 1000).toFixed(1)} s)${note ? `: ${note}` : ""}`);
  } catch (e) {
    failed.push(name);
    console.error(`FAIL  ${name}\n      ${String(e.message ?? e).split("\n").slice(0, 42).join("\n      ")}`);
  }
}
await browser.close();
console.log(`${passed} passed, ${failed.length} failed at ${base}`);
process.exit(failed.length > 0 ? 1 : 0);
