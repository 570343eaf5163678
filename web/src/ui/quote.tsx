// A line of a document with a stretch of it marked. Long lines are cut to what
// stands around the stretch.
import { codePoints } from "../format/text.ts";
import "./quote.css";

const around = 160;

export function Quote({ text, from, to, lang }: { text: string; from: number; to: number; lang?: string }) {
  const points = codePoints(text);
  const start = from > around + 20 ? from - around : 0;
  const end = points.length - to > around + 20 ? to + around : points.length;
  const part = (a: number, b: number) => points.slice(a, b).join("");
  return (
    <blockquote className="quote" lang={lang} tabIndex={-1}>
      {start > 0 && "…"}
      {part(start, from)}
      <mark>{part(from, to)}</mark>
      {part(to, end)}
      {end < points.length && "…"}
    </blockquote>
  );
}
