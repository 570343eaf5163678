// How right the minutes are: observed times of travel, published or brought by
// the reader, beside the computed ones, and which speed would fit better.
import { lazy, Suspense } from "react";
import type { AccessValidation } from "../../api/access.ts";
import { A, useLang, useSearchParams, useSetSearch } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Refused, useAction } from "../../ui/form.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { Advice } from "./advice.tsx";
import { Bring, Problems } from "./bring.tsx";
import { Groups } from "./groups.tsx";
import { Journeys } from "./journeys.tsx";
import { about, sayValidation } from "./sentence.ts";
import { useTableFile, useValidation, type Brought } from "./use-table.ts";
import { validationWords } from "./words.ts";
import "../../chart/chart.css";
import "./access-validation.css";

/** Below so many journeys an answer without advice says that they are few. */
const few = 30;

const Scatter = lazy(() => import("./scatter.tsx"));

export default function AccessValidationPage() {
  const t = validationWords.use();
  const { table, bring, drop, q } = useValidation();
  const set = useSetSearch();
  const s = useSearchParams();
  usePageTitle(t("title"));
  return (
    <>
      <PageHead above={<ol className="crumbs"><li><A to="/access">{t("access")}</A></li></ol>} title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack">
        <Bring table={table} bring={bring} drop={drop} busy={q.isFetching && !q.data} />
        {q.error && (table ? <Refused error={q.error} /> : <Failure inner error={q.error} retry={() => void q.refetch()} />)}
        {q.error && s.set && <p><button type="button" className="button" onClick={() => set({ set: undefined })}>{t("unset")}</button></p>}
        {!q.data && !q.error && <Waiting rows={12} />}
        {q.data && !q.error && (q.data.problems.length > 0 ? <Problems v={q.data} /> : <Result v={q.data} table={table} />)}
      </div>
    </>
  );
}

function Result({ v, table }: { v: AccessValidation; table: Brought | null }) {
  const t = validationWords.use();
  const lang = useLang();
  const { set } = useSearchParams();
  if (v.rows.length === 0) return <Card title={t("answer")}><p>{t("none")}</p></Card>;
  const unreached = v.unreached > 0 && <p className="small">{t("unreachedN", { n: v.unreached })}</p>;
  if (v.groups.length === 0) return <><Card title={t("answer")}>{unreached}</Card><Journeys v={v} /></>;
  return (
    <>
      <Card id="result" title={v.published ? t("published") : t("own", { name: v.file ?? "" })} aside={table ? <TableFiles table={table} /> : <Downloads path="/access/validation" params={{ set }} />}>
        <Said v={v} />
        {unreached}
        {v.season_unsaid > 0 && <p className="small quiet">{t("unsaidN", { n: v.season_unsaid })}</p>}
        {v.ignored.length > 0 && <p className="small quiet">{t("ignored", { list: v.ignored.join(", ") })}</p>}
        <Suspense fallback={<Waiting rows={8} />}>
          <Scatter v={v} subtitle={sayValidation(v, lang)} />
        </Suspense>
      </Card>
      <Advice v={v} />
      <Groups v={v} />
      <Journeys v={v} />
    </>
  );
}

/** The sentence, the size of the errors, and what is set. */
function Said({ v }: { v: AccessValidation }) {
  const t = validationWords.use();
  const lang = useLang();
  const set = useSetSearch();
  const all = v.groups[0];
  const values = Object.entries(v.set);
  if (!all) return null;
  return (
    <div className="val-said" aria-live="polite">
      <p className="val-sentence">{sayValidation(v, lang)}</p>
      <p>{t("typical", { mae: about(all.mean_absolute_error, lang), rmse: about(all.root_mean_square_error, lang), ratio: about(all.median_ratio, lang, 2) })}</p>
      {all.n < few && v.advice.length === 0 && <p className="val-doubt">{t("few", { n: all.n })}</p>}
      {values.length > 0 && (
        <p className="row">
          <span className="tag tag-wait">{t("setNow", { what: values.map(([code, n]) => `${code} ${about(n, lang, 2)}`).join(", ") })}</span>
          <button type="button" className="button button-small" onClick={() => set({ set: undefined })}>{t("unset")}</button>
          <span className="small quiet">{t("noRange")}</span>
        </p>
      )}
    </div>
  );
}

/** The comparison with the reader's own table as a file. */
function TableFiles({ table }: { table: Brought }) {
  const save = useTableFile(table);
  const act = useAction(save);
  return (
    <div>
      <ul className="row downloads no-print">
        {(["csv", "xlsx"] as const).map((f) => (
          <li key={f}><button type="button" className="button button-small" disabled={act.busy} onClick={() => void act.run(f)}><Icon name="down" />{f.toUpperCase()}</button></li>
        ))}
      </ul>
      <Refused error={act.error} />
    </div>
  );
}
