import { beforeEach, describe, expect, test } from "vitest";
import { mapDrawer } from "./db.ts";
import { Queue, type NewEntry, type Queued } from "./queue.ts";

const entries = mapDrawer<Queued>();
const versions = mapDrawer<number>();
let sent: { path: string; body: Record<string, unknown>; key: string | undefined }[] = [];
let answers: ((path: string) => Response | Promise<Response>)[] = [];
let owner: string | null = "u_1";
let clock = 0;

const ok = (body: unknown = {}) => new Response(JSON.stringify(body), { status: 200 });
const no = (status: number, detail = "") => new Response(JSON.stringify({ detail }), { status });

function make(): Queue {
  return new Queue({
    entries, versions, writer: () => Promise.resolve(owner ?? "u_1"), sender: () => Promise.resolve(owner), now: () => new Date(1000 * clock++), alone: (work) => work(),
    fetch: async (path, init) => {
      const body = typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {};
      sent.push({ path, body, key: (init.headers as Record<string, string>)["Idempotency-Key"] });
      return await (answers.shift() ?? (() => ok()))(path);
    },
  });
}
const entry = (id: string, group: string, body: Record<string, unknown> = {}): NewEntry => ({ id, group, method: "PUT", path: `/x/${id}`, body });

beforeEach(async () => {
  for (const e of await entries.all()) await entries.delete(e.id);
  for (const k of ["a", "b"]) await versions.delete(k);
  sent = [];
  answers = [];
  owner = "u_1";
});

describe("the queue", () => {
  test("sends in order and forgets what was taken", async () => {
    const q = make();
    await q.put(entry("1", "a"));
    await q.put(entry("2", "a"));
    await q.flush();
    expect(sent.map((s) => s.path)).toEqual(["/api/x/1", "/api/x/2"]);
    expect(await q.list()).toEqual([]);
  });
  test("keeps everything without a connection, also over a new page", async () => {
    answers = [() => Promise.reject(new TypeError("Failed to fetch"))];
    const q = make();
    await q.put(entry("1", "a", { v: 1 }));
    await q.put(entry("2", "b"));
    await q.flush();
    expect(sent).toHaveLength(1); // the second was not tried
    const left = await make().list();
    expect(left.map((e) => [e.id, e.attempts, e.state])).toEqual([["1", 1, "waiting"], ["2", 0, "waiting"]]);
    await make().flush();
    expect(await q.list()).toEqual([]);
    expect(sent[1]).toMatchObject({ path: "/api/x/1", body: { v: 1 }, key: sent[0]?.key }); // the same key: the server knows it again
  });
  test("a newer save takes the place of one that waits", async () => {
    const q = make();
    await q.put(entry("1", "a", { v: 1 }));
    await q.put(entry("1", "a", { v: 2 }));
    await q.flush();
    expect(sent.map((s) => s.body)).toEqual([{ v: 2 }]);
  });
  test("what is changed on its way is sent again", async () => {
    const q = make();
    answers = [async () => {
      await q.put(entry("1", "a", { v: 2 }));
      return ok();
    }];
    await q.put(entry("1", "a", { v: 1 }));
    await q.flush();
    expect(sent.map((s) => s.body)).toEqual([{ v: 1 }, { v: 2 }]);
    expect(await q.list()).toEqual([]);
  });
  test("names the version that its own last save made", async () => {
    const q = make();
    answers = [() => ok({ version: 4 })];
    await q.saw("a", 3);
    await q.put({ ...entry("1", "a"), versionOf: "a" });
    await q.put({ ...entry("2", "a"), versionOf: "a" });
    await q.flush();
    expect(sent.map((s) => s.body.version)).toEqual([3, 4]);
  });
  test("a conflict stays and holds back what rests on it, but not the others", async () => {
    const q = make();
    answers = [() => no(409, "somebody else has changed this")];
    await q.put(entry("1", "a"));
    await q.put(entry("2", "a"));
    await q.put(entry("3", "b"));
    await q.flush();
    await q.flush();
    expect(sent.map((s) => s.path)).toEqual(["/api/x/1", "/api/x/3"]);
    expect((await q.list()).map((e) => [e.id, e.state, e.lastError])).toEqual([["1", "conflict", "somebody else has changed this"], ["2", "waiting", undefined]]);
  });
  test.each([401, 429, 500, 503])("%d is tried again later", async (status) => {
    const q = make();
    answers = [() => no(status)];
    await q.put(entry("1", "a"));
    await q.flush();
    expect((await q.list())[0]?.state).toBe("waiting");
    await q.flush();
    expect(await q.list()).toEqual([]);
  });
  test("what is refused is kept and not sent again by itself", async () => {
    const q = make();
    answers = [() => no(422, "half a bed")];
    await q.put(entry("1", "a", { v: 0.5 }));
    await q.flush();
    await q.flush();
    expect(sent).toHaveLength(1);
    expect((await q.list())[0]).toMatchObject({ state: "refused", lastError: "half a bed", body: { v: 0.5 } });
    await q.put(entry("1", "a", { v: 1 }));
    await q.flush();
    expect(await q.list()).toEqual([]);
  });
  test("nobody sends what somebody else wrote", async () => {
    const q = make();
    await q.put(entry("1", "a"));
    owner = "u_2";
    await q.flush();
    expect(sent).toEqual([]);
    owner = "u_1";
    await q.flush();
    expect(sent).toHaveLength(1);
  });
  test("what is written after the session ended waits for its author", async () => {
    const q = make();
    owner = null;
    await q.put(entry("1", "a"));
    await q.flush();
    expect(sent).toEqual([]);
    expect((await q.list())[0]).toMatchObject({ owner: "u_1", status: 401, state: "waiting" });
    owner = "u_1";
    await q.flush();
    expect(await q.list()).toEqual([]);
  });
  test("files go first, once", async () => {
    const q = make();
    const files = [{ name: "photo.jpg", blob: new Blob(["x"]), into: "files", query: { kind: "photo" } }];
    answers = [() => ok({ id: "f_1" }), () => Promise.reject(new TypeError("gone"))];
    await q.put({ ...entry("1", "a", { files: [] }), files });
    await q.flush();
    await q.flush();
    expect(sent.map((s) => s.path)).toEqual(["/api/files?name=photo.jpg&kind=photo", "/api/x/1", "/api/x/1"]);
    expect(sent[2]?.body).toEqual({ files: ["f_1"] });
  });
  test("a file that is refused stops its entry and is not sent again by itself", async () => {
    const q = make();
    answers = [() => no(422, "not a picture")];
    await q.put({ ...entry("1", "a", { lines: [{ kind: "visit" }] }), files: [{ name: "x.jpg", blob: new Blob(["x"]), into: "lines.0.files" }] });
    await q.flush();
    await q.flush();
    expect(sent).toHaveLength(1);
    expect((await q.list())[0]).toMatchObject({ state: "refused", lastError: "not a picture" });
  });
  test("a file goes into the line that it belongs to", async () => {
    const q = make();
    answers = [() => ok({ id: "f_1" })];
    await q.put({ ...entry("1", "a", { lines: [{ kind: "visit" }] }), files: [{ name: "x.jpg", blob: new Blob(["x"]), into: "lines.0.files" }] });
    await q.flush();
    expect(sent[1]?.body).toEqual({ lines: [{ kind: "visit", files: ["f_1"] }] });
  });
});
