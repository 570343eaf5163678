// The numbers of the computed sentence are statements like any other. The
// server sends the sentence as text, so its numbers are matched with the
// figures of which it speaks.
import type { Board } from "../../api/types.ts";

export interface Known {
  /** Targets that fall due next, by value. */
  due: ReadonlyMap<number, string>;
  /** What documents confirm, and of what, by value. */
  confirmed: ReadonlyMap<number, string>;
}

/** Figures by value; where two have the same, the sentence speaks of the whole, which comes first. */
export function figuresOf(board: Board): Known {
  const due = new Map<number, string>();
  const confirmed = new Map<number, string>();
  const add = (map: Map<number, string>, value: number | null | undefined, figure: string) => {
    if (value != null && !map.has(value)) map.set(value, figure);
  };
  const nearest = board.promises.filter((p) => p.deadline === board.next_deadline);
  for (const p of nearest.filter((x) => x.part_of === null).concat(nearest)) add(due, p.target.value, p.target.figure);
  for (const p of board.promises) {
    if (!p.delivered) continue;
    add(confirmed, p.delivered.value, p.delivered.figure);
    add(confirmed, p.target.value, p.target.figure);
  }
  return { due, confirmed };
}

export interface Part {
  at: number;
  text: string;
  figure?: string;
}

const number = /\d+(?:[\u00a0 ,]\d{3})*(?:[.,]\d+)?/g;

/** The value of a number in any of the three languages. */
function valueOf(text: string): number {
  const plain = text.replace(/[\u00a0 ]/g, "");
  return Number(plain.includes(".") || /,\d{3}$/.test(plain) ? plain.replaceAll(",", "") : plain.replace(",", "."));
}

/** An ending stays on the line of its number: 102-сі. */
function joined(text: string): string {
  return text.replace(/^-(?=\p{L})/u, "\u2011");
}

/** Cuts a text at the numbers that are known figures. */
export function linked(text: string, figures: ReadonlyMap<number, string>): Part[] {
  const out: Part[] = [];
  let last = 0;
  for (const m of text.matchAll(number)) {
    const figure = figures.get(valueOf(m[0]));
    if (!figure) continue;
    if (m.index > last) out.push({ at: last, text: joined(text.slice(last, m.index)) });
    out.push({ at: m.index, text: m[0], figure });
    last = m.index + m[0].length;
  }
  if (last < text.length) out.push({ at: last, text: joined(text.slice(last)) });
  return out;
}
