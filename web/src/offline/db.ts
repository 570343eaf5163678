// A small drawer in the browser that outlives the page: IndexedDB, by key.
// Where the browser has none or keeps it shut, a map serves until the page is
// closed, and says so.

/** What keeps things by key. */
export interface Drawer<T> {
  get(key: string): Promise<T | undefined>;
  put(key: string, value: T): Promise<void>;
  delete(key: string): Promise<void>;
  all(): Promise<T[]>;
  /** Whether it outlives the page. */
  readonly lasting: boolean;
}

export function mapDrawer<T>(): Drawer<T> {
  const m = new Map<string, T>();
  return {
    lasting: false,
    get: (key) => Promise.resolve(m.get(key)),
    put: (key, value) => Promise.resolve(void m.set(key, value)),
    delete: (key) => Promise.resolve(void m.delete(key)),
    all: () => Promise.resolve([...m.values()]),
  };
}

const stores = ["queue", "versions", "kept"] as const;
export type StoreName = (typeof stores)[number];

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((done, fail) => {
    const r = indexedDB.open("shanyraq", 1);
    r.addEventListener("upgradeneeded", () => {
      for (const s of stores) r.result.createObjectStore(s);
    });
    r.addEventListener("success", () => done(r.result));
    r.addEventListener("error", () => fail(r.error ?? new Error("the browser keeps its storage shut")));
  });
  return opened;
}

function ask<R>(store: StoreName, mode: IDBTransactionMode, make: (s: IDBObjectStore) => IDBRequest<R>): Promise<R> {
  return open().then((db) => new Promise<R>((done, fail) => {
    const tx = db.transaction(store, mode, { durability: "strict" });
    const r = make(tx.objectStore(store));
    tx.addEventListener("complete", () => done(r.result));
    tx.addEventListener("abort", () => fail(tx.error ?? new Error("the browser did not keep it")));
  }));
}

/** A drawer of the browser, or a map where it has none. */
export function drawer<T>(store: StoreName): Drawer<T> {
  if (typeof indexedDB === "undefined") return mapDrawer<T>();
  return {
    lasting: true,
    get: (key) => ask(store, "readonly", (s) => s.get(key) as IDBRequest<T | undefined>),
    put: async (key, value) => void (await ask(store, "readwrite", (s) => s.put(value, key))),
    delete: async (key) => void (await ask(store, "readwrite", (s) => s.delete(key))),
    all: () => ask(store, "readonly", (s) => s.getAll() as IDBRequest<T[]>),
  };
}
