// What the columns of a table are: the mapping of the server seen column by column.
import type { Import, ImportColumn, ImportMapping } from "../../api/types.ts";

/** Our columns that a column of a table can be, the usual ones first. */
export const plainRoles = [
  "measure", "place", "period", "value", "kind", "unit", "source", "document", "qualifier", "status", "published_at", "numerator", "denominator", "dimensions", "note_kk", "note_ru", "note_en",
] as const;
export type PlainRole = (typeof plainRoles)[number];

/** Our columns that a table must have, by a column or for the whole table. */
export const neededRoles = ["measure", "place", "period", "kind", "value"] as const;

/** Columns whose texts are names of things with codes. */
export const namedRoles = ["place", "measure", "unit", "source", "document", "kind", "period"] as const;

const fold = (s: string) => s.trim().split(/\s+/).join(" ").toLowerCase();

/** How a mapping names a column: by its header, or by its letter where the header is missing or there twice. */
export function referenceOf(c: ImportColumn, all: readonly ImportColumn[]): string {
  const same = all.filter((x) => fold(x.header) === fold(c.header)).length;
  return c.header === "" || same > 1 || c.header.endsWith("…") ? `=${c.letter}` : c.header;
}

function isFor(reference: string | undefined, c: ImportColumn): boolean {
  if (!reference) return false;
  return fold(reference) === fold(`=${c.letter}`) || (c.header !== "" && fold(reference) === fold(c.header));
}

/** What a column is: "" when it is not read, "wide", a column of ours, or "dimension:KEY". */
export function roleOf(m: ImportMapping, c: ImportColumn): string {
  if (m.wide?.some((w) => isFor(w.header, c))) return "wide";
  for (const [role, ref] of Object.entries(m.columns ?? {})) if (isFor(ref, c)) return role;
  for (const [key, ref] of Object.entries(m.dimensions ?? {})) if (isFor(ref, c)) return `dimension:${key}`;
  return "";
}

function without<T>(o: Record<string, T> | undefined, drop: (key: string, v: T) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(o ?? {}).filter(([k, v]) => !drop(k, v)));
}

/** The mapping with another role for a column. A role is given once: who had it loses it. */
export function withRole(m: ImportMapping, c: ImportColumn, all: readonly ImportColumn[], role: string): ImportMapping {
  const ref = referenceOf(c, all);
  const out: ImportMapping = {
    ...m,
    columns: without(m.columns, (_, v) => isFor(v, c)),
    dimensions: without(m.dimensions, (_, v) => isFor(v, c)),
    wide: (m.wide ?? []).filter((w) => !isFor(w.header, c)),
    ignore: (m.ignore ?? []).filter((x) => !isFor(x, c)),
  };
  if (role === "wide") {
    out.wide = [...(out.wide ?? []), { header: ref, set: {} }];
    out.columns = without(out.columns, (k) => k === "value");
    out.empty ||= "skip";
  } else if (role.startsWith("dimension:")) {
    out.dimensions = { ...without(out.dimensions, (k) => k === role.slice(10)), [role.slice(10)]: ref };
  } else if (role) {
    out.columns = { ...without(out.columns, (k) => k === role), [role]: ref };
    out.constants = without(out.constants, (k) => k === role);
    if (role === "value") out.wide = [];
  } else if (c.header) {
    out.ignore = [...(out.ignore ?? []), ref];
  }
  const kept = new Set([...Object.keys(out.columns ?? {}), ...Object.keys(out.dimensions ?? {})]);
  out.fill = (out.fill ?? []).filter((f) => kept.has(f));
  return out;
}

/** What the header of a column of values stands for. */
export function wideSet(m: ImportMapping, c: ImportColumn): Record<string, string> {
  return m.wide?.find((w) => isFor(w.header, c))?.set ?? {};
}

export function withWideSet(m: ImportMapping, c: ImportColumn, key: string, value: string): ImportMapping {
  return {
    ...m,
    wide: (m.wide ?? []).map((w) => (isFor(w.header, c) ? { ...w, set: value ? { ...w.set, [key]: value } : without(w.set, (k) => k === key) } : w)),
  };
}

export function withConstant(m: ImportMapping, column: string, value: string): ImportMapping {
  const constants = without(m.constants, (k) => k === column);
  return { ...m, constants: value ? { ...constants, [column]: value } : constants };
}

export function withMeaning(m: ImportMapping, role: string, text: string, code: string): ImportMapping {
  const values = without(m.values?.[role], (k) => k === text);
  return { ...m, values: { ...m.values, [role]: code ? { ...values, [text]: code } : values } };
}

/** Needed columns that neither a column nor a constant gives. */
export function missingOf(m: ImportMapping): string[] {
  const wide = m.wide ?? [];
  const has = (c: string) => Boolean(m.columns?.[c] || m.constants?.[c] || (wide.length > 0 && (c === "value" || wide.every((w) => w.set[c]))));
  const out: string[] = neededRoles.filter((c) => !has(c));
  if (!["source", "document"].some(has)) out.push("source");
  return out;
}

/** Texts of the table that wait for a meaning, without those that were given one on the page. */
export function openNames(i: Import, m: ImportMapping) {
  return i.unknown.filter((u) => m.columns?.[u.column] && !(u.text in (m.values?.[u.column] ?? {})));
}
