// What stands beside the course of a work: promises, capacity, organisations,
// parts, statements, questions and what is assumed.
import type { WorkPage, WorkRow } from "../../api/works.ts";
import { say } from "../../format/text.ts";
import { A } from "../../route.tsx";
import { askMessage } from "../../ui/ask.ts";
import { AskButton } from "../../ui/ask-button.tsx";
import { FigureOf } from "../../ui/figure.tsx";
import { Card } from "../../ui/page.tsx";
import { DaysTag, EvidenceTag } from "../../ui/state.tsx";
import { ByLine, useWorkNames } from "./by-line.tsx";
import type { WorkKey } from "./words.ts";

export function Promises({ page }: { page: WorkPage }) {
  const names = useWorkNames();
  const { t, lang } = names;
  return (
    <Card id="promises" title={t("promises")}>
      {page.promises.length === 0 && <p className="quiet">{t("promisesNone")}</p>}
      <ul className="plist">
        {page.promises.map((p) => (
          <li key={p.id} className="stack-s">
            <p><A to={`/promises/${p.id}`} className="prow-title">{say(p.title, lang)}</A></p>
            <p className="row"><DaysTag p={p} /><EvidenceTag evidence={p.evidence} /></p>
            {p.due !== "done" && <p><AskButton about={p.id} title={say(p.title, lang)} message={(w) => askMessage(p, w)} small /></p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function CapacityCard({ page }: { page: WorkPage }) {
  const names = useWorkNames();
  const { t } = names;
  const { yields, facility } = page.row;
  const steps = ["planned", "built", "licensed", "open"] as const;
  const at = steps.indexOf(page.capacity.status);
  return (
    <Card id="capacity" title={t("capacity")}>
      {yields.length === 0 ? <p className="unknown">{t("capacityNone")}</p> : (
        <>
          <ol className="cap-steps">{steps.map((s, i) => <li key={s} className={i <= at ? "cap-done" : ""} aria-current={i === at ? "step" : undefined}>{t(`cap_${s}`)}</li>)}</ol>
          <ul className="stack-s cap-list">{yields.map((y) => <li key={`${y.item}${y.service}${y.age}`}>{names.yield(y)}</li>)}</ul>
        </>
      )}
      {facility && <p className="small">{t("facility")}: <A to={`/places/${page.row.place}`}>{say(page.facility_name, names.lang) || facility}</A></p>}
      {page.people > 0 && <p>{t("people", { n: page.people })}</p>}
    </Card>
  );
}

export function Parties({ page }: { page: WorkPage }) {
  const { t, lang } = useWorkNames();
  const list = page.record.parties ?? [];
  if (list.length === 0) return null;
  return (
    <Card id="parties" title={t("parties")}>
      <dl className="work-facts">
        {list.map((p) => (
          <div key={`${p.role}${say(p.name, "en")}${p.register}`}>
            <dt>{t(`party_${p.role}` as WorkKey)}</dt>
            <dd>{say(p.name, lang)}{p.register && <span className="small quiet"> · {p.register}</span>}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

export function Parts({ page }: { page: WorkPage }) {
  const { t } = useWorkNames();
  if (page.parts.length === 0) return null;
  return (
    <Card id="parts" title={t("parts")} aside={<p>{page.parts.length}</p>}>
      <ul className="plist parts">{page.parts.map((p) => <Part key={p.id} part={p} />)}</ul>
    </Card>
  );
}

function Part({ part: p }: { part: WorkRow }) {
  const names = useWorkNames();
  const { t, lang } = names;
  return (
    <li className="stack-s">
      <p><A to={`/works/${p.id}`} className="prow-title">{say(p.title, lang)}</A></p>
      <p className="prow-facts">
        <span>{t(`phase_${p.phase}` as WorkKey)}</span>
        {p.percent !== null && <span>{names.percent(p.percent, p.percent_qualifier ?? "exact")}{p.doubt && ` (${t("notConfirmed")})`}</span>}
        {p.deadline && <span className={p.days_late > 0 ? "ready-why" : ""}>{names.date(p.deadline)}</span>}
        {p.money.cost && <span>{names.stated(p.money.cost)}</span>}
        {p.parts > 0 && <span className="quiet">{t("parts")}: {p.parts}</span>}
      </p>
    </li>
  );
}

export function Statements({ page }: { page: WorkPage }) {
  const { t, lang } = useWorkNames();
  if (page.statements.length === 0) return null;
  return (
    <Card id="statements" title={t("statements")}>
      <ul className="plist">{page.statements.map((s) => <li key={s.id}>{say(s.title, lang)}{s.figure && <>: <FigureOf f={s.figure} what={say(s.title, lang)} /></>}</li>)}</ul>
    </Card>
  );
}

export function Questions({ page }: { page: WorkPage }) {
  const names = useWorkNames();
  const { t, lang } = names;
  return (
    <Card id="questions" title={t("questions")} aside={page.questions.length > 0 ? <p>{page.questions.length}</p> : undefined}>
      {page.questions.length === 0 && <p className="quiet">{t("questionsNone")}</p>}
      <ul className="plist">
        {page.questions.map((q) => (
          <li key={`${q.rule}${q.about}`} className="stack-s">
            <p><ByLine ids={q.lines} className="by-text">{say(q.text, lang)}</ByLine></p>
            <Arithmetic q={q} />
            {q.reason && <p className="small">{t("reason")}: {q.reason}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Both sides of a question and what lies between them. */
function Arithmetic({ q }: { q: WorkPage["questions"][number] }) {
  const names = useWorkNames();
  if (q.left === null || q.right === null || !["money", "percent"].includes(q.unit)) return null;
  const show = (v: number) => (q.unit === "money" ? names.amount(v) : names.percent(v));
  const difference = Number((q.left - q.right).toFixed(2));
  return <p className="small quiet nums">{show(q.left)} − {show(q.right)} = {show(difference)}</p>;
}

/** What a record names as assumed: a column of it, or a stage. */
const known: readonly string[] = ["level", "kind", "parent", "place", "facility", "office", "units", "deadline", "yields"];

export function Assumed({ page }: { page: WorkPage }) {
  const names = useWorkNames();
  const { t, lang } = names;
  if (page.assumed.length === 0) return null;
  const of = (a: string) => (a.startsWith("stage.") ? t("as_stage", { name: names.stage(a.slice("stage.".length)) }) : known.includes(a) ? t(`as_${a}` as WorkKey) : a);
  return (
    <Card id="assumed" title={t("assumed")}>
      <ul className="bullets small" lang={lang}>{page.assumed.map((a) => <li key={a}>{of(a)}</li>)}</ul>
      <p className="small quiet assumed-hint">{t("assumedHint")}</p>
    </Card>
  );
}
