// A line cut into stretches: plain, with a figure, or with a number unread.
import type { TextLine, Unread } from "../../api/types.ts";
import { codePoints } from "../../format/text.ts";

export interface Stretch {
  text: string;
  from: number;
  /** Figures that point here, several where they overlap. */
  figures: string[];
  roles: string[];
  unread: boolean;
}

export function cut(line: TextLine, unread: readonly Unread[]): Stretch[] {
  const points = codePoints(line.text ?? "");
  const edges = new Set([0, points.length]);
  const within = (n: number) => Math.max(0, Math.min(points.length, n));
  for (const s of line.spans) edges.add(within(s.from)).add(within(s.to));
  for (const u of unread) edges.add(within(u.from)).add(within(u.to));
  const list = [...edges].sort((a, b) => a - b);
  const out: Stretch[] = [];
  for (let i = 0; i + 1 < list.length; i++) {
    const from = list[i] as number;
    const to = list[i + 1] as number;
    const spans = line.spans.filter((s) => s.from < to && s.to > from);
    out.push({ text: points.slice(from, to).join(""), from, figures: spans.map((s) => s.figure), roles: spans.map((s) => s.role), unread: unread.some((u) => u.from < to && u.to > from) });
  }
  return out;
}
