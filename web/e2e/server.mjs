// The program under test: the one at SHANYRAQ_URL, or one that is started here
// from SHANYRAQ_BIN on a database of its own, with the demo country in it.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const startMs = 30_000;

/** Returns the address and a way to stop; `own` tells that nobody else reads the database, `log` what the program said. */
export async function serve() {
  if (process.env.SHANYRAQ_URL || !process.env.SHANYRAQ_BIN) {
    return { url: (process.env.SHANYRAQ_URL ?? "http://127.0.0.1:8080").replace(/\/$/, ""), own: false, stop: () => {}, log: () => "" };
  }
  const bin = resolve(process.env.SHANYRAQ_BIN);
  const folder = mkdtempSync(join(tmpdir(), "shanyraq-e2e-"));
  const db = `sqlite:${join(folder, "e2e.db")}`;
  const demo = spawnSync(bin, ["--db", db, "demo"], { encoding: "utf8" });
  if (demo.status !== 0) throw new Error(`demo failed: ${demo.stderr}`);
  const server = spawn(bin, ["--db", db, "serve", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
  const log = [];
  server.stderr.on("data", (d) => log.push(String(d)));
  const url = await new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`the server did not print its address:\n${log.join("")}`)), startMs);
    createInterface({ input: server.stdout }).on("line", (line) => {
      if (!line.startsWith("http")) return;
      clearTimeout(timer);
      done(line.trim().replace(/\/$/, ""));
    });
    server.on("exit", (code) => fail(new Error(`the server ended with ${code}:\n${log.join("")}`)));
  });
  const stop = () => {
    server.removeAllListeners("exit");
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  const run = (...args) => {
    const r = spawnSync(bin, ["--db", db, ...args], { encoding: "utf8" });
    if (r.status !== 0) throw new Error(`${args.join(" ")} failed: ${r.stderr}`);
    return r.stdout;
  };
  return { url, own: true, stop, log: () => log.join(""), run };
}

/** A text of our own for a document that has none here, so that lines can be read and marked. */
export async function bringText(url) {
  const list = (await (await fetch(`${url}/api/documents`)).json()).items;
  const d = list.find((x) => x.kind === "document" && !x.imported);
  if (!d) return;
  const lines = Array.from({ length: d.lines ?? 3 }, (_, i) => `Invented line ${i + 1} with 12 beds, 3,5 per cent and the word ${"қарағай".repeat(6)} to stand in for the document in this test of the pages.`);
  const r = await fetch(`${url}/api/documents/${d.name}/text`, { method: "PUT", headers: { "Content-Type": "text/plain", "Idempotency-Key": crypto.randomUUID() }, body: lines.join("\n") });
  if (!r.ok) throw new Error(`the text was refused: ${await r.text()}`);
}

/** Walks a way on a server that the suite starts for it, with a database of its own; without a program it is left out, aloud. */
export async function onOwnServer(walk) {
  const server = await serve();
  if (!server.own) return "left out: it needs a program of its own, SHANYRAQ_BIN";
  try {
    return await walk(server);
  } finally {
    server.stop();
  }
}
