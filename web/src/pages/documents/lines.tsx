// The lines of a document. Without its text a line still lists its figures.
import { useMemo } from "react";
import type { DocumentPage as Page, Figure, TextLine } from "../../api/types.ts";
import { common } from "../../i18n/words.ts";
import { A } from "../../route.tsx";
import { FigureOf, useShowFigure } from "../../ui/figure.tsx";
import { useWords } from "../../words.tsx";
import type { Selected } from "./selection.ts";
import { cut, type Stretch } from "./spans.ts";
import { documentWords } from "./words.ts";

interface Props {
  page: Page;
  figure?: string;
  line?: number;
  editing: Selected | null;
}

export function Lines({ page, figure, line, editing }: Props) {
  const byId = useMemo(() => new Map(page.figures.map((f) => [f.id, f])), [page]);
  return (
    <ol className="lines">
      {page.lines.map((l) => (
        <li key={l.line} data-row={l.line} className={l.line === line ? "line-on" : undefined}>
          <LineNumber n={l.line} document={page.document.name} />
          {l.text === null ? <Bare line={l} byId={byId} /> : (
            <p className="line-text" lang={page.document.language || undefined} data-line={l.line}>
              {cut(l, page.unread.filter((u) => u.line === l.line)).map((s) => <Piece key={s.from} s={s} on={figure} editing={editing?.line === l.line ? editing : null} />)}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

/** The number of a line is also the link to it. */
function LineNumber({ n, document }: { n: number; document: string }) {
  const t = documentWords.use();
  return <A to={`/documents/${document}`} search={{ line: String(n) }} className="line-n" aria-label={t("lineNo", { n })}>{String(n)}</A>;
}

function Piece({ s, on, editing }: { s: Stretch; on?: string; editing: Selected | null }) {
  const t = documentWords.use();
  const c = common.use();
  const show = useShowFigure();
  const lit = on !== undefined && s.figures.includes(on);
  const inEdit = editing && s.from < editing.to && s.from + Array.from(s.text).length > editing.from;
  const id = lit ? on : s.figures[0];
  const cls = `${s.figures.length > 0 ? "span-figure" : s.unread ? "span-unread" : ""}${lit ? " span-on" : ""}${inEdit ? " span-edit" : ""}`;
  if (id) {
    return (
      <A
        to={`/figures/${id}`}
        className={cls}
        aria-haspopup="dialog"
        title={c("figureOf", { what: s.text })}
        onClick={(e) => {
          if (e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
          e.preventDefault();
          if (window.getSelection()?.isCollapsed ?? true) show(id, e.currentTarget);
        }}
      >
        {s.text}
      </A>
    );
  }
  if (cls) return <span className={cls} title={s.unread ? t("unreadTitle") : undefined}>{s.text}</span>;
  return <>{s.text}</>;
}

function Bare({ line, byId }: { line: TextLine; byId: ReadonlyMap<string, Figure> }) {
  const words = useWords();
  const t = documentWords.use();
  const list = line.spans.map((s) => byId.get(s.figure)).filter((f): f is Figure => f !== undefined);
  if (list.length === 0) return <p className="quiet small">{t("emptyLine")}</p>;
  return (
    <ul className="line-bare">
      {list.map((f) => (
        <li key={f.id}><FigureOf f={f} what={words.measure(f.measure)} /> <span className="quiet small">{words.measure(f.measure)}{f.place !== words.root ? `, ${words.placeShort(f.place)}` : ""}</span></li>
      ))}
    </ul>
  );
}
