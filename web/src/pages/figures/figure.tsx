// The permanent page of one figure: who said it or from what it was computed,
// down to sentences in documents; what else was said; what it bears on.
import { useApi } from "../../api/queries.ts";
import type { Figure, Why } from "../../api/types.ts";
import { formatDate, formatPeriod } from "../../format/date.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common, type CommonKey } from "../../i18n/words.ts";
import { A, usePathId } from "../../route.tsx";
import { Evidence } from "../../ui/evidence.tsx";
import { EvidenceFiles } from "../../ui/evidence-files.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { FigureOf, sayQuantity } from "../../ui/figure.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { PromiseRows } from "../../ui/promise-rows.tsx";
import { QuestionItem } from "../../ui/question-item.tsx";
import { Quote } from "../../ui/quote.tsx";
import { FromOffice } from "../../ui/statement.tsx";
import { askFigureMessage } from "../../ui/ask.ts";
import { AskButton } from "../../ui/ask-button.tsx";
import { AskItem } from "../../ui/asked.tsx";
import { askedWords } from "../../ui/asked-words.ts";
import { Comments } from "../../ui/comments.tsx";
import { useWords } from "../../words.tsx";
import { figuresWords } from "./words.ts";
import "./figure-page.css";

export default function FigurePage() {
  const id = usePathId();
  const q = useApi<Why>(`/figures/${encodeURIComponent(id)}/why`);
  const words = useWords();
  usePageTitle(q.data ? say(q.data.title, words.lang) || words.measure(q.data.figure.measure) : id);
  if (q.error) return <Failure error={q.error} retry={() => void q.refetch()} />;
  if (!q.data) return <Waiting rows={12} />;
  return <Content why={q.data} />;
}

function Content({ why }: { why: Why }) {
  const words = useWords();
  const t = figuresWords.use();
  const c = common.use();
  const f = why.figure;
  const noun = words.measures.get(f.measure)?.noun;
  return (
    <>
      <PageHead
        above={<ol className="crumbs"><li><A to="/figures">{t("title")}</A></li><li><A to="/figures" search={{ measure: f.measure }}>{words.measure(f.measure)}</A></li></ol>}
        eyebrow={say(why.title, words.lang) || words.measure(f.measure)}
        title={<span className="figure-value">{f.value === null ? c(f.status === "M" ? "numberless" : "unknown") : sayQuantity(words, f.value, f.qualifier, f.unit, f.unit === "facility" ? noun : undefined)}</span>}
      >
        <p className="lead">
          {[words.place(f.place), f.period && formatPeriod(f.period, words.lang), c(`kind_${f.kind}` as CommonKey), words.dimensions(f.dimensions)].filter(Boolean).join(" · ")}
        </p>
        <p className="row">
          {f.superseded_by && <A to={`/figures/${f.superseded_by}`} className="tag tag-wait">{t("superseded")}</A>}
          {f.undated && <span className="tag tag-wait">{c("undated")}</span>}
          {f.synthetic && <span className="tag tag-odd">{c("synthetic")}</span>}
        </p>
      </PageHead>
      <div className="columns">
        <div className="stack">
          <Card id="why" title={t("why")}><Origin why={why} /></Card>
          <EvidenceFiles about={f.id} place={f.place} />
          <Card id="others" title={t("others")}>
            {why.others.length === 0 ? <p className="quiet">{t("othersNone")}</p> : <Others list={why.others} />}
          </Card>
          {why.evidence.length > 0 && <Evidence items={why.evidence} />}
          {why.bears_on.length > 0 && (
            <Card id="bears-on" title={t("bearsOn")}>
              <ul className="plist">
                {why.bears_on.map((r) => <li key={r.id}><A to={`/figures/${r.figure}`}>{say(r.title, words.lang)}</A></li>)}
              </ul>
            </Card>
          )}
          {why.promises.length > 0 && <Card id="promises" title={t("promises")}><PromiseRows promises={why.promises} fixed /></Card>}
          {why.questions.length > 0 && <Card id="questions" title={t("questions")}>{why.questions.map((x) => <QuestionItem key={x.id} check={x} />)}</Card>}
        </div>
        <div className="stack">
          <Facts f={f} />
          {!why.computed && <AskedCard why={why} />}
          <Comments about={`figure:${f.id}`} />
        </div>
      </div>
    </>
  );
}

function AskedCard({ why }: { why: Why }) {
  const words = useWords();
  const t = askedWords.use();
  const f = why.figure;
  const title = say(why.title, words.lang) || words.measure(f.measure);
  return (
    <Card id="ask" title={t("title")} aside={<AskButton about={f.id} title={title} message={(w) => askFigureMessage(f, say(why.title, w.lang), w)} small />}>
      {why.asks.length === 0 ? <p className="small quiet">{t("none")}</p> : why.asks.map((a) => <AskItem key={a.id} asked={a} />)}
    </Card>
  );
}

/** Sentence or recipe; a recipe goes on until every branch ends in a sentence. */
function Origin({ why }: { why: Why }) {
  const words = useWords();
  const t = figuresWords.use();
  const c = common.use();
  const { said, computed, figure: f } = why;
  if (computed) {
    return (
      <div className="stack-s">
        <p><span className="quiet">{t("method")}:</span> {t("methodVersion", { method: computed.method, version: computed.version })}
          {Object.entries(computed.params ?? {}).map(([k, v]) => <span key={k} className="quiet small"> · {k} = {v}</span>)}</p>
        <p className="quiet small">{t("computedFrom")}</p>
        <ul className="why-tree">
          {computed.inputs.map((i) => (
            <li key={i.figure.id}>
              <p><FigureOf f={i.figure} what={say(i.title, words.lang)} /> — {say(i.title, words.lang) || words.measure(i.figure.measure)} <span className="quiet small">{words.placeShort(i.figure.place)}{i.figure.period ? `, ${formatPeriod(i.figure.period, words.lang)}` : ""}</span></p>
              <Origin why={i} />
            </li>
          ))}
        </ul>
      </div>
    );
  }
  if (!said) return <p className="note">{t("origin")}</p>;
  if (said.office) return <FromOffice said={said} />;
  const lang = words.documents.get(said.document)?.language;
  return (
    <div className="stack-s">
      <p>
        <strong>{say(said.publisher, words.lang)}</strong>, {said.date ? formatDate(said.date, words.lang) : c("undated")} —{" "}
        <A to={`/documents/${said.document}`} search={{ figure: f.id, line: said.line ? String(said.line) : undefined }}>{say(said.title, words.lang)}{said.line ? `, ${c("line", { n: said.line })}` : ""}</A>
        {said.from !== null && said.to !== null && said.line && <span className="quiet small"> · {t("span", { from: said.from, to: said.to })}</span>}
      </p>
      {said.text && said.from !== null && said.to !== null ? <Quote text={said.text} from={said.from} to={said.to} lang={lang} /> : said.line ? <p className="small quiet">{t("noText")}</p> : null}
      {said.address && /^https?:/.test(said.address) && <p className="small"><a href={said.address} rel="noopener noreferrer">{said.address}</a></p>}
    </div>
  );
}

function Others({ list }: { list: Figure[] }) {
  const words = useWords();
  const c = common.use();
  const t = figuresWords.use();
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t("others")}>
      <table className="table">
        <thead><tr><th scope="col" className="r">{c("value")}</th><th scope="col">{c("source")}</th><th scope="col">{c("published")}</th><th scope="col">{c("kind")}</th></tr></thead>
        <tbody>
          {list.map((o) => (
            <tr key={o.id}>
              <td className="r"><FigureOf f={o} />{o.superseded_by && <span className="quiet small"> ({t("superseded")})</span>}</td>
              <td>{o.document ? <A to={`/documents/${o.document}`} search={{ figure: o.id }}>{words.publisher(o.document)}</A> : o.source === "computed" ? c("computed") : words.office(o.source)}</td>
              <td>{o.published_at ? formatDate(o.published_at, words.lang) : c("undated")}</td>
              <td>{c(`kind_${o.kind}` as CommonKey)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Facts({ f }: { f: Figure }) {
  const words = useWords();
  const t = figuresWords.use();
  const c = common.use();
  const m = words.measures.get(f.measure);
  const num = (v: number | null) => (v === null ? "" : formatNumber(v, words.lang));
  const status = ["A", "E", "O", "M"].includes(f.status) ? t(`status_${f.status}` as "status_A") : "";
  const rows: [string, React.ReactNode][] = [
    [c("measure"), <A key="m" to="/figures" search={{ measure: f.measure }}>{words.measure(f.measure)}</A>],
    [t("definition"), say(m?.definition, words.lang)],
    [c("place"), <A key="p" to={`/places/${f.place}`}>{words.place(f.place)}</A>],
    [t("dimensions"), Object.entries(f.dimensions).map(([k, v]) => `${words.dimension(k)}: ${words.dimensionValue(k, v)}`).join("; ")],
    [c("period"), f.period ? formatPeriod(f.period, words.lang) : ""],
    [c("value"), f.value === null ? c(f.status === "M" ? "numberless" : "unknown") : num(f.value)],
    [c("unit"), words.unitName(f.unit)],
    [t("status"), `${f.status}${status ? ` — ${status}` : ""}`],
    [t("interval"), f.interval ? `${num(f.interval.lower)} – ${num(f.interval.upper)}` : ""],
    [t("numerator"), num(f.numerator)],
    [t("denominator"), num(f.denominator)],
    [c("published"), f.published_at ? formatDate(f.published_at, words.lang) : ""],
    [c("recorded"), f.recorded_at ? `${formatDate(f.recorded_at, words.lang)}, ${f.recorded_at.slice(11, 16)} UTC` : ""],
    [t("supersedes"), f.supersedes ? <A key="s" to={`/figures/${f.supersedes}`}>{f.supersedes}</A> : ""],
    [t("now"), f.superseded_by ? <A key="n" to={`/figures/${f.superseded_by}`}>{f.superseded_by}</A> : ""],
    [t("note"), say(f.note, words.lang)],
    [t("run"), f.run],
    [t("id"), f.id],
  ];
  return (
    <Card id="facts" title={t("facts")}>
      <dl className="facts-list">
        {rows.filter(([, v]) => v !== "").map(([k, v]) => (
          <div key={k}><dt>{k}</dt><dd>{v}</dd></div>
        ))}
      </dl>
    </Card>
  );
}
