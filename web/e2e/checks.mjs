// What axe finds on a page, and what sticks out of it.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const allRules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The page needs a context that bypasses the policy, since axe is put into it. */
export async function violations(page, rules = { type: "tag", values: allRules }) {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ content: axe });
  return page.evaluate(async (runOnly) => {
    const found = await window.axe.run(document, { runOnly, resultTypes: ["violations"] });
    return found.violations.flatMap((v) => v.nodes.slice(0, 4).map((n) => `${v.id}: ${n.target.join(" ")} ${n.any[0]?.message ?? n.all[0]?.message ?? ""}`.slice(0, 300)));
  }, rules);
}

/** Elements that stick out of the page to the right. */
export function cutOff(page) {
  return page.evaluate(() => {
    const extra = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (extra <= 0) return [];
    const out = [...document.querySelectorAll("main *, header *, footer *")].filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest(".table-box, .top-nav, svg"));
    return [`the page is ${extra} px too wide`, ...out.slice(0, 3).map((e) => e.outerHTML.slice(0, 120))];
  });
}
