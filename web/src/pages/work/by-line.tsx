// The way from a number of a work to the line that says it, and on to the
// document, the figure or the file behind that line.
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from "react";
import { useWorkTerms, type WorkLine, type WorkPage } from "../../api/works.ts";
import { common } from "../../i18n/words.ts";
import { A } from "../../route.tsx";
import { FigureById } from "../../ui/figure-by-id.tsx";
import { useShowFigure } from "../../ui/figure.tsx";
import { Popover } from "../../ui/popover.tsx";
import { useWords } from "../../words.tsx";
import { WorkNames } from "./line-text.ts";

const Opener = createContext<{ lines: readonly WorkLine[]; show: (ids: readonly string[], anchor: HTMLElement) => void }>({ lines: [], show: () => undefined });

/** The names that works use, with those of the server as soon as they are there. */
export function useWorkNames(): WorkNames {
  const words = useWords();
  const terms = useWorkTerms().data;
  return useMemo(() => new WorkNames(words, terms), [words, terms]);
}

export function LineHost({ page, children }: { page: WorkPage; children: ReactNode }) {
  const [open, setOpen] = useState<{ ids: readonly string[]; anchor: HTMLElement } | null>(null);
  const last = useRef<HTMLElement | null>(null);
  const t = common.use();
  const show = useCallback((ids: readonly string[], anchor: HTMLElement) => {
    last.current = anchor;
    setOpen((now) => (now?.anchor === anchor ? null : { ids, anchor }));
  }, []);
  const close = useCallback((refocus: boolean) => {
    setOpen(null);
    if (refocus) last.current?.focus();
  }, []);
  const value = useMemo(() => ({ lines: page.lines, show }), [page.lines, show]);
  return (
    <Opener.Provider value={value}>
      {children}
      {open && (
        <Popover anchor={open.anchor} label={t("whoSaid")} onClose={close}>
          <div className="stack-s">
            {page.lines.filter((l) => open.ids.includes(l.id)).slice(0, shownLines).map((l) => <LineSource key={l.id} line={l} onGo={() => close(false)} />)}
          </div>
        </Popover>
      )}
    </Opener.Provider>
  );
}

const shownLines = 30;

/** A number, a day or a word that one or several lines say. */
export function ByLine({ ids, children, className = "" }: { ids: readonly (string | null | undefined)[]; children: ReactNode; className?: string }) {
  const { lines, show } = useContext(Opener);
  const showFigure = useShowFigure();
  const known = lines.filter((l) => ids.includes(l.id));
  if (known.length === 0) return <span className={className}>{children}</span>;
  const only = known.length === 1 ? known[0] : undefined;
  return (
    <button
      type="button"
      className={`by-line ${className}`}
      aria-haspopup="dialog"
      onClick={(e) => (only?.figure ? showFigure(only.figure, e.currentTarget) : show(known.map((l) => l.id), e.currentTarget))}
    >
      {children}
    </button>
  );
}

function LineSource({ line: l, onGo }: { line: WorkLine; onGo: () => void }) {
  const names = useWorkNames();
  return (
    <section className="line-source">
      <p className="strong">{names.says(l)}</p>
      <p className="small quiet">{names.date(l.on)} · {names.t("recordedOn", { date: names.date(l.recorded_at.slice(0, 10)) })}</p>
      <LineOrigin line={l} />
      <p className="small"><a href={`#line-${l.id}`} onClick={onGo}>{names.t("inHistory")}</a></p>
    </section>
  );
}

/** Document and line, figure, office and files of a line. */
export function LineOrigin({ line: l }: { line: WorkLine }) {
  const names = useWorkNames();
  const c = common.use();
  const words = names.words;
  return (
    <div className="small line-origin">
      {l.document && (
        <p>
          <A to={`/documents/${encodeURIComponent(l.document)}`} search={{ line: l.line ? String(l.line) : undefined, figure: l.figure ?? undefined }}>
            {words.publisher(l.document)}, {words.document(l.document)}{l.line ? `, ${c("line", { n: l.line })}` : ""}
          </A>
        </p>
      )}
      {(l.figure || l.posted.length > 0) && <p>{[l.figure, ...l.posted].filter((x): x is string => Boolean(x)).map((id) => <span key={id} className="line-figure"><FigureById id={id} /></span>)}</p>}
      {!l.document && <p>{l.office ? names.t("sourceOffice", { office: words.office(l.office) }) : c("notSaid")}</p>}
      {l.files.length > 0 && <p>{l.files.map((id, i) => <a key={id} href={`#file-${id}`}>{i === 0 ? names.t("files", { n: l.files.length }) : `, ${i + 1}`}</a>)}</p>}
      {!l.document && !l.figure && l.files.length === 0 && <p className="quiet">{names.t("noEvidence")}</p>}
      {l.synthetic && <p><span className="tag tag-odd">{c("synthetic")}</span></p>}
    </div>
  );
}
