// A panel beside what opened it; on a phone a sheet at the bottom. Focus moves
// in, Escape and a click outside close it, and focus goes back.
import { useEffect, useRef, useState, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { common } from "../i18n/words.ts";
import "./popover.css";

const width = 416;
const margin = 12;

interface Spot {
  left: number;
  top?: number;
  bottom?: number;
  maxHeight: number;
}

/** Below the anchor if there is room, above it otherwise; undefined on a phone, where the style sheet places it. */
function spotFor(anchor: HTMLElement): Spot | undefined {
  if (window.innerWidth < 600) return undefined;
  const r = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
  const left = Math.max(margin, Math.min(r.left, window.innerWidth - width - margin));
  const below = window.innerHeight - r.bottom - 2 * margin;
  const above = r.top - 2 * margin;
  if (below >= 320 || below >= above) return { left, top: r.bottom + 6, maxHeight: Math.max(160, below) };
  return { left, bottom: window.innerHeight - r.top + 6, maxHeight: Math.max(160, above) };
}

export function Popover({ anchor, label, onClose, children }: { anchor: HTMLElement; label: string; onClose: (refocus: boolean) => void; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [, moved] = useState(0);
  const spot = spotFor(anchor);
  const t = common.use();

  useEffect(() => {
    box.current?.focus({ preventScroll: true });
  }, [anchor]);
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (e.key === "Escape") {
        e.stopPropagation();
        onClose(true);
      }
    };
    const outside = (e: PointerEvent) => {
      const at = e.target as Node;
      if (!box.current?.contains(at) && !anchor.contains(at)) onClose(false);
    };
    const move = () => moved((n) => n + 1);
    document.addEventListener("keydown", key);
    document.addEventListener("pointerdown", outside);
    window.addEventListener("scroll", move, { passive: true });
    window.addEventListener("resize", move);
    return () => {
      document.removeEventListener("keydown", key);
      document.removeEventListener("pointerdown", outside);
      window.removeEventListener("scroll", move);
      window.removeEventListener("resize", move);
    };
  }, [anchor, onClose]);

  return createPortal(
    <div ref={box} className="pop" role="dialog" aria-label={label} tabIndex={-1} style={spot}>
      <button type="button" className="pop-close" onClick={() => onClose(true)} aria-label={t("close")}>
        ×
      </button>
      {children}
    </div>,
    document.body,
  );
}
