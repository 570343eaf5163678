// Where the data come from, under which licences, and how much of what is
// shown rests on assumptions.
import { useApi } from "../../api/queries.ts";
import type { About, Document } from "../../api/types.ts";
import { formatDateShort, formatPeriod } from "../../format/date.ts";
import { formatNumber, formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { aboutWords } from "./words.ts";

export default function AboutPage() {
  const t = aboutWords.use();
  usePageTitle(t("title"));
  const q = useApi<About>("/about");
  if (q.error) return <Failure error={q.error} retry={() => void q.refetch()} />;
  if (!q.data) return <Waiting rows={12} />;
  const about = q.data;
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack">
        {about.synthetic && <p className="note">{t("synthetic")}</p>}
        <Rules />
        <Assumed about={about} />
        <Parameters about={about} />
        <Sources title={t("documents")} hint={t("documentsHint")} list={about.sources.filter((d) => d.kind === "document")} />
        <Sources title={t("references")} hint={t("referencesHint")} list={about.sources.filter((d) => d.kind !== "document")} />
        <Notices about={about} />
        <p className="small quiet">{t("running", { version: about.version, database: about.database })}</p>
      </div>
    </>
  );
}

function Rules() {
  const t = aboutWords.use();
  return (
    <Card id="rules" title={t("rules")}>
      <ul className="about-rules stack-s">
        <li>{t("rule1")}</li>
        <li>{t("rule2")}</li>
        <li>{t("rule3")}</li>
        <li>{t("rule4")}</li>
        <li>{t("rule5")}</li>
      </ul>
    </Card>
  );
}

function Assumed({ about }: { about: About }) {
  const words = useWords();
  const t = aboutWords.use();
  if (about.assumed.length === 0) return null;
  return (
    <Card id="assumed" title={t("assumed")} aside={<p>{t("assumedHint")}</p>}>
      <dl className="money">
        {about.assumed.map((a) => (
          <div key={say(a.what, words.lang)} className="money-row">
            <dt>{say(a.what, words.lang)}</dt>
            <dd className="nums"><strong>{formatPercent(Math.round(a.share * 1000) / 10, words.lang)}</strong></dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Parameters({ about }: { about: About }) {
  const words = useWords();
  const t = aboutWords.use();
  const c = common.use();
  if (about.parameters.length === 0) return null;
  const value = (v: string, unit: string) => (Number.isFinite(Number(v)) ? `${formatNumber(Number(v), words.lang)} ${unit === "ratio" ? "" : words.unitFor(Number(v), unit)}` : v);
  return (
    <Card id="parameters" title={t("parameters")} aside={<p>{t("parametersHint")}</p>}>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("parameters")}>
        <table className="table folds">
          <thead><tr><th scope="col">{t("what")}</th><th scope="col" className="r">{c("value")}</th><th scope="col">{c("source")}</th></tr></thead>
          <tbody>
            {about.parameters.map((p) => (
              <tr key={p.code}>
                <th scope="row">{say(p.text, words.lang) || p.code} <span className="small quiet">{p.code}</span></th>
                <td className="r" data-label={c("value")}>{value(p.value, p.unit)}</td>
                <td data-label={c("source")}>{p.source === "assumption" ? <span className="tag tag-wait">{t("assumption")}</span> : words.documents.has(p.source) ? <A to={`/documents/${p.source}`}>{words.document(p.source)}</A> : p.source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Sources({ title, hint, list }: { title: string; hint: string; list: Document[] }) {
  const words = useWords();
  const t = aboutWords.use();
  const c = common.use();
  return (
    <Card title={title} aside={<p>{hint}</p>}>
      <div className="table-box" tabIndex={0} role="region" aria-label={title}>
        <table className="table folds">
          <thead><tr><th scope="col">{c("title")}</th><th scope="col">{t("publisher")}</th><th scope="col">{c("published")}</th><th scope="col">{t("licence")}</th><th scope="col" className="r">{t("figures")}</th></tr></thead>
          <tbody>
            {list.map((d) => (
              <tr key={d.name}>
                <th scope="row"><A to={`/documents/${d.name}`}>{say(d.title, words.lang)}</A></th>
                <td data-label={t("publisher")}>{say(d.publisher, words.lang)}</td>
                <td className="nums" data-label={c("published")}>{d.published_at ? (d.published_as && d.published_as.length < 10 ? formatPeriod(d.published_as, words.lang) : formatDateShort(d.published_at, words.lang)) : c("undated")}</td>
                <td className="small" data-label={t("licence")} lang="en">{d.licence || t("licenceUnknown")}</td>
                <td className="r nums" data-label={t("figures")}>{formatNumber(d.figures, words.lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Notices({ about }: { about: About }) {
  const words = useWords();
  const t = aboutWords.use();
  if (about.notices.length === 0) return null;
  return (
    <Card id="notices" title={t("notices")}>
      <dl className="facts-list">
        {about.notices.map((n) => (
          <div key={n.name}><dt>{n.name} · {n.licence}</dt><dd>{say(n.text, words.lang)}</dd></div>
        ))}
      </dl>
    </Card>
  );
}
