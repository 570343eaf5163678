// A visit to a site as this browser keeps it: what the form needs to open
// without a connection, and what waits to be sent.
import { drawer } from "../../offline/db.ts";
import { keep, lastOwner, queue, useWaiting } from "../../offline/offline.ts";
import type { Queued, QueuedFile } from "../../offline/queue.ts";
import type { LineInput, WorkPage } from "../../api/works.ts";
import type { Text } from "../../api/types.ts";

/** What the form shows of a work. */
export interface VisitPage {
  id: string;
  title: Text;
  place: string;
  may: string[];
  whole: { percent: number; on: string } | null;
  stages: { code: string; name: Text; percent: number | null; on: string | null }[];
}

export function visitPage(p: WorkPage): VisitPage {
  const { row } = p;
  return {
    id: row.id, title: row.title, place: row.place, may: p.may,
    whole: row.percent === null ? null : { percent: row.percent, on: row.percent_on ?? "" },
    stages: p.stages.map((s) => ({ code: s.code, name: s.name, percent: s.percent, on: s.on })),
  };
}

const kept = drawer<{ owner: string; page: VisitPage }>("kept");
const keyOf = (id: string) => `visit:${id}`;

/** Nobody else on this device sees what was kept. */
export async function readVisit(id: string): Promise<VisitPage | undefined> {
  const old = await kept.get(keyOf(id));
  return old && old.owner === (await lastOwner()) ? old.page : undefined;
}
export async function keepVisit(p: VisitPage): Promise<void> {
  await kept.put(keyOf(p.id), { owner: await lastOwner(), page: p });
}

/** What somebody saw on a site. */
export interface Visit {
  /** Made once: the server knows a visit that is sent again by it. */
  key: string;
  on: string;
  stage: string;
  percent: number | null;
  reason: string;
  remark: string;
  point: { lat: number; lon: number } | null;
  photos: { name: string; blob: Blob }[];
}

const prefix = "visit-";

/** Keeps a visit on this device and sends it when it can be sent. */
export function sendVisit(work: string, v: Visit): Promise<Queued> {
  const line: LineInput = { kind: "visit", on: v.on, key: v.key };
  if (v.remark.trim()) line.remark = v.remark.trim();
  if (v.reason.trim()) line.reason = v.reason.trim();
  if (v.point) line.point = v.point;
  if (v.percent !== null) line.status = { stage: v.stage || undefined, percent: v.percent, qualifier: "=" };
  const files: QueuedFile[] = v.photos.map((p) => ({ name: p.name, blob: p.blob, into: "lines.0.files", query: { about: `work:${work}`, kind: "photo" } }));
  const id = prefix + v.key;
  return keep({ id, group: id, method: "POST", path: `/works/${work}/lines`, body: { lines: [line] }, files });
}

/** Takes a visit that waits back into the form. */
export function visitOf(e: Queued): Visit {
  const line = (e.body.lines as LineInput[])[0];
  return {
    key: line?.key ?? crypto.randomUUID(), on: line?.on ?? "", stage: line?.status?.stage ?? "", percent: line?.status?.percent ?? null, reason: line?.reason ?? "", remark: line?.remark ?? "", point: line?.point ?? null,
    photos: (e.files ?? []).map((f) => ({ name: f.name, blob: f.blob })),
  };
}

export const dropVisit = (e: Queued) => queue.drop(e.id);

/** The visits of a work that wait on this device. */
export function useVisits(work: string): Queued[] {
  return useWaiting().filter((e) => e.id.startsWith(prefix) && e.path === `/works/${work}/lines`);
}
