// Lighthouse on the board, desktop and simulated phone. It fails below the
// bars of the product: 0.95 and 0.85.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bringText, serve } from "./server.mjs";

const tries = 3; // on a busy machine the trace sometimes starts too late
const bars = { desktop: 0.95, mobile: 0.85 };
const cli = new URL("../tools/lighthouse/node_modules/lighthouse/cli/index.js", import.meta.url).pathname;
if (!existsSync(cli)) throw new Error("run it as `npm run lighthouse`, which fetches Lighthouse first");
const server = await serve();
if (server.own) await bringText(server.url);
const folder = mkdtempSync(join(tmpdir(), "shanyraq-lighthouse-"));
let low = false;
for (const [form, bar] of Object.entries(bars)) {
  const out = join(folder, `${form}.json`);
  const args = [cli, `${server.url}/kk`, "--quiet", "--output=json", `--output-path=${out}`, "--chrome-flags=--headless=new --no-sandbox --enable-unsafe-swiftshader"];
  if (form === "desktop") args.push("--preset=desktop");
  let run;
  for (let i = 0; i < tries; i++) {
    run = spawnSync(process.execPath, args, { encoding: "utf8", env: { CHROME_PATH: "/usr/bin/chromium", ...process.env } });
    if (run.status === 0) break;
  }
  if (run.status !== 0) throw new Error(run.stderr);
  const { categories, audits } = JSON.parse(readFileSync(out, "utf8"));
  const score = Object.values(categories).map((c) => `${c.id} ${c.score}`).join(", ");
  const times = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"].map((k) => `${k} ${audits[k].displayValue}`).join(", ");
  console.log(`${form}: ${score}\n  ${times}`);
  for (const a of Object.values(audits)) if (a.score !== null && a.score < 0.9 && a.scoreDisplayMode !== "informative") console.log(`  ${a.id} ${a.score} ${a.displayValue ?? ""}`);
  low ||= Object.values(categories).some((c) => c.score < (c.id === "performance" ? bar : 0.95));
}
server.stop();
process.exit(low ? 1 : 0);
