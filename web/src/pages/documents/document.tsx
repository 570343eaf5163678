// A document line by line: what was read is marked and opens its statement,
// what was not read is marked too. An administrator can record from it.
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useApi, useSession } from "../../api/queries.ts";
import type { Document, DocumentPage as Page, Figure } from "../../api/types.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, usePathId, useSearchParams } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { FigureOf } from "../../ui/figure.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { usePublished } from "./documents.tsx";
import { ImportText } from "./import-text.tsx";
import { Lines } from "./lines.tsx";
import { readSelected, type Selected } from "./selection.ts";
import { documentWords } from "./words.ts";
import "./documents.css";

const Editor = lazy(() => import("./editor.tsx"));

export default function DocumentPage() {
  const name = usePathId();
  const q = useApi<Page>(`/documents/${encodeURIComponent(name)}`);
  const words = useWords();
  usePageTitle(q.data ? say(q.data.document.title, words.lang) : name);
  if (q.error) return <Failure error={q.error} retry={() => void q.refetch()} />;
  if (!q.data || q.data.document.name !== name) return <Waiting rows={14} />;
  return <Content page={q.data} />;
}

function Content({ page }: { page: Page }) {
  const words = useWords();
  const t = documentWords.use();
  const d = page.document;
  const day = usePublished();
  const read = d.kind === "document";
  return (
    <>
      <PageHead
        above={<ol className="crumbs"><li><A to="/documents">{t("title")}</A></li></ol>}
        eyebrow={`${say(d.publisher, words.lang)} · ${day(d)}`}
        title={say(d.title, words.lang)}
      >
        <p className="row small">
          <span className="tag tag-brand">{t("figuresN", { n: page.figures.length })}</span>
          {d.lines !== null && <span className="tag">{t("linesN", { n: d.lines })}</span>}
          {page.unread.length > 0 && <span className="tag tag-wait">{t("unreadN", { n: page.unread.length })}</span>}
        </p>
      </PageHead>
      <div className="columns">
        <div className="stack">
          {read && <Text page={page} />}
          <FigureTable page={page} />
        </div>
        <div className="stack">
          {read && !d.imported && <ImportText document={d} />}
          <Facts d={d} />
        </div>
      </div>
    </>
  );
}

function Text({ page }: { page: Page }) {
  const t = documentWords.use();
  const session = useSession();
  const client = useQueryClient();
  const s = useSearchParams();
  const box = useRef<HTMLDivElement>(null);
  const [marked, setMarked] = useState<Selected | null>(null);
  const [editing, setEditing] = useState<Selected | null>(null);
  const may = Boolean(session.data?.administrator && page.document.imported);
  const line = s.line ?? page.lines.find((l) => l.spans.some((x) => x.figure === s.figure))?.line;

  useEffect(() => {
    const el = line ? box.current?.querySelector(`[data-row="${CSS.escape(String(line))}"]`) : null;
    el?.scrollIntoView({ block: "center" });
  }, [line]);
  useEffect(() => {
    if (!may) return undefined;
    const look = () => setMarked(box.current ? readSelected(box.current) : null);
    document.addEventListener("selectionchange", look);
    return () => document.removeEventListener("selectionchange", look);
  }, [may]);

  return (
    <Card
      id="text"
      title={t("text")}
      aside={page.document.imported ? (
        <ul className="legend">
          <li><span className="span-figure">12</span>{t("legendFigure")}</li>
          <li><span className="span-unread">12</span>{t("legendUnread")}</li>
        </ul>
      ) : undefined}
    >
      {may && (
        <div className="marker no-print">
          <p className="small quiet">{marked ? <>«{marked.text.slice(0, 90)}»</> : t("editHint")}</p>
          <button type="button" className="button button-main button-small" disabled={!marked} onPointerDown={(e) => e.preventDefault()} onClick={() => marked && setEditing(marked)}>{t("record")}</button>
        </div>
      )}
      {editing && (
        <Suspense fallback={<Waiting rows={5} />}>
          <Editor
            key={`${editing.line}/${editing.from}/${editing.to}`}
            document={page.document.name}
            selected={editing}
            onDone={() => { void client.invalidateQueries(); }}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
      <div ref={box}><Lines page={page} figure={s.figure} line={line ? Number(line) : undefined} editing={editing} /></div>
    </Card>
  );
}

function FigureTable({ page }: { page: Page }) {
  const words = useWords();
  const t = documentWords.use();
  const c = common.use();
  const roles = useMemo(() => new Map(page.lines.flatMap((l) => l.spans.map((x) => [x.figure, x.role] as const))), [page]);
  const [all, setAll] = useState(false);
  if (page.figures.length === 0) return null;
  const cut = all ? page.figures : page.figures.slice(0, shownAtFirst);
  return (
    <Card id="figures" title={t("figures")} aside={<Downloads path="/figures" params={{ document: page.document.name }} />}>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("figures")}>
        <table className="table folds">
          <thead><tr><th scope="col">{c("measure")}</th><th scope="col" className="r">{c("value")}</th><th scope="col">{c("place")}</th><th scope="col">{t("lineHead")}</th></tr></thead>
          <tbody>{cut.map((f) => <Row key={f.id} f={f} role={roles.get(f.id) ?? ""} words={words} />)}</tbody>
        </table>
      </div>
      {page.figures.length > shownAtFirst && <button type="button" className="button button-small plist-more no-print" aria-expanded={all} onClick={() => setAll(!all)}>{all ? c("showLess") : c("showAll", { n: page.figures.length })}</button>}
    </Card>
  );
}

const shownAtFirst = 40;

function Row({ f, role, words }: { f: Figure; role: string; words: ReturnType<typeof useWords> }) {
  const t = documentWords.use();
  const c = common.use();
  const key = `role_${role}`;
  return (
    <tr>
      <th scope="row">
        <A to={`/figures/${f.id}`} className="plain-link">{words.measure(f.measure)}</A>
        <span className="small quiet">{key in documentWords.dict ? ` · ${t(key as "role_claim")}` : ""}{Object.keys(f.dimensions).length > 0 ? ` · ${words.dimensions(f.dimensions)}` : ""}</span>
      </th>
      <td className="r" data-label={c("value")}><FigureOf f={f} /></td>
      <td data-label={c("place")}><A to={`/places/${f.place}`} className="plain-link">{words.placeShort(f.place)}</A></td>
      <td data-label={t("lineHead")} className="nums">{f.line === null ? "—" : <A to={`/documents/${f.document ?? ""}`} search={{ figure: f.id, line: String(f.line) }}>{f.line}</A>}</td>
    </tr>
  );
}

function Facts({ d }: { d: Document }) {
  const words = useWords();
  const t = documentWords.use();
  const c = common.use();
  const day = usePublished();
  const langKey = `lang_${d.language}`;
  return (
    <Card id="about" title={t("about")}>
      <dl className="facts-list">
        <div><dt>{t("publisher")}</dt><dd>{say(d.publisher, words.lang)}</dd></div>
        <div><dt>{c("published")}</dt><dd>{day(d)}</dd></div>
        {langKey in documentWords.dict && <div><dt>{t("original")}</dt><dd>{t(langKey as "lang_kk")}</dd></div>}
        <div><dt>{t("licence")}</dt><dd lang="en">{d.licence || t("noAddress")}</dd></div>
        <div><dt>{t("address")}</dt><dd>{d.address && /^https?:/.test(d.address) ? <a href={d.address} rel="noopener noreferrer">{d.address}</a> : (d.address ?? t("noAddress"))}</dd></div>
        <div><dt>{t("file")}</dt><dd className="small">{d.name}</dd></div>
        {d.sha256 && <div><dt>{t("hash")}</dt><dd className="small hash">{d.sha256}</dd></div>}
      </dl>
    </Card>
  );
}
