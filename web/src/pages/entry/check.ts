// Holds what is typed against the template, as the server will: the same codes
// in the same order as Judge of the Go package ledger/reporting.
import type { FormProblem, FormRow, Template } from "../../api/types.ts";
import { decimalsOf, exact, parseNumber } from "../../format/parse-number.ts";

/** What is typed in a row. */
export interface Typed {
  value: string;
  status: string;
  note: string;
}
export type Filled = Record<string, Typed>;

export const nothingTyped: Typed = { value: "", status: "", note: "" };

/** Statuses that stand without a number. */
export const withoutValue = ["O", "L", "M"] as const;
/** Statuses that stand beside a number. */
export const besideValue = ["A", "E", "P"] as const;

export const maxNote = 500;

const alone = (status: string) => (withoutValue as readonly string[]).includes(status);

function said(v: Typed): boolean {
  return v.value.trim() !== "" || alone(v.status);
}

export function judge(t: Template, rows: FormRow[], filled: Filled): FormProblem[] {
  const out: FormProblem[] = [];
  const numbers = new Map<string, bigint>();
  for (const r of t.rows) {
    const v = filled[r.code] ?? nothingTyped;
    const add = (code: string, blocks = true) => out.push({ row: r.code, check: "", code, blocks });
    if (Array.from(v.note).length > maxNote) add("comment_long");
    const plain = parseNumber(v.value);
    if (plain === undefined) {
      add("status_unknown");
    } else if (plain !== "" && alone(v.status)) {
      add("status_value");
    } else if (!said(v)) {
      if (v.status === "E" || v.status === "P") add("status_value");
      else if (r.required) add("required");
    } else if (plain !== "") {
      const n = exact(plain);
      numbers.set(r.code, n);
      const range = rows.find((x) => x.row === r.code)?.range;
      if (decimalsOf(plain) > r.decimals) add("too_precise");
      else if (r.min !== undefined && r.min !== null && n < exact(r.min)) add("below_min");
      else if (r.max !== undefined && r.max !== null && n > exact(r.max)) add("above_max");
      else if (range && (Number(plain) < range.lower || Number(plain) > range.upper)) add("outside_range", v.note.trim() === "");
    }
  }
  if (out.some((p) => p.blocks)) return out;
  for (const c of t.checks ?? []) {
    const codes = [c.left, ...(c.right ?? [])];
    if (codes.some((code) => !t.rows.some((r) => r.code === code)) || holds(c.type, codes, numbers, filled)) continue;
    const explained = codes.some((code) => (filled[code]?.note ?? "").trim() !== "");
    out.push({ row: c.left, check: c.code, code: "check_broken", blocks: c.strict || !explained });
  }
  return out;
}

function holds(type: string, [left = "", ...right]: string[], numbers: Map<string, bigint>, filled: Filled): boolean {
  if (type === "all") {
    const whole = said(filled[left] ?? nothingTyped);
    return right.every((code) => said(filled[code] ?? nothingTyped) === whole);
  }
  let sum = 0n;
  for (const code of right) {
    const n = numbers.get(code);
    if (n === undefined) {
      if (filled[code]?.status !== "M") return true; // what nobody knows leaves the sum open
      continue;
    }
    sum += n;
  }
  const l = numbers.get(left);
  if (l === undefined) return true;
  return type === "sum" ? l === sum : l <= sum;
}

/** The lines of a column that was copied from a spreadsheet; of several columns the first. */
export function pastedColumn(text: string): string[] | null {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  if (lines.length < 2) return null;
  return lines.map((l) => (l.split("\t")[0] ?? "").trim());
}
