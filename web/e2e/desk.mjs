// The pages on which people work, with something on each of them: what waits
// for approval, a release and what changed since the one before, notifications,
// webhooks, the journal. In three languages, on desktop and phone, light and
// dark: nothing that axe finds and nothing cut off; and what those see there
// who have not signed in. It needs a program of its own with accounts.
import assert from "node:assert/strict";
import { settled, sizes } from "./browser.mjs";
import { cutOff, violations } from "./checks.mjs";
import { shot, signedIn } from "./people.mjs";
import { onOwnServer } from "./server.mjs";

const langs = ["kk", "ru", "en"];
const hub = "C7p";
const ask = "ask-hub-0001";
const answer = "answer-hub-0001";
const report = "report-35-0001";

export async function everyPageOfWorkLooksRight(browser) {
  return onOwnServer((server) => walk(browser, server));
}

/** Asks the API as the one who is signed in on that page. */
async function send({ page }, method, path, body) {
  const options = { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const [status, text] = await page.evaluate(async ([p, o]) => {
    const r = await fetch(`/api${p}`, o);
    return [r.status, await r.text()];
  }, [path, options]);
  assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
  return text ? JSON.parse(text) : null;
}

const three = (kk, ru, en) => ({ kk, ru, en });

/** Something of everything: an answer that is published between two releases, a report that waits, a comment, a webhook. */
async function work(boss, region, reporter) {
  await send(boss, "POST", "/releases", { code: "2026-q3", title: three("2026 жылғы 3-тоқсан", "Третий квартал 2026 года", "Third quarter of 2026"), note: three("Тоқсандық есепке негіз.", "Основа квартального отчёта.", "The basis of the quarterly report.") });
  await send(boss, "POST", "/asks", { id: ask, about: hub, office: "akimat-35", text: three("Хаб ашылды ма?", "Хаб открыт?", "Is the hub open?") });
  await send(reporter, "PUT", `/submissions/${answer}`, { kind: "answer", place: "KZ-35", ask, about: hub, text: three("Хаб бірінші науқасын қабылдады.", "Хаб принял первого пациента.", "The hub has received its first patient."), deadline: "2026-12-25", reason: "Жабдық кеш келді." });
  for (const [who, step] of [[reporter, "submit"], [region, "approve"], [boss, "publish"]]) await send(who, "POST", `/submissions/${answer}/${step}`, {});
  const { version } = await send(reporter, "PUT", `/submissions/${report}`, { kind: "form", place: "KZ-35", template: "capacity-monthly", period: "2026-10", values: [{ measure: "departments.commissioned", value: "12" }, { measure: "beds.commissioned", value: "1200", note: "Жаңа корпус ашылды." }] });
  assert.ok(version > 0);
  await send(reporter, "POST", `/submissions/${report}/submit`, {});
  await send(region, "POST", "/comments", { id: "comment-0001", about: `submission:${report}`, text: "Төсек саны өткен айдан екі есе көп. Тексеріп шығыңыз.", mentions: ["moh"] });
  await send(boss, "POST", "/webhooks", { id: "hook-portal-0001", name: "Өңірлік портал", url: "https://portal.example.kz/hooks/shanyraq", events: ["submitted", "approved", "published"], territory: "KZ" });
  await send(boss, "POST", "/releases", { code: "2026-q4", title: three("2026 жылғы 4-тоқсан", "Четвёртый квартал 2026 года", "Fourth quarter of 2026") });
}

async function walk(browser, server) {
  const boss = await signedIn(browser, server, "dana@example.kz", "desktop", ["--name", "Дана Серікқызы", "--office", "moh", ...["administrator", "approver", "planner", "controller"].flatMap((r) => ["--role", `${r}@KZ`]), "--home", "KZ"]);
  const region = await signedIn(browser, server, "bota@example.kz", "desktop", ["--name", "Бота", "--office", "akimat-35", "--role", "approver@KZ-35", "--home", "KZ-35"]);
  const reporter = await signedIn(browser, server, "asan@example.kz", "desktop", ["--name", "Асан", "--office", "akimat-35", "--role", "contributor@KZ-35", "--home", "KZ-35"]);
  await work(boss, region, reporter);
  const [hook] = (await (await fetch(`${server.url}/api/webhooks`, { headers: { cookie: await cookie(boss) } })).json()).items;
  const paths = ["/submissions?view=all", `/submissions/${answer}`, `/submissions/${report}`, "/releases", "/releases/2026-q4", "/notifications", "/webhooks", `/webhooks/${hook.id}`, "/journal", ...(process.env.MORE ?? "").split(" ").filter(Boolean)];
  const anybody = await browser.newContext({ reducedMotion: "reduce", bypassCSP: true });
  const reader = { page: await anybody.newPage(), go: async (path) => { await reader.page.goto(server.url + path); await settled(reader.page); } };
  const wrong = [];
  let n = 0;
  for (const [name, who, pages, at = ["desktop", "narrow"]] of [["boss", boss, paths], ["region", region, [`/submissions/${report}`]], ["nobody", reader, paths, ["narrow"]]]) {
    for (const size of at) {
      await who.page.setViewportSize(sizes[size]);
      for (const lang of langs) {
        for (const path of pages) {
          n++;
          for (const w of await look(who, `/${lang}${path}`, `${name}-${size}-${lang}${path.replaceAll(/[/?=&]/g, "-")}`)) wrong.push(`${name} ${size} ${lang}${path}: ${w}`);
        }
      }
    }
  }
  assert.deepEqual(wrong.slice(0, 30), []);
  assert.deepEqual([boss, region, reporter].flatMap((x) => x.complaints), []);
  for (const x of [boss, region, reporter]) await x.context.close();
  await anybody.close();
  return `${n} views, each in both themes`;
}

async function cookie(who) {
  return (await who.context.cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
}

async function look({ page, go }, path, name) {
  await go(path);
  const wrong = [...(await violations(page)), ...(await cutOff(page))];
  await shot(page, name);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForTimeout(120);
  wrong.push(...(await violations(page, { type: "rule", values: ["color-contrast"] })).map((v) => `dark: ${v}`));
  await page.emulateMedia({ colorScheme: "light" });
  return wrong;
}
