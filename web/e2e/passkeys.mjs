// Passkeys in the browser, with an authenticator that Chromium plays: adding
// one, signing in with it without password and code, removing it.
import assert from "node:assert/strict";
import { settled, sizes } from "./browser.mjs";
import { cutOff, violations } from "./checks.mjs";
import { onOwnServer } from "./server.mjs";

const password = "төрт ат пен бір арба";

export async function peopleSignInWithAPasskey(browser) {
  return onOwnServer((server) => walk(browser, server));
}

/** A phone with a finger on it: it holds passkeys and verifies its owner. */
async function phone(context, page) {
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return {
    keys: async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    knowsOwner: (isUserVerified) => cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}

async function walk(browser, server) {
  const link = /http\S+\/first\?token=\S+/.exec(server.log())?.[0];
  assert.ok(link, `no link in: ${server.log()}`);
  const local = server.url.replace("127.0.0.1", "localhost");
  const context = await browser.newContext({ viewport: sizes.desktop, bypassCSP: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (m) => {
    if (["error", "warning"].includes(m.type()) && !/401/.test(m.text())) complaints.push(m.text());
  });
  page.on("pageerror", (e) => complaints.push(`uncaught: ${e.message}`));
  const go = async (path) => {
    await page.goto(path.startsWith("http") ? path : local + path);
    await settled(page);
  };
  const device = await phone(context, page);

  await go(link.replace("127.0.0.1", "localhost"));
  await page.getByLabel("Name").fill("Aigul Serikkyzy");
  await page.getByLabel("E-mail address").fill("aigul@example.kz");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Repeat the password").fill(password);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.waitForURL("**/en/account");
  await settled(page);

  // A passkey, with a name; the password is asked for again.
  const form = page.locator("form").filter({ has: page.getByRole("button", { name: "Add a passkey" }) });
  await form.getByLabel("Name of the passkey").fill("My phone");
  await form.getByLabel("Present password").fill("not the password");
  await form.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("The password or the code is not right.").waitFor();
  assert.equal((await device.keys()).length, 0);
  await form.getByLabel("Present password").fill(password);
  await form.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("The passkey is added").waitFor();
  await page.locator("table").getByText("My phone").waitFor();
  const [key] = await device.keys();
  assert.equal(key.rpId, "localhost");
  assert.ok(key.isResidentCredential);
  // The same device makes no second one.
  await form.getByLabel("Present password").fill(password);
  await form.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("This device holds a passkey of this account already.").waitFor();
  for (const lang of ["kk", "ru", "en"]) {
    for (const size of ["desktop", "narrow"]) {
      await page.setViewportSize(sizes[size]);
      await go(`/${lang}/account`);
      assert.deepEqual([...(await violations(page)), ...(await cutOff(page))], [], `${lang} ${size}`);
    }
  }
  await page.setViewportSize(sizes.desktop);

  // In again, in Russian, without a password. First the phone does not know who holds it.
  await context.clearCookies();
  await go("/ru/sign-in?next=/account");
  assert.deepEqual([...(await violations(page)), ...(await cutOff(page))], []);
  await device.knowsOwner(false);
  await page.getByRole("button", { name: "Войти с ключом доступа" }).click();
  await page.getByText("Устройство не ответило").waitFor();
  await device.knowsOwner(true);
  await page.getByRole("button", { name: "Войти с ключом доступа" }).click();
  await page.waitForURL("**/ru/account");
  await settled(page);
  const row = page.locator("tr").filter({ hasText: "My phone" });
  assert.doesNotMatch(await row.innerText(), /не использовался/);

  // Removed, it opens nothing; the phone still has it.
  await row.getByRole("button", { name: "Удалить ключ доступа: My phone" }).click();
  await page.getByText("Ключей доступа нет").waitFor();
  await context.clearCookies();
  await go("/ru/sign-in");
  await page.getByRole("button", { name: "Войти с ключом доступа" }).click();
  await page.getByText("Ключ доступа не принят").waitFor();

  // Where browsers have no passkeys, the page says where they are.
  await go(`${server.url}/ru/sign-in`);
  assert.equal(await page.getByRole("link", { name: local }).getAttribute("href"), `${local}/ru/sign-in`);
  assert.deepEqual([...(await violations(page)), ...(await cutOff(page))], []);
  assert.deepEqual(complaints, []);
  await context.close();
}
