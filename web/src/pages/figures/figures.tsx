// All figures of the ledger with filters in the address.
import { useState } from "react";
import { useApi, useSession } from "../../api/queries.ts";
import type { FigureList } from "../../api/types.ts";
import { formatDateShort, formatPeriod } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { common, type CommonKey } from "../../i18n/words.ts";
import { A, useSearchParams, useSetSearch, type Search } from "../../route.tsx";
import { Combo } from "../../ui/combo.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { FigureOf } from "../../ui/figure.tsx";
import { useDocumentOptions, useMeasureOptions, usePlaceOptions } from "../../ui/options.ts";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { figuresWords } from "./words.ts";

const kinds = ["plan", "actual", "forecast", "estimate"] as const;
const pageSize = 50;

export default function FiguresPage() {
  const t = figuresWords.use();
  const words = useWords();
  const session = useSession().data;
  const s = useSearchParams();
  usePageTitle(t("title"));
  const filters = { measure: s.measure, place: s.place, exact: s.exact, period: s.period, kind: s.kind, document: s.document, run: s.run, history: s.history };
  const measure = s.measure ? words.measures.get(s.measure) : undefined;
  return (
    <>
      <PageHead title={measure ? say(measure.name, words.lang) : t("title")}>
        <p className="lead">{measure ? say(measure.definition, words.lang) : t("lead")}</p>
        {session?.acts.includes("import_figures") && <p><A to="/import">{t("import")}</A></p>}
      </PageHead>
      <div className="stack">
        <Card>
          <Filters />
        </Card>
        <List key={JSON.stringify(filters)} filters={filters} />
      </div>
    </>
  );
}

function Filters() {
  const t = figuresWords.use();
  const c = common.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const measures = useMeasureOptions();
  const places = usePlaceOptions();
  const documents = useDocumentOptions();
  const [period, setPeriod] = useState(s.period ?? "");
  const flag = (name: "exact" | "history", label: string) => (
    <label className="check">
      <input type="checkbox" checked={s[name] === "true"} onChange={(e) => set({ [name]: e.target.checked ? "true" : undefined })} /> {label}
    </label>
  );
  return (
    <form className="stack-s" onSubmit={(e) => { e.preventDefault(); set({ period: period.trim() || undefined }); }}>
      <div className="filters">
        <Combo label={c("measure")} options={measures} value={s.measure ?? ""} empty={c("all")} onChange={(v) => set({ measure: v || undefined })} />
        <Combo label={c("place")} options={places} value={s.place ?? ""} empty={c("all")} onChange={(v) => set({ place: v || undefined })} />
        <label className="field">
          <span>{c("period")}</span>
          <input className="input" value={period} placeholder={t("wherePeriod")} maxLength={40} onChange={(e) => setPeriod(e.target.value)} onBlur={() => set({ period: period.trim() || undefined })} />
        </label>
        <label className="field">
          <span>{c("kind")}</span>
          <select className="input" value={s.kind ?? ""} onChange={(e) => set({ kind: e.target.value || undefined })}>
            <option value="">{c("all")}</option>
            {kinds.map((k) => <option key={k} value={k}>{c(`kind_${k}` as CommonKey)}</option>)}
          </select>
        </label>
        <Combo label={c("document")} options={documents} value={s.document ?? ""} empty={c("all")} onChange={(v) => set({ document: v || undefined })} />
      </div>
      <div className="row">
        {flag("exact", t("exact"))}
        {flag("history", t("history"))}
      </div>
    </form>
  );
}

function List({ filters }: { filters: Search }) {
  const t = figuresWords.use();
  const c = common.use();
  const words = useWords();
  const [cursors, setCursors] = useState<string[]>([]);
  const q = useApi<FigureList>("/figures", { ...filters, limit: pageSize, cursor: cursors.at(-1) });
  if (q.error) return <Failure inner error={q.error} retry={() => void q.refetch()} />;
  const items = q.data?.items;
  const next = q.data?.next;
  return (
    <Card title={`${t("page")} ${cursors.length + 1}`} aside={<Downloads path="/figures" params={filters} formats={["csv", "xlsx", "json"]} />}>
      {!items ? <Waiting rows={10} /> : items.length === 0 ? <p className="note">{c("noMatch")}</p> : (
        <div className="table-box" tabIndex={0} role="region" aria-label={t("title")}>
          <table className="table folds">
            <thead>
              <tr><th scope="col">{c("measure")}</th><th scope="col" className="r">{c("value")}</th><th scope="col">{c("place")}</th><th scope="col">{c("period")}</th><th scope="col">{c("kind")}</th><th scope="col">{c("source")}</th><th scope="col">{c("published")}</th></tr>
            </thead>
            <tbody>
              {items.map((f) => (
                <tr key={f.id}>
                  <th scope="row"><A to="/figures" search={{ ...filters, measure: f.measure }} className="plain-link">{words.measure(f.measure)}</A>{Object.keys(f.dimensions).length > 0 && <span className="quiet small"> · {words.dimensions(f.dimensions)}</span>}</th>
                  <td className="r" data-label={c("value")}><FigureOf f={f} />{f.superseded_by && <span className="tag tag-wait"> {t("superseded")}</span>}</td>
                  <td data-label={c("place")}><A to={`/places/${f.place}`} className="plain-link">{words.placeShort(f.place)}</A></td>
                  <td data-label={c("period")}>{f.period ? formatPeriod(f.period, words.lang) : "—"}</td>
                  <td data-label={c("kind")}>{c(`kind_${f.kind}` as CommonKey)}</td>
                  <td data-label={c("source")}>{f.document ? <A to={`/documents/${f.document}`} search={{ figure: f.id }} className="plain-link">{words.publisher(f.document)}</A> : f.source === "computed" ? c("computed") : words.office(f.source)}</td>
                  <td className="nums" data-label={c("published")}>{f.published_at ? formatDateShort(f.published_at, words.lang) : "—"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="row no-print">
        {cursors.length > 0 && <button type="button" className="button" onClick={() => setCursors([])}>{t("first")}</button>}
        {next && <button type="button" className="button" onClick={() => setCursors([...cursors, next])}>{t("next")} →</button>}
      </div>
    </Card>
  );
}
