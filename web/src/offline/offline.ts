// The queue of this browser, when it is sent, and the worker that lets pages
// open without a connection.
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Session } from "../api/types.ts";
import { drawer } from "./db.ts";
import { Queue, type NewEntry, type Queued } from "./queue.ts";

/** Tells a page that loads whether something waits, without opening the drawer. */
const flag = "shanyraq.waiting";

function mark(waits: boolean) {
  try {
    if (waits) localStorage.setItem(flag, "1");
    else localStorage.removeItem(flag);
  } catch {
    // storage is closed: the queue is looked at when a form opens
  }
}

const owners = drawer<string>("kept");
const ownerKey = "owner";

/** The account that opened this page, once the server has said so. */
let known: string | undefined;

/** The account of this browser: undefined without a connection, null when nobody is signed in. */
async function account(): Promise<string | null | undefined> {
  try {
    const r = await fetch("/api/session", { headers: { Accept: "application/json" } });
    if (!r.ok) return undefined;
    const s = (await r.json()) as Session;
    if (!s.account) return s.administrator ? (known = "") : null;
    known = s.account.id;
    await owners.put(ownerKey, known);
    return known;
  } catch {
    return undefined;
  }
}

/** Who wrote here last, as far as this browser knows. */
export async function lastOwner(): Promise<string> {
  return (await owners.get(ownerKey)) ?? "";
}

const patienceMs = 1000;

/** Who writes. What is written must be kept at once, so a slow connection is not waited for. */
async function writer(): Promise<string> {
  const late = new Promise<undefined>((done) => setTimeout(() => done(undefined), patienceMs));
  return known ?? (await Promise.race([account(), late])) ?? (await lastOwner());
}

const told = new Set<(e: Queued, answer: unknown) => void>();

export const queue = new Queue({
  entries: drawer<Queued>("queue"),
  versions: drawer<number>("versions"),
  fetch: (path, init) => fetch(path, init),
  now: () => new Date(),
  writer,
  sender: async () => {
    const a = await account();
    return a === undefined ? lastOwner() : a;
  },
  alone: (work) => ("locks" in navigator ? navigator.locks.request("shanyraq.queue", work) : work()),
  taken: (e, answer) => {
    for (const f of told) f(e, answer);
  },
});
queue.watch(() => void queue.list().then((all) => mark(all.length > 0)));

/** Keeps an entry, then sends it if it can. */
export async function keep(e: NewEntry): Promise<Queued> {
  const kept = await queue.put(e);
  void queue.flush();
  return kept;
}

/** Calls back after every entry that the server took. */
export function onTaken(f: (e: Queued, answer: unknown) => void): () => void {
  told.add(f);
  return () => told.delete(f);
}

let started = false;
const retryMs = 30_000;

/** Sends what waits now, when the connection is back, when the page is looked at again, and every half minute. */
export function startQueue() {
  if (started) return;
  started = true;
  const go = () => void queue.list().then((all) => (all.some((e) => e.state === "waiting") ? queue.flush() : undefined));
  window.addEventListener("online", go);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") go();
  });
  window.setInterval(go, retryMs);
  void account();
  go();
}

/** Lets the pages open without a connection, from the next visit on; what this page has loaded goes along. */
export function startWorker() {
  if (!("serviceWorker" in navigator)) return;
  void navigator.serviceWorker.register("/sw.js").then(async () => {
    const ready = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map((e) => new URL(e.name)).filter((u) => u.origin === location.origin && !u.pathname.startsWith("/api/")).map((u) => u.pathname);
    ready.active?.postMessage({ keep: loaded });
  }).catch(() => undefined); // a browser that refuses has the pages online
}

/** What waits of a group, or of all. */
export function useWaiting(group?: string): Queued[] {
  const [list, setList] = useState<Queued[]>([]);
  useEffect(() => {
    let on = true;
    const read = () => void queue.list(group).then((l) => on && setList(l));
    read();
    const stop = queue.watch(read);
    return () => {
      on = false;
      stop();
    };
  }, [group]);
  return list;
}

const watchLine = (f: () => void) => {
  window.addEventListener("online", f);
  window.addEventListener("offline", f);
  return () => {
    window.removeEventListener("online", f);
    window.removeEventListener("offline", f);
  };
};

/** Whether the browser thinks that it has a connection. */
export function useOnline(): boolean {
  return useSyncExternalStore(watchLine, () => navigator.onLine);
}

/** Notes who is signed in, for what is written when the connection is gone before anything was sent. */
export async function writesAs(id: string): Promise<void> {
  await owners.put(ownerKey, id);
}
