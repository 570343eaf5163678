// What waits to be sent. Whatever a reader saves or submits is put here first
// and leaves only when the server has taken it: closing the page, losing the
// connection or a server that is down lose nothing. Nothing arrives twice,
// because the ids of things are made here and the server knows them again.
//
// Entries of one group are sent in their order; an entry with the id of one
// that waits takes its place. A conflict stays in the queue with what the
// server said until the reader has chosen.
import type { Drawer } from "./db.ts";

/** A file that goes before its entry; the id that the server gives it is put into the list `into` of the body, as in lines.0.files. */
export interface QueuedFile {
  name: string;
  blob: Blob;
  query?: Record<string, string>;
  into: string;
  id?: string;
}

export interface Queued {
  id: string;
  /** Entries of a group go one after another. */
  group: string;
  method: "POST" | "PUT" | "DELETE";
  path: string;
  body: Record<string, unknown>;
  files?: QueuedFile[];
  /** The body names the version that it changes: of the thing under this name. */
  versionOf?: string;
  /** Account of the one who wrote it: nobody else sends it. */
  owner: string;
  createdAt: string;
  attempts: number;
  state: "waiting" | "conflict" | "refused";
  lastError?: string;
  status?: number;
  /** Grows with every change, so that an answer to an older one does not remove a newer one. */
  revision: number;
}

export type NewEntry = Pick<Queued, "id" | "group" | "method" | "path" | "body"> & Partial<Pick<Queued, "files" | "versionOf">>;

export interface QueueTools {
  entries: Drawer<Queued>;
  versions: Drawer<number>;
  fetch: (path: string, init: RequestInit) => Promise<Response>;
  now: () => Date;
  /** The account that writes now; who is signed out goes on as before. */
  writer: () => Promise<string>;
  /** The account that can send now; null when nobody is signed in. */
  sender: () => Promise<string | null>;
  /** Runs work alone among all pages of the browser. */
  alone: <R>(work: () => Promise<R>) => Promise<R>;
  /** Told after every entry that the server took. */
  taken?: (entry: Queued, answer: unknown) => void;
}

/** The status of what waits until somebody signs in. */
const signInFirst = 401;

export class Queue {
  readonly #tools: QueueTools;
  readonly #watchers = new Set<() => void>();
  #flushing: Promise<void> | undefined;
  #again = false;

  constructor(tools: QueueTools) {
    this.#tools = tools;
  }

  watch(f: () => void): () => void {
    this.#watchers.add(f);
    return () => this.#watchers.delete(f);
  }
  #changed() {
    for (const f of this.#watchers) f();
  }

  /** Everything that waits, oldest first. */
  async list(group?: string): Promise<Queued[]> {
    const all = await this.#tools.entries.all();
    return all.filter((e) => group === undefined || e.group === group).sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id));
  }

  /** Keeps an entry and returns when it is kept; sending follows. */
  async put(e: NewEntry): Promise<Queued> {
    const old = await this.#tools.entries.get(e.id);
    const entry: Queued = {
      ...e, owner: await this.#tools.writer(), createdAt: old?.createdAt ?? this.#tools.now().toISOString(), attempts: 0, state: "waiting", revision: (old?.revision ?? 0) + 1,
    };
    await this.#tools.entries.put(e.id, entry);
    this.#changed();
    return entry;
  }

  async drop(id: string): Promise<void> {
    await this.#tools.entries.delete(id);
    this.#changed();
  }

  /** Notes which version of a thing the reader has seen and now builds on. */
  async saw(thing: string, version: number): Promise<void> {
    await this.#tools.versions.put(thing, version);
  }
  seen(thing: string): Promise<number | undefined> {
    return this.#tools.versions.get(thing);
  }

  /** Sends what waits; calls that come meanwhile are one more round. */
  flush(): Promise<void> {
    if (this.#flushing) {
      this.#again = true;
      return this.#flushing;
    }
    this.#flushing = this.#tools.alone(async () => {
      do {
        this.#again = false;
        await this.#round();
      } while (this.#again);
    }).finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  async #round(): Promise<void> {
    const owner = await this.#tools.sender();
    const stopped = new Set<string>();
    for (const waiting of await this.list()) {
      if (owner === null) {
        await this.#note(waiting, { status: signInFirst });
        continue;
      }
      if (stopped.has(waiting.group) || waiting.owner !== owner) continue;
      if (waiting.state !== "waiting") {
        stopped.add(waiting.group); // what follows rests on it
        continue;
      }
      const verdict = await this.#send(waiting);
      if (verdict === "later") return; // no connection: nothing else would arrive either
      if (verdict === "stop") stopped.add(waiting.group);
    }
  }

  async #send(e: Queued): Promise<"taken" | "stop" | "later"> {
    try {
      const ready = await this.#filesFirst(e);
      const body = { ...ready.body };
      if (ready.versionOf) {
        const version = await this.#tools.versions.get(ready.versionOf);
        if (version !== undefined) body.version = version;
      }
      const r = await this.#tools.fetch(`/api${ready.path}`, { method: ready.method, body: JSON.stringify(body), headers: { "Content-Type": "application/json", Accept: "application/json", "Idempotency-Key": `${e.id}-${e.revision}` } });
      if (!r.ok) return await this.#refused(e, r);
      const answer = await jsonOf(r);
      const version = (answer as { version?: unknown } | null)?.version;
      if (ready.versionOf && typeof version === "number") await this.#tools.versions.put(ready.versionOf, version);
      const now = await this.#tools.entries.get(e.id);
      if (now?.revision === e.revision) await this.#tools.entries.delete(e.id);
      else this.#again = true; // it was changed while it was on its way
      this.#tools.taken?.(e, answer);
      this.#changed();
      return "taken";
    } catch (err) {
      if (err instanceof FileRefused) return this.#refused(e, err.answer);
      await this.#note(e, { lastError: err instanceof Error ? err.message : String(err), status: 0 });
      return "later";
    }
  }

  /** Sends the files of an entry that were not sent yet. */
  async #filesFirst(e: Queued): Promise<Queued> {
    for (const f of e.files ?? []) {
      if (!f.id) {
        const q = new URLSearchParams({ name: f.name, ...f.query }).toString();
        const r = await this.#tools.fetch(`/api/files?${q}`, { method: "POST", body: f.blob, headers: { "Content-Type": "application/octet-stream", Accept: "application/json" } });
        if (!r.ok) throw new FileRefused(r);
        f.id = ((await r.json()) as { id: string }).id;
        await this.#note(e, { files: e.files });
      }
      putInto(e.body, f.into.split("."), f.id);
    }
    return e;
  }

  async #refused(e: Queued, r: Response): Promise<"stop" | "later"> {
    const p = (await jsonOf(r)) as { detail?: string; title?: string } | null;
    const lastError = p?.detail ?? p?.title ?? `HTTP ${r.status}`;
    const temporary = r.status >= 500 || r.status === 429 || r.status === 401 || r.status === 408;
    await this.#note(e, { lastError, status: r.status, state: temporary ? "waiting" : r.status === 409 || r.status === 412 ? "conflict" : "refused" });
    return temporary ? "later" : "stop";
  }

  /** Writes what became of an attempt, unless the entry was changed meanwhile. */
  async #note(e: Queued, patch: Partial<Queued>): Promise<void> {
    const now = await this.#tools.entries.get(e.id);
    if (now?.revision !== e.revision) return;
    await this.#tools.entries.put(e.id, { ...now, ...patch, attempts: patch.lastError ? now.attempts + 1 : now.attempts });
    this.#changed();
  }
}

/** The server does not take a file, now or ever. */
class FileRefused extends Error {
  readonly answer: Response;
  constructor(answer: Response) {
    super(`file: HTTP ${answer.status}`);
    this.answer = answer;
  }
}

/** Puts an id into the list at a path, once. */
function putInto(body: Record<string, unknown>, path: readonly string[], id: string) {
  const [key = "", ...rest] = path;
  if (rest.length > 0) {
    putInto(body[key] as Record<string, unknown>, rest, id);
    return;
  }
  const list = (body[key] as string[] | undefined) ?? [];
  if (!list.includes(id)) body[key] = [...list, id];
}

async function jsonOf(r: Response): Promise<unknown> {
  try {
    return await r.json();
  } catch {
    return null;
  }
}
