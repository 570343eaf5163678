// The words in which a report is saved and submitted, and how it waits for a
// connection: a save replaces the save before it, a submission follows it.
import { keep, lastOwner, queue } from "../../offline/offline.ts";
import { drawer } from "../../offline/db.ts";
import { parseNumber } from "../../format/parse-number.ts";
import type { ReportForm } from "../../api/types.ts";
import { nothingTyped, type Filled } from "./check.ts";

/** What this browser keeps of a report: the form as it came, and what is typed. */
export interface Kept {
  form: ReportForm;
  filled: Filled;
  /** The submission that is filled in, and the version that it was begun from. */
  id: string;
  version: number;
  /** What is typed has not arrived at the server. */
  dirty: boolean;
}

/** Nobody else on this device sees it. */
interface Owned extends Kept {
  owner: string;
}

const kept = drawer<Owned>("kept");
const key = (f: { template: string; place: string; period: string }) => `form:${f.template}/${f.place}/${f.period}`;

export async function readKept(k: { template: string; place: string; period: string }): Promise<Kept | undefined> {
  const old = await kept.get(key(k));
  return old?.owner === (await lastOwner()) ? old : undefined;
}
export async function writeKept(k: Kept): Promise<void> {
  await kept.put(key(k.form), { ...k, owner: await lastOwner() });
}
export const lasting = kept.lasting;

/** The submission of a form: the open one, or the next. */
export function submissionOf(f: ReportForm): { id: string; version: number } {
  const open = f.draft && !["published", "withdrawn"].includes(f.draft.state);
  return open && f.draft ? { id: f.draft.id, version: f.draft.version } : { id: f.next_id, version: 0 };
}

export function filledOf(f: ReportForm): Filled {
  return Object.fromEntries((f.draft?.values ?? []).map((v) => [v.row, { value: v.value, status: v.status, note: v.note }]));
}

export const saveId = (submission: string) => `save-${submission}`;
export const submitId = (submission: string) => `submit-${submission}`;

/** Puts a save into the queue. */
export function save(f: ReportForm, id: string, filled: Filled) {
  const values = f.fields.rows.flatMap((r) => {
    const v = filled[r.code] ?? nothingTyped;
    if (v.value.trim() === "" && v.status === "" && v.note.trim() === "") return [];
    return [{ measure: r.measure, dimensions: r.dimensions ?? "", unit: r.unit, value: parseNumber(v.value) ?? v.value.trim(), status: v.status, note: v.note.trim() }];
  });
  return keep({
    id: saveId(id), group: id, method: "PUT", path: `/submissions/${id}`, versionOf: id,
    body: { kind: "form", template: f.template, place: f.place, period: f.period, office: f.office ?? "", values, files: f.draft?.files ?? [] },
  });
}

/** Puts the submission behind the save. */
export function submit(id: string) {
  return keep({ id: submitId(id), group: id, method: "POST", path: `/submissions/${id}/submit`, versionOf: id, body: {} });
}

/** Notes from which version the reader goes on. */
export const saw = (id: string, version: number) => queue.saw(id, version);
