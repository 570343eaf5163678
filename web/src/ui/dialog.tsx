// A window over the page that one has to answer or close. The browser keeps the
// focus in it, closes it on Escape and gives the focus back.
import { useEffect, useId, useRef, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { common } from "../i18n/words.ts";
import "./dialog.css";

export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const box = useRef<HTMLDialogElement>(null);
  const t = common.use();
  const id = useId();
  useEffect(() => {
    const d = box.current;
    d?.showModal();
    return () => d?.close();
  }, []);
  return createPortal(
    <dialog ref={box} className="dialog" aria-labelledby={id} onCancel={(e) => { e.preventDefault(); onClose(); }} onPointerDown={(e) => { if (e.target === e.currentTarget) onClose(); }}>
      <div className="dialog-body">
        <div className="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" className="dialog-close" onClick={onClose} aria-label={t("close")}>×</button>
        </div>
        {children}
      </div>
    </dialog>,
    document.body,
  );
}
