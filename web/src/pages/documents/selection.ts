// What a reader selected, as a place in the document: line and code points.

export interface Selected {
  line: number;
  from: number;
  to: number;
  text: string;
}

/** Code points before an offset of UTF-16 units. */
export function pointsBefore(text: string, units: number): number {
  return Array.from(text.slice(0, units)).length;
}

/** Offset within the text of a line of a place in the page. */
function offsetIn(line: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange();
  range.selectNodeContents(line);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** The current selection when it lies within one line; blanks at its ends are left out. */
export function readSelected(root: HTMLElement): Selected | null {
  const sel = window.getSelection();
  if (!sel || sel.rangeCount === 0 || sel.isCollapsed) return null;
  const range = sel.getRangeAt(0);
  const lineOf = (n: Node) => (n instanceof Element ? n : n.parentElement)?.closest<HTMLElement>("[data-line]") ?? null;
  const line = lineOf(range.startContainer);
  if (!line || line !== lineOf(range.endContainer) || !root.contains(line)) return null;
  const whole = line.textContent ?? "";
  const a = offsetIn(line, range.startContainer, range.startOffset);
  const b = offsetIn(line, range.endContainer, range.endOffset);
  const text = whole.slice(a, b);
  const trimmed = text.trim();
  if (!trimmed) return null;
  const start = a + text.indexOf(trimmed);
  const from = pointsBefore(whole, start);
  return { line: Number(line.dataset.line), from, to: from + Array.from(trimmed).length, text: trimmed };
}
