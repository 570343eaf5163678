// Accounts in the browser: the first administrator by the link that the
// program prints, an invitation, a second factor, a token, and what somebody
// without a right sees. It needs a server of its own, since from the first
// account on nobody is administrator by sitting at the machine.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { settled, sizes } from "./browser.mjs";
import { cutOff, violations } from "./checks.mjs";
import { onOwnServer } from "./server.mjs";

const langs = ["kk", "ru", "en"];
const password = "төрт ат пен бір арба";

async function someone(browser, url, size = "desktop") {
  const context = await browser.newContext({ viewport: sizes[size], bypassCSP: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (m) => {
    if (["error", "warning"].includes(m.type()) && !/40[134]|409|429/.test(m.text())) complaints.push(m.text());
  });
  page.on("pageerror", (e) => complaints.push(`uncaught: ${e.message}`));
  const go = async (path) => {
    await page.goto(path.startsWith("http") ? path : url + path);
    await settled(page);
  };
  return { context, page, complaints, go };
}

/** Nothing that axe finds and nothing cut off, in three languages, on desktop and phone, light and dark. */
async function looksRight({ page, go }, paths) {
  const wrong = [];
  for (const path of paths) {
    for (const lang of langs) {
      for (const size of ["desktop", "narrow"]) {
        await page.setViewportSize(sizes[size]);
        await go(`/${lang}${path}`);
        for (const w of [...(await violations(page)), ...(await cutOff(page))]) wrong.push(`${path} ${lang} ${size}: ${w}`);
        await page.emulateMedia({ colorScheme: "dark" });
        await page.waitForTimeout(150);
        for (const w of await violations(page, { type: "rule", values: ["color-contrast"] })) wrong.push(`${path} ${lang} ${size} dark: ${w}`);
        await page.emulateMedia({ colorScheme: "light" });
      }
    }
  }
  await page.setViewportSize(sizes.desktop);
  assert.deepEqual(wrong.slice(0, 20), []);
}

/** The code that an application on a phone would show (RFC 6238). */
function codeOf(secret, now = Date.now()) {
  const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const h = createHmac("sha1", key).update(step).digest();
  const at = h[19] & 15;
  return String((h.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function choose(page, label, typed) {
  const box = page.getByRole("combobox", { name: label }).last();
  await box.click();
  await box.fill(typed);
  await page.locator('.combo-list [role="option"]').first().waitFor();
  await box.press("Enter");
}

export async function peopleSignInAndManageAccounts(browser) {
  return onOwnServer((server) => walk(browser, server));
}

async function walk(browser, server) {
  // The first administrator, by the link on the console.
  const link = /http\S+\/first\?token=\S+/.exec(server.log())?.[0];
  assert.ok(link, `no link in: ${server.log()}`);
  const root = await someone(browser, server.url);
  await root.go(link);
  assert.ok(!root.page.url().includes("token"), "the secret leaves the address");
  assert.deepEqual(await violations(root.page), []);
  await root.page.getByLabel("Name").fill("Aigul Serikkyzy");
  await root.page.getByLabel("E-mail address").fill("aigul@example.kz");
  await root.page.getByLabel("Password", { exact: true }).fill(password);
  await root.page.getByLabel("Repeat the password").fill(`${password}!`);
  await root.page.getByRole("button", { name: "Save and sign in" }).click();
  await root.page.getByText("The two passwords differ.").waitFor();
  await root.page.getByLabel("Repeat the password").fill(password);
  await root.page.getByRole("button", { name: "Save and sign in" }).click();
  await root.page.waitForURL("**/en/account");
  await settled(root.page);
  await looksRight(root, ["/account", "/accounts", "/rights"]);

  // Nobody else may now do anything without signing in.
  const reader = await someone(browser, server.url, "phone");
  await reader.go("/kk/accounts");
  await reader.page.getByRole("heading", { name: "Алдымен кіріңіз" }).waitFor();
  await reader.go(link);
  await reader.page.getByRole("heading", { name: "The link does not work" }).waitFor();
  await looksRight(reader, ["/sign-in", "/accounts"]);

  // An invitation for a region, handed over as a link.
  await root.go("/en/accounts");
  await root.page.getByRole("button", { name: "Invite" }).first().click();
  await root.page.getByLabel("Name", { exact: true }).fill("Asel Nurlanova");
  await root.page.getByLabel("E-mail", { exact: true }).fill("asel@example.kz");
  await choose(root.page, "Belongs to", "Karag");
  await root.page.getByRole("button", { name: "Add a right" }).click();
  assert.deepEqual(await violations(root.page), []);
  await root.page.locator("form").getByRole("button", { name: "Invite" }).click();
  const invitation = (await root.page.locator(".secret").innerText()).trim();
  await root.page.locator("table").getByText("asel@example.kz").waitFor();

  // On the phone, in Russian: the link, a password, a second factor.
  const asel = await someone(browser, server.url, "phone");
  await asel.go(invitation.replace("/en/", "/ru/"));
  assert.deepEqual(await violations(asel.page), []);
  assert.deepEqual(await cutOff(asel.page), []);
  await asel.page.getByLabel("Пароль", { exact: true }).fill(password);
  await asel.page.getByLabel("Повторите пароль").fill(password);
  await asel.page.getByRole("button", { name: "Сохранить и войти" }).click();
  await asel.page.waitForURL("**/ru/account");
  await settled(asel.page);
  const proven = (button) => asel.page.locator("form").filter({ has: asel.page.getByRole("button", { name: button }) }).getByLabel("Нынешний пароль");
  await proven("Включить").fill(password);
  await asel.page.getByRole("button", { name: "Включить" }).click();
  const secret = (await asel.page.locator("form .secret").innerText()).trim();
  assert.ok(await asel.page.getByAltText("QR-код для приложения").evaluate((e) => e.complete && e.naturalWidth > 100), "the picture is shown");
  assert.deepEqual(await violations(asel.page), []);
  await asel.page.getByLabel("Код", { exact: true }).fill(codeOf(secret));
  await asel.page.getByRole("button", { name: "Подтвердить" }).click();
  await asel.page.getByText("Запишите эти коды").waitFor();
  const paper = await asel.page.locator(".secret li").first().innerText();

  // A token, shown once.
  await asel.page.locator("summary").click();
  await asel.page.getByLabel("Название").fill("загрузчик");
  await asel.page.getByLabel("загружать файлы с показателями").check();
  await proven("Создать токен").fill(password);
  await asel.page.getByRole("button", { name: "Создать токен" }).click();
  const text = (await asel.page.locator("p.secret").innerText()).trim();
  const seen = await (await fetch(`${server.url}/api/session`, { headers: { Authorization: `Bearer ${text}` } })).json();
  assert.deepEqual(seen.acts, ["read_published", "import_figures"]);
  assert.deepEqual(await violations(asel.page), []);

  // Out and in again: the password alone is not enough.
  await asel.page.locator("button.top-user").click();
  await asel.page.locator(".user-menu").getByRole("button", { name: "Выйти" }).click();
  await asel.page.waitForURL("**/ru");
  await settled(asel.page);
  await asel.go("/ru/account");
  await asel.page.locator("main").getByRole("link", { name: "Войти" }).click();
  await asel.page.getByLabel("Электронная почта").fill("asel@example.kz");
  await asel.page.getByLabel("Пароль").fill("не тот пароль");
  await asel.page.getByRole("button", { name: "Войти", exact: true }).click();
  await asel.page.getByText("Адрес и пароль не подходят").waitFor();
  await asel.page.getByLabel("Пароль").fill(password);
  await asel.page.getByRole("button", { name: "Войти", exact: true }).click();
  await asel.page.getByLabel("Код второго фактора").fill(paper);
  await asel.page.getByRole("button", { name: "Войти", exact: true }).click();
  await asel.page.waitForURL("**/ru/account");
  await settled(asel.page);

  // What is missing is named, with who has it.
  await asel.go("/ru/accounts");
  const refusal = await asel.page.locator(".failure").innerText();
  assert.match(refusal, /управлять учётными записями/);
  assert.match(refusal, /Администратор/);

  // Switched off, the account has no session left.
  await root.go("/en/accounts");
  await root.page.getByRole("button", { name: "Change: Asel Nurlanova" }).click();
  await root.page.getByRole("button", { name: "Switch off" }).click();
  await root.page.locator("table").getByText("switched off").waitFor();
  await asel.go("/ru/account");
  await asel.page.getByRole("heading", { name: "Сначала войдите" }).waitFor();
  assert.equal((await fetch(`${server.url}/api/session`, { headers: { Authorization: `Bearer ${text}` } })).status, 401);
  for (const who of [root, reader, asel]) {
    assert.deepEqual(who.complaints, []);
    await who.context.close();
  }
}
