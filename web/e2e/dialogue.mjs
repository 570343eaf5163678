// The ministry asks about the Balkhash hub, and the region answers from a
// phone, first without a connection. It needs a program of its own with two
// accounts.
import assert from "node:assert/strict";
import { settled } from "./browser.mjs";
import { clean, shot, signedIn } from "./people.mjs";
import { onOwnServer } from "./server.mjs";

const langs = ["kk", "ru", "en"];
const hub = "C7p";

export async function theMinistryAsksAndTheRegionAnswers(browser) {
  return onOwnServer((server) => walk(browser, server));
}

async function walk(browser, server) {
  const ministry = await signedIn(browser, server, "dana@example.kz", "desktop", ["--name", "Dana", "--office", "moh", "--role", "planner@KZ", "--home", "KZ"]);
  const region = await signedIn(browser, server, "asan@example.kz", "narrow", ["--name", "Asan", "--office", "akimat-35", "--role", "contributor@KZ-35", "--home", "KZ-35"]);

  // The ministry asks, in Kazakh, from the page of the promise.
  await ministry.go(`/kk/promises/${hub}`);
  await ministry.page.locator("#ask button").first().click();
  const dialog = ministry.page.getByRole("dialog");
  await dialog.locator("textarea").first().waitFor();
  assert.match(await dialog.locator("textarea").first().inputValue(), /Құрметті Қарағанды облысының әкімдігі/);
  await clean(ministry.page, "the dialog");
  await shot(ministry.page, "dialog-kk");
  await dialog.locator("summary").click();
  await ministry.page.waitForFunction(() => document.querySelector('dialog textarea[lang="ru"]')?.value); // the toggle is told after the click
  assert.match(await dialog.locator('textarea[lang="ru"]').inputValue(), /Уважаемые коллеги/);
  await dialog.locator('button[type="submit"]').click();
  await ministry.page.waitForURL("**/kk/asks/*");
  await settled(ministry.page);
  const id = new URL(ministry.page.url()).pathname.split("/").at(-1);
  await clean(ministry.page, "the inquiry");

  // Once more about the same is refused, with the way to the first.
  await ministry.go(`/ru/promises/${hub}`);
  await ministry.page.locator("#ask button").first().click();
  await dialog.getByText("Это ведомство уже спросили").waitFor();
  assert.ok(await dialog.locator('button[type="submit"]').isDisabled());
  await ministry.page.keyboard.press("Escape");

  // Everybody sees that the office was asked.
  const open = await (await fetch(`${server.url}/api/asks/${id}`)).json();
  assert.equal(open.ask.state, "open");
  assert.deepEqual(open.may, []);

  // The region on a phone: its box, the inquiry, the sentence, the form.
  const phone = region.page;
  await region.go("/ru/asks");
  await phone.locator(".tabs button").nth(1).click();
  await phone.waitForURL(/office=akimat-35/);
  await phone.locator(`tbody a[href*="${id}"]`).click();
  await settled(phone);
  await phone.locator("form.answer-form").waitFor();
  await clean(phone, "the form on a phone");
  for (const lang of langs) {
    await region.go(`/${lang}/asks/${id}`);
    await phone.locator("form.answer-form").waitFor();
    await clean(phone, `the form in ${lang}`);
    await shot(phone, `answer-phone-${lang}`);
  }
  await region.go(`/ru/asks/${id}`);
  const form = phone.locator("form.answer-form");
  await form.waitFor();
  await form.locator('button[type="submit"]').click();
  await form.locator(".errors li").first().waitFor();
  assert.ok(await form.locator(".errors").evaluate((e) => e === document.activeElement), "what is missing takes the focus");
  await form.locator("fieldset input[inputmode=decimal]").first().fill("1");
  await form.locator('textarea[lang="ru"]').fill("Хаб принял первого пациента.");
  await phone.waitForTimeout(700);

  // The page is closed and opened again: nothing of it is lost.
  await phone.reload();
  await settled(phone);
  await form.waitFor();
  assert.equal(await form.locator('textarea[lang="ru"]').inputValue(), "Хаб принял первого пациента.");
  await form.locator("input[data-files]").setInputFiles({ name: "act.txt", mimeType: "text/plain", buffer: Buffer.from("Акт приёмки, 20 ноября 2026 года") });

  // Without a connection it is kept; with one it goes by itself, once.
  await region.context.setOffline(true);
  await form.locator('button[type="submit"]').click();
  await phone.getByText("Сохранено в браузере").waitFor();
  await shot(phone, "answer-offline-ru");
  await clean(phone, "what waits");
  await region.context.setOffline(false);
  await phone.getByText(/Отправлено: ждёт утверждения|ждёт утверждения/).first().waitFor();
  await shot(phone, "answer-sent-ru");
  const cookie = (await region.context.cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
  const list = await (await fetch(`${server.url}/api/submissions?view=mine`, { headers: { cookie } })).json();
  assert.equal(list.items.length, 1, "one submission");
  assert.equal(list.items[0].state, "submitted");
  assert.equal(list.items[0].ask, id);
  assert.equal(list.items[0].files, 1);
  assert.equal((await (await fetch(`${server.url}/api/promises/${hub}`)).json()).promise.due, "overdue", "nothing is public before it is approved");

  // Returned with a comment, it is there again as it was written, also after the
  // browser has forgotten it, and goes a second time.
  const approver = await signedIn(browser, server, "saule@example.kz", "desktop", ["--name", "Saule", "--office", "akimat-35", "--role", "approver@KZ-35", "--home", "KZ-35"]);
  const sub = list.items[0].id;
  const returned = await approver.page.evaluate(async (x) => {
    const r = await fetch(`/api/submissions/${x}/return`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ comment: "Add the date." }) });
    return r.status;
  }, sub);
  assert.equal(returned, 200);
  await approver.context.close();
  await phone.evaluate(() => new Promise((done) => {
    const r = indexedDB.open("shanyraq");
    r.addEventListener("success", () => {
      const tx = r.result.transaction(["kept", "versions"], "readwrite");
      tx.objectStore("kept").clear();
      tx.objectStore("versions").clear();
      tx.addEventListener("complete", () => done(undefined));
    });
  }));
  await region.go(`/ru/asks/${id}`);
  await form.waitFor();
  assert.equal(await form.locator('textarea[lang="ru"]').inputValue(), "Хаб принял первого пациента.");
  assert.equal(await form.locator("fieldset input[inputmode=decimal]").first().inputValue(), "1");
  await form.locator('textarea[lang="ru"]').fill("Хаб принял первого пациента 20 ноября.");
  await form.locator('button[type="submit"]').click();
  await phone.getByText(/ждёт утверждения/).first().waitFor();
  const again = await (await fetch(`${server.url}/api/submissions?view=mine`, { headers: { cookie } })).json();
  assert.equal(again.items.length, 1, "still one submission");
  assert.equal(again.items[0].state, "submitted");
  assert.equal(again.items[0].files, 1);

  // The list in three languages, and comments among those who may read drafts.
  for (const lang of langs) {
    await ministry.go(`/${lang}/asks`);
    await clean(ministry.page, `the list in ${lang}`);
    await shot(ministry.page, `asks-${lang}`);
    await ministry.go(`/${lang}/promises/${hub}`);
    await clean(ministry.page, `the promise in ${lang}`);
    await shot(ministry.page, `promise-${lang}`);
    await region.go(`/${lang}/asks`);
    await clean(phone, `the list on a phone in ${lang}`);
    await shot(phone, `asks-phone-${lang}`);
  }
  await ministry.go(`/en/asks/${id}`);
  const thread = ministry.page.locator("#comments");
  await thread.locator("textarea").fill("Please attach the act of acceptance.");
  await thread.locator('button[type="submit"]').click();
  await thread.getByText("Please attach the act of acceptance.").first().waitFor();
  await thread.getByRole("button", { name: "Take back" }).click();
  await thread.getByText("The author took this comment back").waitFor();
  await shot(ministry.page, "ask-en");
  await ministry.go("/ru");
  assert.match(await ministry.page.locator("#ask").innerText(), /спросили/);
  await shot(ministry.page, "board-ru");
  assert.deepEqual([...ministry.complaints, ...region.complaints], []);
  await ministry.context.close();
  await region.context.close();
  return undefined;
}
