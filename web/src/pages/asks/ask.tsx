// One question to an office: what was promised and by whom, what is known, what
// was answered, and the form for the answer. It opens without a connection when
// it was open before.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ApiError, sendJson } from "../../api/client.ts";
import { useApi, useSession } from "../../api/queries.ts";
import type { AskPage } from "../../api/types.ts";
import { formatDate } from "../../format/date.ts";
import { langs } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, usePathId } from "../../route.tsx";
import { Area } from "../../ui/ask-dialog.tsx";
import { AskFacts, Reply } from "../../ui/asked.tsx";
import { askedWords } from "../../ui/asked-words.ts";
import { Comments } from "../../ui/comments.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Fig, FigureOf } from "../../ui/figure.tsx";
import { Refused, useAction } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { QuestionItem } from "../../ui/question-item.tsx";
import { Quote } from "../../ui/quote.tsx";
import { useRights } from "../../ui/rights-words.ts";
import { DaysTag, EvidenceTag } from "../../ui/state.tsx";
import { FromOffice } from "../../ui/statement.tsx";
import { useWords } from "../../words.tsx";
import { AnswerForm } from "./answer-form.tsx";
import { readPage, writePage } from "./draft.ts";
import { asksWords } from "./words.ts";
import "./asks.css";

/** The page from the server, or as it came last. */
function useAskPage(id: string) {
  const q = useApi<AskPage>(`/asks/${encodeURIComponent(id)}`);
  const [old, setOld] = useState<AskPage>();
  const away = q.error !== null && !(q.error instanceof ApiError);
  useEffect(() => {
    if (q.data) void writePage(id, q.data);
  }, [id, q.data]);
  useEffect(() => {
    if (away) void readPage(id).then(setOld);
  }, [away, id]);
  return { ...q, page: q.data ?? (away ? old : undefined), away };
}

export default function AskPageView() {
  const id = usePathId();
  const q = useAskPage(id);
  const words = useWords();
  const t = askedWords.use();
  usePageTitle(q.page ? say(q.page.ask.about.title, words.lang) : t("title"));
  if (q.page) return <Content page={q.page} renew={() => void q.refetch()} />;
  if (q.error) return <Failure error={q.error} retry={() => void q.refetch()} />;
  return <Waiting rows={12} />;
}

function Content({ page, renew }: { page: AskPage; renew: () => void }) {
  const words = useWords();
  const t = asksWords.use();
  const a = askedWords.use();
  const c = common.use();
  const k = page.ask;
  const title = say(k.about.title, words.lang) || k.about.id;
  const to = k.about.kind === "promise" ? `/promises/${k.about.id}` : k.about.kind === "figure" ? `/figures/${k.about.id}` : "/questions";
  return (
    <>
      <PageHead
        above={<ol className="crumbs"><li><A to="/asks">{a("title")}</A></li><li><A to={to}>{title}</A></li></ol>}
        eyebrow={words.office(k.office)}
        title={title}
      >
        <AskFacts asked={k} link={false} />
      </PageHead>
      <div className="columns">
        <div className="stack">
          <Card title={t("question")}>
            {langs.filter((l) => k.text[l]).sort((x, y) => Number(y === words.lang) - Number(x === words.lang)).slice(0, k.text[words.lang] ? 1 : 3).map((l) => <p key={l} lang={l} className="ask-text">{k.text[l]}</p>)}
            {k.closed && <p className="note">{a("closedBecause", { reason: k.closed })}</p>}
          </Card>
          {page.promise && <Promised page={page} />}
          {k.answers.length > 0 && <Card id="replies" title={t("replies")}>{k.answers.map((x) => <Reply key={`${x.on}${say(x.text, words.lang)}`} answer={x} />)}</Card>}
          <Pending page={page} />
          <Answering page={page} renew={renew} />
        </div>
        <div className="stack">
          <Known page={page} />
          {page.question && <Card title={c("questions")}><QuestionItem check={{ ...page.question, asks: [] }} /></Card>}
          {page.why && <Figured page={page} />}
          <Close page={page} renew={renew} />
          <Comments about={`ask:${k.id}`} />
        </div>
      </div>
    </>
  );
}

/** The promise: the sentence, who said it, the deadline, the last word, what else was said. */
function Promised({ page }: { page: AskPage }) {
  const words = useWords();
  const t = asksWords.use();
  const c = common.use();
  const p = page.promise?.promise;
  const said = page.promise?.said;
  if (!p) return null;
  return (
    <Card id="promised" title={t("promised")}>
      <div className="stack-s">
        <p>{p.target.value === null ? say(p.title, words.lang) : <Fig id={p.target.figure} value={p.target.value} qualifier={p.target.qualifier} unit={p.unit} noun={p.noun} what={say(p.title, words.lang)} />}</p>
        <p className="row"><DaysTag p={p} /><EvidenceTag evidence={p.evidence} /></p>
        {said && (
          <p className="small">
            <strong>{say(said.publisher, words.lang)}</strong>, {said.date ? formatDate(said.date, words.lang) : c("undated")} —{" "}
            <A to={`/documents/${said.document}`} search={{ figure: p.figure, ...(said.line ? { line: String(said.line) } : {}) }}>{say(said.title, words.lang)}{said.line ? `, ${c("line", { n: said.line })}` : ""}</A>
          </p>
        )}
        {said?.text && said.from !== null && said.to !== null && <Quote text={said.text} from={said.from} to={said.to} lang={words.documents.get(said.document)?.language} />}
        <dl className="dl small">
          <dt>{c("deadline")}</dt><dd>{p.deadline ? formatDate(p.deadline, words.lang) : c("noDate")}</dd>
          <dt>{c("delivered")}</dt><dd>{p.delivered ? <Fig id={p.delivered.figure} value={p.delivered.value} qualifier={p.delivered.qualifier} unit={p.unit} noun={p.noun} /> : c("unknown")}</dd>
          {p.progress && <><dt>{t("readiness")}</dt><dd><Fig id={p.progress.figure} value={p.progress.value} qualifier={p.progress.qualifier} unit="percent" />{p.progress.as_of && `, ${formatDate(p.progress.as_of, words.lang)}`}</dd></>}
          <dt>{t("lastWord")}</dt><dd>{p.last_word ? formatDate(p.last_word, words.lang) : c("unknown")}</dd>
        </dl>
        <p><A to={`/promises/${p.id}`}>{c("open")} →</A></p>
      </div>
    </Card>
  );
}

/** What else was said that bears on the promise. */
function Known({ page }: { page: AskPage }) {
  const words = useWords();
  const t = asksWords.use();
  const list = page.promise?.evidence ?? [];
  if (list.length === 0) return null;
  return (
    <Card id="known" title={t("known")}>
      <ul className="stack-s small">
        {list.map((e) => <li key={`${e.relation}${e.figure.id}`}><FigureOf f={e.figure} what={say(e.title, words.lang)} /> <span className="quiet">{say(e.title, words.lang)}</span></li>)}
      </ul>
    </Card>
  );
}

function Figured({ page }: { page: AskPage }) {
  const words = useWords();
  const t = asksWords.use();
  const c = common.use();
  const w = page.why;
  if (!w) return null;
  const said = w.said;
  return (
    <Card id="figure" title={t("known")}>
      <div className="stack-s">
        <p><FigureOf f={w.figure} what={say(w.title, words.lang)} /> <span className="quiet">{words.place(w.figure.place)}</span></p>
        {said?.office ? <FromOffice said={said} /> : said && <p className="small"><strong>{say(said.publisher, words.lang)}</strong>, {said.date ? formatDate(said.date, words.lang) : c("undated")}</p>}
        {said?.text && said.from !== null && said.to !== null && <Quote text={said.text} from={said.from} to={said.to} lang={words.documents.get(said.document)?.language} />}
        {w.others.slice(0, 6).map((o) => <p key={o.id} className="small"><FigureOf f={o} /> <span className="quiet">{o.document ? words.publisher(o.document) : words.office(o.source)}</span></p>)}
      </div>
    </Card>
  );
}

/** Answers that are not public yet, for those who may see them. */
function Pending({ page }: { page: AskPage }) {
  const words = useWords();
  const t = asksWords.use();
  if (page.pending.length === 0) return null;
  return (
    <Card id="pending" title={t("pending")}>
      {page.pending.map((x) => (
        <p key={x.id} className="row">
          <span className="tag tag-wait">{t(`pending_${x.state}` as "pending_draft")}</span>
          <span className="quiet">{formatDate(x.at.slice(0, 10), words.lang)}</span>
          <A to={`/submissions/${x.id}`}>{t("openSubmission")} →</A>
        </p>
      ))}
    </Card>
  );
}

function Answering({ page, renew }: { page: AskPage; renew: () => void }) {
  const words = useWords();
  const t = asksWords.use();
  const rights = useRights();
  const session = useSession().data;
  const waits = page.ask.state === "open" || page.ask.state === "overdue";
  if (!waits || page.pending.some((x) => !x.mine)) return null;
  if (page.may.includes("answer")) return <AnswerForm key={page.ask.id} page={page} renew={renew} />;
  if (!session?.account) return null;
  return <p className="note">{t("noRight", { office: words.office(page.ask.office), roles: page.givers.map(rights.role).join(", ") })}</p>;
}

function Close({ page, renew }: { page: AskPage; renew: () => void }) {
  const t = asksWords.use();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const close = useAction(async () => {
    await sendJson("POST", `/asks/${page.ask.id}/close`, { reason });
    await client.invalidateQueries();
    renew();
  });
  if (!page.may.includes("close")) return null;
  return (
    <Card className="no-print">
      <details>
        <summary>{t("close")}</summary>
        <form className="stack-s" onSubmit={(e) => { e.preventDefault(); if (reason.trim()) void close.run(); }}>
          <Area label={t("reason")} value={reason} onChange={setReason} hint={t("closeHint")} />
          <Refused error={close.error} />
          <p><button type="submit" className="button" disabled={close.busy || reason.trim() === ""}>{t("closeDo")}</button></p>
        </form>
      </details>
    </Card>
  );
}

