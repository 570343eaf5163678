// The monthly report and the register of risks: a risk is written on the page
// of its work, stands in the register, warns when nobody looks at it, and is in
// the internal report only; a signed paper is compared with the system.
import assert from "node:assert/strict";
import { api, base, open, visit } from "./browser.mjs";

const work = "balkhash-interdistrict-hub";

export async function aRiskIsWrittenAndLookedAtAgain(browser) {
  const { context, page } = await open(browser);
  await visit(page, `/en/works/${work}`);
  const here = page.locator("#risks");
  await here.getByRole("button", { name: "Add a risk" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Title").fill("Frost before the roof");
  await form.getByLabel("Delay, days").fill("14");
  await form.getByRole("combobox", { name: "Owner" }).fill("Karaganda");
  await form.getByRole("listbox", { name: "Owner" }).getByRole("option").first().click();
  const due = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await form.getByLabel("Next review").fill(due);
  await form.getByRole("button", { name: "Save" }).click();
  await here.getByText("Frost before the roof").waitFor();
  await visit(page, "/en/works/risks");
  const row = page.locator("tr", { hasText: "Frost before the roof" });
  await row.getByRole("button").click();
  await form.getByLabel("State").selectOption("closed");
  await form.getByLabel("What was seen").fill("The roof is on");
  await form.getByRole("button", { name: "Save" }).click();
  await row.waitFor({ state: "detached" });
  const list = (await api(`/risks?work=${work}`)).items;
  const risk = list.find((r) => r.title === "Frost before the roof");
  assert.equal(risk.state, "closed");
  assert.equal((await api(`/works/${work}/risks/${risk.id}`)).looks.length, 2);
  await context.close();
}

export async function aReportIsTakenAndAPaperChecked(browser) {
  const { context, page } = await open(browser);
  await visit(page, "/en/works/report?place=KZ-35");
  const link = await page.getByRole("link", { name: "PDF" }).getAttribute("href");
  const answer = await fetch(new URL(link, base));
  assert.equal(answer.headers.get("content-type"), "application/pdf");
  assert.equal(Buffer.from(await answer.arrayBuffer()).subarray(0, 5).toString(), "%PDF-");
  const hash = (await api("/works/report.json?place=KZ-35")).sha256;
  const field = page.getByLabel("Type the value from the bottom of the paper.");
  await field.fill(hash.toUpperCase());
  await page.getByText("The paper agrees with the system.").waitFor();
  await field.fill(hash.replace(/^./, (c) => (c === "0" ? "1" : "0")));
  await page.getByText("It differs").waitFor();
  await context.close();
}
