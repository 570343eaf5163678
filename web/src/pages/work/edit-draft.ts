// The record of a work as it is being edited: what this browser keeps of it,
// and how two versions differ.
import { drawer } from "../../offline/db.ts";
import { lastOwner } from "../../offline/offline.ts";
import type { WorkRecord } from "../../api/works.ts";

/** What is edited, what it was begun from, and the version of that. */
export interface Draft {
  record: WorkRecord;
  base: WorkRecord;
  version: number;
}

const kept = drawer<Draft & { owner: string }>("kept");
const keyOf = (id: string) => `work-edit:${id}`;

export async function readDraft(id: string): Promise<Draft | undefined> {
  const old = await kept.get(keyOf(id));
  return old && old.owner === (await lastOwner()) ? { record: old.record, base: old.base, version: old.version } : undefined;
}
export async function keepDraft(id: string, d: Draft): Promise<void> {
  await kept.put(keyOf(id), { ...d, owner: await lastOwner() });
}
export const dropDraft = (id: string) => kept.delete(keyOf(id));

export const emptyRecord = (parent: string): WorkRecord => ({ id: "", level: parent ? "package" : "project", kind: "new_building", condition: "draft", title: {}, place: "", ...(parent ? { parent } : {}) });

export type RecordKey = Exclude<keyof WorkRecord, "id">;
export const recordKeys = ["level", "kind", "condition", "parent", "title", "text", "place", "facility", "point", "office", "units", "parties", "yields", "template", "shares", "promises", "statements", "documents", "baselines", "contract", "assumed", "synthetic"] as const satisfies readonly RecordKey[];

/** A value without what says nothing, so that an empty list and none are the same. */
function plain(v: unknown): unknown {
  if (v === "" || v === null || v === undefined || v === false || v === 0) return undefined;
  if (Array.isArray(v)) return v.length === 0 ? undefined : v.map(plain);
  if (typeof v === "object") {
    const rest = Object.entries(v).map(([k, x]) => [k, plain(x)] as const).filter(([, x]) => x !== undefined).sort(([a], [b]) => a.localeCompare(b));
    return rest.length === 0 ? undefined : Object.fromEntries(rest);
  }
  return v;
}

export const sameValue = (a: unknown, b: unknown) => JSON.stringify(plain(a)) === JSON.stringify(plain(b));
export const changed = (d: Draft) => !sameValue(d.record, d.base);

export interface Difference {
  key: RecordKey;
  who: "both" | "they" | "you";
}

/** The fields in which two versions differ, and who of the two changed each since the base. */
export function differences(mine: WorkRecord, theirs: WorkRecord, base: WorkRecord): Difference[] {
  return recordKeys.flatMap((key) => {
    if (sameValue(mine[key], theirs[key])) return [];
    const they = !sameValue(theirs[key], base[key]);
    const you = !sameValue(mine[key], base[key]);
    return [{ key, who: they && you ? "both" : they ? "they" : "you" } as const];
  });
}

/** Mine with those fields of the other that were chosen. */
export function merged(mine: WorkRecord, theirs: WorkRecord, choice: Partial<Record<RecordKey, "mine" | "theirs">>): WorkRecord {
  const out = { ...mine } as Record<string, unknown>;
  for (const [key, which] of Object.entries(choice)) if (which === "theirs") out[key] = theirs[key as RecordKey];
  return out as unknown as WorkRecord;
}

const letters: Record<string, string> = {
  а: "a", ә: "a", б: "b", в: "v", г: "g", ғ: "g", д: "d", е: "e", ё: "e", ж: "zh", з: "z", и: "i", й: "i", к: "k", қ: "q", л: "l", м: "m", н: "n", ң: "n", о: "o", ө: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ұ: "u", ү: "u", ф: "f", х: "h", һ: "h", ц: "ts", ч: "ch", ш: "sh", щ: "sh", ъ: "", ы: "y", і: "i", ь: "", э: "e", ю: "iu", я: "ia",
};

/** A code made of a title, for the address. */
export function codeOf(title: WorkRecord["title"]): string {
  const text = title.en || title.ru || title.kk || "";
  return [...text.toLowerCase()].map((c) => letters[c] ?? c).join("").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60).replace(/-+$/, "");
}
