import { afterEach, expect, test, vi } from "vitest";
import { sendPicked, uploadFile, type PickedFile } from "../api/upload.ts";
import { maxFileBytes, troubleWith } from "./file-check.ts";
import { fileWords } from "./file-words.ts";

test("what will not be taken is told before it is sent", () => {
  const cases: [string, number, ReturnType<typeof troubleWith>][] = [
    ["a.jpg", 10, undefined], ["А.PDF", 10, undefined], ["IMG.HEIC", 10, undefined], ["a.tsv", 1, undefined], ["a.jpg", maxFileBytes, undefined],
    ["a.jpg", 0, "empty"], ["a.jpg", maxFileBytes + 1, "large"], ["a.html", 10, "type"], ["a.svg", 10, "type"], ["a.jpg.exe", 10, "type"], ["README", 10, "type"], ["a.docm", 10, "type"],
  ];
  for (const [name, size, want] of cases) expect(troubleWith({ name, size }), `${name} of ${size} bytes`).toBe(want);
});

test("every mark of a photo has words in three languages", () => {
  for (const flag of ["outside_territory", "far_from_facility", "in_future", "bad_place", "bad_time"] as const) {
    const words = ["kk", "ru", "en"].map((l) => fileWords.in(l as "kk")(`flag_${flag}`));
    expect(new Set(words).size, flag).toBe(3);
  }
});

/** A server that takes what it is sent, or fails. */
class Fake {
  static sent: { url: string; body: unknown }[] = [];
  static answer: { status: number; response: unknown } | undefined;
  status = 0;
  statusText = "";
  response: unknown = null;
  responseType = "";
  upload = { addEventListener: (_: string, f: (e: object) => void) => f({ lengthComputable: true, loaded: 1, total: 2 }) };
  heard = new Map<string, () => void>();
  url = "";
  open(_: string, url: string) {
    this.url = url;
  }
  setRequestHeader() {}
  addEventListener(name: string, f: () => void) {
    this.heard.set(name, f);
  }
  abort() {
    this.heard.get("abort")?.();
  }
  send(body: unknown) {
    Fake.sent.push({ url: this.url, body });
    const a = Fake.answer;
    this.status = a?.status ?? 0;
    this.response = a?.response;
    this.heard.get(a ? "load" : "error")?.();
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
  Fake.sent = [];
});

const picked = (localId: string, id: string | null): PickedFile => ({ localId, id, name: `${localId}.jpg`, type: "image/jpeg", size: 3, blob: id ? null : new Blob(["abc"]) });

test("only what was not sent is sent, in order, and each is told of", async () => {
  vi.stubGlobal("XMLHttpRequest", Fake);
  Fake.answer = { status: 200, response: { id: "fnew" } };
  const told: string[] = [];
  const ids = await sendPicked([picked("a", "fold"), picked("b", null)], { about: "C7p" }, (local, id) => told.push(`${local} ${id}`));
  expect(ids).toEqual(["fold", "fnew"]);
  expect(told).toEqual(["b fnew"]);
  expect(Fake.sent.map((x) => x.url)).toEqual(["/api/files?about=C7p&name=b.jpg"]);
});

test("a refusal has its status, a lost connection is no refusal", async () => {
  vi.stubGlobal("XMLHttpRequest", Fake);
  Fake.answer = { status: 422, response: { detail: "a GIF picture is not taken", code: "invalid" } };
  await expect(uploadFile(picked("a", null))).rejects.toMatchObject({ status: 422, message: "a GIF picture is not taken" });
  Fake.answer = undefined;
  await expect(uploadFile(picked("a", null))).rejects.toBeInstanceOf(TypeError);
  await expect(uploadFile({ name: "gone.jpg", blob: null })).rejects.toBeInstanceOf(TypeError);
  let share = 0;
  Fake.answer = { status: 200, response: { id: "f1" } };
  await uploadFile(picked("a", null), {}, (s) => { share = s; });
  expect(share).toBe(0.5);
});
