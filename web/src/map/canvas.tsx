// A drawing on a canvas over the outlines of a country, with zoom and shift.
// What is drawn and what a click means is the business of who uses it; the
// same numbers must stand in a table beside it, since a canvas says nothing.
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useWidth } from "../ui/use-width.ts";
import { held, showing, whole, zoomed, type Size, type View } from "./field.ts";
import { fit, type Outlines, type Sheet } from "./outline.ts";
import "./map.css";

/** What a drawing needs to know. */
export interface Frame {
  sheet: Sheet;
  size: Size;
  view: View;
}

/** The value of a custom property of the theme. */
export type Colour = (name: string) => string;

interface Props {
  outlines: Outlines;
  label: string;
  /** Draws; it is called again whenever it changes, the view does, or the theme. */
  paint: (g: CanvasRenderingContext2D, f: Frame, colour: Colour) => void;
  /** A click at a position of the frame. */
  pick: (x: number, y: number, f: Frame) => void;
  /** Outline to which the view goes when it changes; undefined shows everything. */
  focus?: string;
  words: { zoomIn: string; zoomOut: string; all: string };
  /** What lies over the drawing, placed by its frame. */
  over?: (f: Frame) => ReactNode;
}

const maxHeight = 620;
const zoomStep = 1.6;
const stillPx = 5; // a finger that moves less has not moved
const sharpest = 2;

/** Fits the outlines into a frame of that width, and not higher than the page bears. */
export function sheetFor(outlines: Outlines, width: number): { sheet: Sheet; size: Size } | undefined {
  const full = fit(outlines.list, width);
  if (!full) return undefined;
  if (full.height <= maxHeight) return { sheet: full, size: { width, height: full.height } };
  const narrow = Math.floor((width * maxHeight) / full.height);
  const sheet = fit(outlines.list, narrow);
  if (!sheet) return undefined;
  const left = (width - narrow) / 2;
  return { sheet: { ...sheet, put: (p) => { const [x, y] = sheet.put(p); return [x + left, y]; } }, size: { width, height: sheet.height } };
}

export function MapCanvas({ outlines, label, paint, pick, focus, words, over }: Props) {
  const [box, width] = useWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<View>(whole);
  const [theme, setTheme] = useState(0);
  const fitted = useMemo(() => sheetFor(outlines, width), [outlines, width]);
  const boxes = useMemo(() => (fitted ? boxesOf(outlines, fitted.sheet) : new Map<string, Box>()), [outlines, fitted]);
  const wanted = `${focus ?? ""} ${fitted?.size.width ?? 0}`;
  const [shown, setShown] = useState(wanted);
  if (shown !== wanted) { // another outline was chosen, or the page has another width
    setShown(wanted);
    const at = focus ? boxes.get(focus) : undefined;
    setView(at && fitted ? showing(at, fitted.size) : whole);
  }
  useEffect(() => {
    const again = () => setTheme((n) => n + 1);
    const media = [window.matchMedia("(prefers-color-scheme: dark)"), window.matchMedia("print")];
    for (const m of media) m.addEventListener("change", again);
    window.addEventListener("shanyraq-theme", again);
    return () => {
      for (const m of media) m.removeEventListener("change", again);
      window.removeEventListener("shanyraq-theme", again);
    };
  }, []);
  const frame = useMemo<Frame | undefined>(() => (fitted ? { ...fitted, view } : undefined), [fitted, view]);
  useLayoutEffect(() => {
    const el = canvas.current;
    const g = el?.getContext("2d");
    if (!el || !g || !frame) return;
    const sharp = Math.min(sharpest, window.devicePixelRatio || 1);
    const { width: w, height: h } = frame.size;
    if (el.width !== w * sharp || el.height !== h * sharp) {
      el.width = w * sharp;
      el.height = h * sharp;
    }
    g.setTransform(sharp, 0, 0, sharp, 0, 0);
    g.clearRect(0, 0, w, h);
    paint(g, frame, coloursOf(el));
  }, [frame, paint, theme]);
  const hand = useHand(canvas, frame, setView, pick);
  const step = (by: number) => frame && setView(zoomed(view, by, frame.size.width / 2, frame.size.height / 2, frame.size));
  return (
    <div className="map map-field" ref={box}>
      <canvas ref={canvas} role="img" aria-label={label} style={{ width: frame?.size.width, height: frame?.size.height, touchAction: view.k > 1 ? "none" : "pan-y" }} {...hand} />
      {frame && over?.(frame)}
      <div className="map-zoom no-print">
        <button type="button" onClick={() => step(zoomStep)} aria-label={words.zoomIn} title={words.zoomIn}>+</button>
        <button type="button" onClick={() => step(1 / zoomStep)} disabled={view.k <= 1} aria-label={words.zoomOut} title={words.zoomOut}>−</button>
        {view.k > 1 && <button type="button" onClick={() => setView(whole)} aria-label={words.all} title={words.all}>⤢</button>}
      </div>
    </div>
  );
}

interface Finger {
  x: number;
  y: number;
}

function fingerAt(el: Element, e: { clientX: number; clientY: number }): Finger {
  const r = el.getBoundingClientRect();
  return { x: e.clientX - r.left, y: e.clientY - r.top };
}

/** Mouse, pen and fingers: a click picks, a drag shifts what is zoomed, two fingers or Ctrl and the wheel zoom. */
function useHand(canvas: React.RefObject<HTMLCanvasElement | null>, frame: Frame | undefined, setView: React.Dispatch<React.SetStateAction<View>>, pick: Props["pick"]) {
  const down = useRef(new Map<number, Finger>());
  const moved = useRef(false);
  const size = frame?.size;
  useEffect(() => {
    const el = canvas.current;
    if (!el || !size) return undefined;
    const wheel = (e: WheelEvent) => {
      if (!e.ctrlKey && !e.metaKey) return; // the page scrolls
      e.preventDefault();
      const p = fingerAt(el, e);
      setView((v) => zoomed(v, Math.exp(-e.deltaY / 300), p.x, p.y, size));
    };
    el.addEventListener("wheel", wheel, { passive: false });
    return () => el.removeEventListener("wheel", wheel);
  }, [canvas, size, setView]);
  return {
    onPointerDown: (e: React.PointerEvent) => {
      if (down.current.size === 0) moved.current = false;
      down.current.set(e.pointerId, fingerAt(e.currentTarget, e));
    },
    onPointerMove: (e: React.PointerEvent) => {
      const was = down.current.get(e.pointerId);
      if (!was || !size) return;
      const now = fingerAt(e.currentTarget, e);
      if (down.current.size === 1) {
        if (!moved.current && Math.hypot(now.x - was.x, now.y - was.y) < stillPx) return;
        moved.current = true;
        setView((v) => held({ ...v, x: v.x + now.x - was.x, y: v.y + now.y - was.y }, size));
      } else {
        moved.current = true;
        const other = [...down.current].find(([id]) => id !== e.pointerId)?.[1];
        const before = other ? Math.hypot(was.x - other.x, was.y - other.y) : 0;
        if (other && before > 1) setView((v) => zoomed(v, Math.hypot(now.x - other.x, now.y - other.y) / before, (now.x + other.x) / 2, (now.y + other.y) / 2, size));
      }
      down.current.set(e.pointerId, now);
    },
    onPointerUp: (e: React.PointerEvent) => {
      const was = down.current.get(e.pointerId);
      down.current.delete(e.pointerId);
      if (was && !moved.current && frame && e.button === 0) {
        const p = fingerAt(e.currentTarget, e);
        pick(p.x, p.y, frame);
      }
    },
    onPointerCancel: (e: React.PointerEvent) => void down.current.delete(e.pointerId),
    onPointerLeave: (e: React.PointerEvent) => void down.current.delete(e.pointerId),
  };
}

type Box = [x0: number, y0: number, x1: number, y1: number];

function boxesOf(outlines: Outlines, sheet: Sheet): Map<string, Box> {
  const out = new Map<string, Box>();
  for (const o of outlines.list) {
    const b: Box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const p of o.rings.flat()) {
      const [x, y] = sheet.put(p);
      b[0] = Math.min(b[0], x);
      b[1] = Math.min(b[1], y);
      b[2] = Math.max(b[2], x);
      b[3] = Math.max(b[3], y);
    }
    if (b[0] < b[2]) out.set(o.code, b);
  }
  return out;
}

/** Reads colours of the theme; a canvas knows no custom properties. */
function coloursOf(el: HTMLElement): Colour {
  const known = new Map<string, string>();
  return (name) => {
    const had = known.get(name);
    if (had) return had;
    const probe = document.createElement("span");
    probe.style.color = `var(${name})`;
    (el.parentElement ?? el).append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    known.set(name, value);
    return value;
  };
}
