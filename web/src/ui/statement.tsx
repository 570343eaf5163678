// What stands behind a figure, in short: who said it, when and in which line,
// or from what it was computed; what else was said; which promise it bears on.
import { useApi } from "../api/queries.ts";
import type { Figure, Why } from "../api/types.ts";
import { formatDate, formatPeriod } from "../format/date.ts";
import { say } from "../format/text.ts";
import { A } from "../route.tsx";
import { useWords, type Words } from "../words.tsx";
import { askFigureMessage } from "./ask.ts";
import { AskButton } from "./ask-button.tsx";
import { AskFacts, Reply } from "./asked.tsx";
import { Failure } from "./failure.tsx";
import { FigureOf, hedge } from "./figure.tsx";
import { Quote } from "./quote.tsx";
import { common, type CommonKey } from "../i18n/words.ts";
import { statementWords } from "./statement-words.ts";
import "./statement.css";

const shownOthers = 4;
const shownInputs = 6;
const shownAsks = 2;

export default function StatementPanel({ id }: { id: string }) {
  const q = useApi<Why>(`/figures/${id}/why`, {}, false);
  const t = common.use();
  if (q.error) return <Failure inner error={q.error} retry={() => void q.refetch()} />;
  if (!q.data) return <p className="quiet">{t("loading")}</p>;
  return <Statement why={q.data} />;
}

function Statement({ why }: { why: Why }) {
  const words = useWords();
  const t = common.use();
  const s = statementWords.use();
  const f = why.figure;
  const title = say(why.title, words.lang) || words.measure(f.measure);
  return (
    <div className="st">
      <p className="st-what">{title}</p>
      <p className="st-value">
        {f.value === null ? <span className="fig-none">{t(f.status === "M" ? "numberless" : "unknown")}</span> : <>{hedge(f.qualifier, words)} {words.quantity(f.value, f.unit)}</>}
      </p>
      <p className="quiet small">
        {[words.place(f.place), f.period && formatPeriod(f.period, words.lang), t(`kind_${f.kind}` as CommonKey), words.dimensions(f.dimensions)].filter(Boolean).join(" · ")}
      </p>
      {f.synthetic && <p className="tag tag-odd">{t("synthetic")}</p>}
      <Origin why={why} />
      {why.others.length > 0 && (
        <section>
          <h3 className="st-h">{s("others")}</h3>
          <ul className="stack-s small">
            {why.others.slice(0, shownOthers).map((o) => (
              <li key={o.id}>
                <FigureOf f={o} /> <span className="quiet">— {whoseFigure(o, words, t("computed"))}{o.superseded_by ? `, ${s("superseded")}` : ""}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {why.promises.length > 0 && (
        <section>
          <h3 className="st-h">{s("promised")}</h3>
          <ul className="stack-s small">
            {why.promises.slice(0, shownOthers).map((p) => (
              <li key={p.id}>
                <A to={`/promises/${p.id}`}>{say(p.title, words.lang)}</A>
              </li>
            ))}
          </ul>
        </section>
      )}
      {why.questions.some((x) => x.state === "open") && (
        <p className="small">
          <A to="/questions" search={{ figure: f.id }}>{t("questionsN", { n: why.questions.filter((x) => x.state === "open").length })}</A>
        </p>
      )}
      {why.asks.slice(0, shownAsks).map((a) => <div key={a.id}><p className="small"><strong>{words.office(a.office)}</strong></p><AskFacts asked={a} /></div>)}
      {f.kind !== "estimate" && !why.computed && <p><AskButton about={why.promises.find((p) => p.figure === f.id)?.id ?? f.id} title={title} message={(w) => askFigureMessage(f, say(why.title, w.lang), w)} small /></p>}
      <p className="st-open">
        <A to={`/figures/${f.id}`}>{t("open")} →</A>
      </p>
    </div>
  );
}

function Origin({ why }: { why: Why }) {
  const words = useWords();
  const t = common.use();
  const s = statementWords.use();
  const { said, computed, figure: f } = why;
  if (computed) {
    return (
      <section>
        <h3 className="st-h">{s("computed")}</h3>
        <p className="small quiet">{s("method", { method: computed.method, version: computed.version })}</p>
        <ul className="stack-s small">
          {computed.inputs.slice(0, shownInputs).map((i) => (
            <li key={i.figure.id}>
              <FigureOf f={i.figure} /> <span className="quiet">{say(i.title, words.lang) || words.measure(i.figure.measure)}</span>
            </li>
          ))}
        </ul>
        {computed.inputs.length > shownInputs && <p className="small quiet">{s("moreInputs", { n: computed.inputs.length - shownInputs })}</p>}
      </section>
    );
  }
  if (!said) return <p className="small quiet">{s("noOrigin")}</p>;
  if (said.office) return <FromOffice said={said} />;
  return (
    <section>
      <h3 className="st-h">{t("whoSaid")}</h3>
      <p className="small">
        <strong>{say(said.publisher, words.lang)}</strong>, {said.date ? formatDate(said.date, words.lang) : t("undated")}
      </p>
      <p className="small">
        <A to={`/documents/${said.document}`} search={{ figure: f.id, ...(said.line ? { line: String(said.line) } : {}) }}>
          {say(said.title, words.lang)}
          {said.line ? `, ${t("line", { n: said.line })}` : ""}
        </A>
      </p>
      {said.text && said.from !== null && said.to !== null && <Quote text={said.text} from={said.from} to={said.to} lang={words.documents.get(said.document)?.language} />}
    </section>
  );
}

/** Who says a figure: the publisher of its document, the office that gave it, or nobody but the computation. */
export function whoseFigure(f: Figure, words: Words, computed: string): string {
  if (f.document) return words.publisher(f.document);
  return words.vocabulary.offices[f.source] ? words.office(f.source) : computed;
}

/** An office said it itself, in an answer or a report. */
export function FromOffice({ said }: { said: NonNullable<Why["said"]> }) {
  const words = useWords();
  const t = common.use();
  return (
    <section>
      <h3 className="st-h">{t("whoSaid")}</h3>
      <p className="small"><strong>{words.office(said.office)}</strong>, {said.date ? formatDate(said.date, words.lang) : t("undated")}</p>
      <p className="small">{said.ask ? <A to={`/asks/${said.ask}`}>{say(said.title, words.lang)}</A> : say(said.title, words.lang)}</p>
      {said.answer && <Reply answer={{ ...said.answer, figures: [] }} />}
    </section>
  );
}
