// One promise: who said it and how, who answers for it, what moved, what
// evidence there is, and what remains open.
import { lazy, Suspense } from "react";
import { useApi } from "../../api/queries.ts";
import type { Move, PromisePage as Page } from "../../api/types.ts";
import { formatDate, formatPeriod } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { common, type CommonKey } from "../../i18n/words.ts";
import { A, usePathId, useSearchParams } from "../../route.tsx";
import { askMessage } from "../../ui/ask.ts";
import { AskButton } from "../../ui/ask-button.tsx";
import { AskItem, Reply } from "../../ui/asked.tsx";
import { askedWords } from "../../ui/asked-words.ts";
import { Comments } from "../../ui/comments.tsx";
import { Evidence } from "../../ui/evidence.tsx";
import { EvidenceFiles } from "../../ui/evidence-files.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Fig } from "../../ui/figure.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { PromiseRows } from "../../ui/promise-rows.tsx";
import { QuestionItem } from "../../ui/question-item.tsx";
import { Quote } from "../../ui/quote.tsx";
import { DaysTag, EvidenceTag } from "../../ui/state.tsx";
import { useSession } from "../../api/queries.ts";
import { useWords } from "../../words.tsx";
import { promiseWords } from "./words.ts";
import "./promise.css";

const AccessBrought = lazy(() => import("../../ui/access-brought.tsx"));
const WorksOf = lazy(() => import("../../ui/works-of.tsx"));

export default function PromisePage() {
  const id = usePathId();
  const q = useApi<Page>(`/promises/${encodeURIComponent(id)}`);
  const words = useWords();
  usePageTitle(q.data ? say(q.data.promise.title, words.lang) : id);
  if (q.error) return <Failure error={q.error} retry={() => void q.refetch()} />;
  if (!q.data) return <Waiting rows={12} />;
  return <Content page={q.data} />;
}

/** Open questions stand before those that are settled. */
const rank = (state: string) => ["open", "answered", "ok"].indexOf(state);

function Content({ page }: { page: Page }) {
  const words = useWords();
  const t = promiseWords.use();
  const c = common.use();
  const p = page.promise;
  return (
    <>
      <PageHead
        above={
          <ol className="crumbs">
            <li><A to="/">{c("board")}</A></li>
            <li><A to="/" search={{ theme: p.theme }} hash="all">{words.theme(p.theme)}</A></li>
            {page.whole && <li><A to={`/promises/${page.whole.id}`}>{say(page.whole.title, words.lang)}</A></li>}
          </ol>
        }
        title={say(p.title, words.lang)}
        eyebrow={`${c("promise")} ${p.id} · ${c(`pkind_${p.kind}` as CommonKey)}`}
      >
        <p className="row">
          <DaysTag p={p} />
          <EvidenceTag evidence={p.evidence} />
          {p.undated && <span className="tag tag-wait">{c("undated")}</span>}
        </p>
      </PageHead>
      <div className="columns">
        <div className="stack">
          <Said page={page} />
          <Evidence items={page.evidence} />
          <EvidenceFiles about={p.id} place={p.place} />
          <Suspense fallback={null}><WorksOf promise={p.id} /></Suspense>
          <Suspense fallback={null}><AccessBrought promise={p.id} /></Suspense>
          <Moves moves={page.moves} />
          {page.parts.length > 0 && <Card id="parts" title={t("parts")}><PromiseRows promises={page.parts} fixed /></Card>}
          {page.questions.length > 0 && (
            <Card id="questions" title={t("questions")}>
              {[...page.questions].sort((a, b) => rank(a.state) - rank(b.state)).map((x) => <QuestionItem key={x.id} check={x} on={page.promise.id} />)}
            </Card>
          )}
        </div>
        <div className="stack">
          <Facts page={page} />
          <AskCard page={page} />
          <History page={page} />
          <Comments about={`promise:${p.id}`} />
        </div>
      </div>
    </>
  );
}

function Facts({ page }: { page: Page }) {
  const words = useWords();
  const t = promiseWords.use();
  const c = common.use();
  const today = useSession().data?.today;
  const { as_of } = useSearchParams();
  const p = page.promise;
  const ago = p.last_word && (as_of ?? today) ? Math.round((Date.parse(as_of ?? today ?? "") - Date.parse(p.last_word)) / 86_400_000) : null;
  const dims = Object.entries(p.dimensions);
  return (
    <Card id="facts" title={t("state")}>
      <dl className="facts">
        <dt>{c("target")}</dt>
        <dd className="facts-n">{p.target.value === null ? <span className="quiet">{c("pkind_order")}</span> : <Fig id={p.target.figure} value={p.target.value} qualifier={p.target.qualifier} unit={p.unit} noun={p.noun} />}</dd>
        <dt>{c("delivered")}</dt>
        <dd className="facts-n">
          {p.delivered ? <Fig id={p.delivered.figure} value={p.delivered.value} qualifier={p.delivered.qualifier} unit={p.unit} noun={p.noun} /> : <span className="unknown">{c("unknown")}</span>}
          {p.delivered?.as_of && <span className="small quiet"> · {formatDate(p.delivered.as_of, words.lang)}</span>}
        </dd>
        {p.progress && (
          <>
            <dt>{t("progress")}</dt>
            <dd className="facts-n">
              <Fig id={p.progress.figure} value={p.progress.value} qualifier={p.progress.qualifier} unit="percent" />
              {p.progress.as_of && <span className="small quiet"> · {formatDate(p.progress.as_of, words.lang)}</span>}
            </dd>
          </>
        )}
        <dt>{t("nowDeadline")}</dt>
        <dd>{p.deadline ? formatDate(p.deadline, words.lang) : <span className="unknown">{c("noDate")}</span>}</dd>
        {p.first_deadline && p.first_deadline !== p.deadline && (
          <>
            <dt>{t("firstDeadline")}</dt>
            <dd>{formatDate(p.first_deadline, words.lang)}</dd>
          </>
        )}
        {p.period && (
          <>
            <dt>{c("period")}</dt>
            <dd>{formatPeriod(p.period, words.lang)}{p.period_inferred && <span className="tag tag-wait"> {c("inferred")}</span>}</dd>
          </>
        )}
        <dt>{t("saidBy")}</dt>
        <dd>{p.said_by ? words.office(p.said_by) : <span className="unknown">{c("notSaid")}</span>}</dd>
        <dt>{c("whoAnswers")}</dt>
        <dd>{p.answers_for_it ? words.office(p.answers_for_it) : <span className="unknown">{c("notSaid")}</span>}</dd>
        <dt>{t("lastWord")}</dt>
        <dd>{p.last_word ? formatDate(p.last_word, words.lang) : <span className="unknown">{t("dateUnknown")}</span>}{ago !== null && ago >= 0 && <span className="quiet"> · {t("ago", { n: ago })}</span>}</dd>
        <dt>{c("place")}</dt>
        <dd><A to={`/places/${p.place}`}>{words.place(p.place)}</A></dd>
        <dt>{c("measure")}</dt>
        <dd><A to="/figures" search={{ measure: p.measure }}>{words.measure(p.measure)}</A></dd>
        {dims.map(([k, v]) => (
          <div key={k} className="facts-pair">
            <dt>{words.dimension(k)}</dt>
            <dd>{words.dimensionValue(k, v)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Said({ page }: { page: Page }) {
  const words = useWords();
  const t = promiseWords.use();
  const c = common.use();
  const s = page.said;
  return (
    <Card id="said" title={t("said")}>
      {s ? (
        <div className="stack-s">
          <p>
            <strong>{say(s.publisher, words.lang)}</strong>, {s.date ? formatDate(s.date, words.lang) : c("undated")} —{" "}
            <A to={`/documents/${s.document}`} search={{ figure: page.statement.id, line: s.line ? String(s.line) : undefined }}>
              {say(s.title, words.lang)}{s.line ? `, ${c("line", { n: s.line })}` : ""}
            </A>
          </p>
          {s.text && s.from !== null && s.to !== null ? <Quote text={s.text} from={s.from} to={s.to} lang={words.documents.get(s.document)?.language} /> : <p className="note">{t("noText")}</p>}
        </div>
      ) : (
        <p className="unknown">{c("notSaid")}</p>
      )}
    </Card>
  );
}

function Moves({ moves }: { moves: Move[] }) {
  const words = useWords();
  const t = promiseWords.use();
  const shown = (s: string) => (/^\d{4}-\d{2}-\d{2}$/.test(s) ? formatDate(s, words.lang) : s);
  return (
    <Card id="moves" title={t("moves")}>
      {moves.length === 0 ? (
        <p className="quiet">{t("movesNone")}</p>
      ) : (
        <ol className="plist">
          {moves.map((m, i) => (
            <li key={`${m.field}${m.to}${i}`}>
              <p>
                <strong>{t(`move_${m.field}` as "move_target")}</strong>: {m.from && <><s>{shown(m.from)}</s> → </>}{shown(m.to)}
              </p>
              <p className="small quiet">
                {m.at ? formatDate(m.at, words.lang) : t("dateUnknown")}
                {m.document && <> · <A to={`/documents/${m.document}`} search={{ line: m.line ? String(m.line) : undefined }}>{words.publisher(m.document)}</A></>}
                {m.reason && <> · {m.reason}</>}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function AskCard({ page }: { page: Page }) {
  const words = useWords();
  const t = promiseWords.use();
  const a = askedWords.use();
  const c = common.use();
  const p = page.promise;
  const loose = page.answers.filter((x) => !page.asks.some((y) => y.id === x.ask));
  return (
    <Card id="ask" title={a("title")} aside={<AskButton about={p.id} title={say(p.title, words.lang)} message={(w) => askMessage(p, w)} main small />}>
      {page.asks.length === 0 && loose.length === 0 && <p className="small quiet">{t("askHint", { office: p.answers_for_it ? words.office(p.answers_for_it) : c("notSaid") })}</p>}
      {page.asks.map((x) => <AskItem key={x.id} asked={x} />)}
      {loose.map((x) => <Reply key={`${x.office}${x.on}`} answer={x} />)}
    </Card>
  );
}

function History({ page }: { page: Page }) {
  const words = useWords();
  const t = promiseWords.use();
  return (
    <Card id="history" title={t("history")}>
      <ol className="history">
        {page.history.map((h, i) => (
          <li key={`${h.at}${h.figure}${i}`}>
            <span className="small quiet">{h.at ? formatDate(h.at, words.lang) : t("dateUnknown")}</span>
            <span>{h.figure || h.ask ? <A to={h.figure ? `/figures/${h.figure}` : `/asks/${h.ask}`} className="plain-link">{say(h.what, words.lang)}</A> : say(h.what, words.lang)}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
