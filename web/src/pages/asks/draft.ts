// What one writes as an answer: kept in the browser while it is written, put
// into the queue when it is sent. The id is made here, so that an answer that
// is sent twice is one.
import { apiUrl, get } from "../../api/client.ts";
import type { AskPage, Submission } from "../../api/types.ts";
import type { Lang } from "../../format/number.ts";
import { drawer } from "../../offline/db.ts";
import { keep, queue } from "../../offline/offline.ts";
import type { PickedFile } from "../../ui/files.tsx";

export interface Given {
  value: string;
  qualifier: string;
  day: string;
}

export interface Draft {
  id: string;
  values: Record<string, Given>;
  change: "" | "move" | "withdraw";
  deadline: string;
  reason: string;
  text: Partial<Record<Lang, string>>;
  files: PickedFile[];
}

export const noDraft = (): Draft => ({ id: crypto.randomUUID(), values: {}, change: "", deadline: "", reason: "", text: {}, files: [] });

type Measure = AskPage["measures"][number];

/** The name of a field: what it is about. */
export const fieldOf = (m: Measure) => `${m.measure}/${m.place}/${m.dimensions}`;

/** Nobody else on this device sees what one has written. */
interface Kept {
  owner: string;
  draft: Draft;
}

const kept = drawer<Kept>("kept");
const draftKey = (ask: string) => `answer:${ask}`;

export async function readDraft(ask: string, owner: string): Promise<Draft | undefined> {
  const k = await kept.get(draftKey(ask));
  return k?.owner === owner ? k.draft : undefined;
}
export const writeDraft = (ask: string, owner: string, draft: Draft) => kept.put(draftKey(ask), { owner, draft });
export const dropDraft = (ask: string) => kept.delete(draftKey(ask));

/** The page as it came last, for a place without a connection. */
const pages = drawer<{ page: AskPage }>("kept");
export const readPage = async (ask: string) => (await pages.get(`ask:${ask}`))?.page;
export const writePage = (ask: string, page: AskPage) => pages.put(`ask:${ask}`, { page });

export type Wrong = "text" | "reason" | "deadline" | "value" | "day";

/** The answer as the server has it: one that was returned, or begun on another device. */
export async function resumeDraft(page: AskPage, id: string): Promise<Draft> {
  const s = await get<Submission>(apiUrl(`/submissions/${id}`));
  await queue.saw(id, s.version);
  const c = s.content;
  const values: Record<string, Given> = {};
  for (const m of page.measures) {
    const v = c.values?.find((x) => x.measure === m.measure && (x.place ?? m.place) === m.place && (x.dimensions ?? m.dimensions) === m.dimensions);
    if (v) values[fieldOf(m)] = { value: v.value ?? "", qualifier: v.qualifier || "=", day: v.period ?? "" };
  }
  return {
    id, values, change: c.withdraw ? "withdraw" : c.deadline ? "move" : "", deadline: c.deadline ?? "", reason: c.reason ?? "", text: c.text ?? {},
    files: (c.files ?? []).map((f) => ({ localId: f, id: f, name: f, type: "", size: 0, blob: null })),
  };
}

/** A number as people write it: 96, 1 200, 99,5. */
export const isNumber = (s: string) => /^-?\d{1,3}(?:[\s\u00a0\u202f]?\d{3})*(?:[.,]\d+)?$|^-?\d+(?:[.,]\d+)?$/.test(s.trim());

/** What is missing or cannot be, the first thing first. */
export function wrongWith(d: Draft, today: string): Wrong[] {
  const out: Wrong[] = [];
  for (const g of Object.values(d.values)) {
    if (g.value.trim() === "") continue;
    if (!isNumber(g.value)) out.push("value");
    if (!/^\d{4}-\d{2}-\d{2}$/.test(g.day) || g.day > today) out.push("day");
  }
  if (d.change === "move" && !d.deadline) out.push("deadline");
  if (d.change !== "" && d.reason.trim() === "") out.push("reason");
  if (!Object.values(d.text).some((x) => x?.trim())) out.push("text");
  return [...new Set(out)];
}

/** What the server is sent. */
export function bodyOf(page: AskPage, d: Draft): Record<string, unknown> {
  const values = page.measures.flatMap((m) => {
    const g = d.values[fieldOf(m)];
    return g && g.value.trim() !== "" ? [{ measure: m.measure, place: m.place, dimensions: m.dimensions, period: g.day, value: g.value.trim(), qualifier: g.qualifier }] : [];
  });
  return {
    kind: "answer", place: page.place, office: page.ask.office, ask: page.ask.id, about: page.ask.about.id, values,
    text: Object.fromEntries(Object.entries(d.text).filter(([, v]) => v?.trim())),
    deadline: d.change === "move" ? d.deadline : "", withdraw: d.change === "withdraw", reason: d.change === "" ? "" : d.reason.trim(),
    files: d.files.flatMap((f) => (f.id ? [f.id] : [])),
  };
}

/** Puts the answer into the queue: the files, the draft, and behind it the submission. */
export async function sendAnswer(page: AskPage, d: Draft): Promise<void> {
  const files = d.files.flatMap((f) => (f.id || !f.blob ? [] : [{ name: f.name, blob: f.blob, query: { about: page.ask.about.id, place: page.place }, into: "files" }]));
  await keep({ id: `save-${d.id}`, group: d.id, method: "PUT", path: `/submissions/${d.id}`, versionOf: d.id, body: bodyOf(page, d), files });
  await keep({ id: `submit-${d.id}`, group: d.id, method: "POST", path: `/submissions/${d.id}/submit`, versionOf: d.id, body: {} });
}
