// The three lists that tell a reader what to do: ask, prepare, demand a date.
import { useState, type ReactNode } from "react";
import type { Board, Promise as Item } from "../../api/types.ts";
import { formatDate } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A } from "../../route.tsx";
import { askMessage } from "../../ui/ask.ts";
import { AskButton } from "../../ui/ask-button.tsx";
import { Fig } from "../../ui/figure.tsx";
import { Card } from "../../ui/page.tsx";
import { DaysTag, EvidenceTag } from "../../ui/state.tsx";
import { useWords } from "../../words.tsx";
import type { ById } from "./board.tsx";
import { boardWords } from "./words.ts";

const shownAtFirst = 6;

interface ListProps {
  board: Board;
  byId: ById;
}

export function AskToday({ board, byId }: ListProps) {
  const t = boardWords.use();
  return (
    <Card id="ask" className="card-late" title={t("ask")} aside={<p>{t("askHint")}</p>}>
      <Rows ids={board.sections.ask_today} byId={byId} empty={t("askNone")} row={(p) => <AskRow p={p} />} most={9} />
    </Card>
  );
}

export function DueNext({ board, byId }: ListProps) {
  const t = boardWords.use();
  return (
    <Card id="next" title={t("dueNext")} aside={<p>{t("dueNextHint")}</p>}>
      <Rows ids={board.sections.due_next} byId={byId} row={(p) => <PlainRow p={p} />} most={shownAtFirst} />
    </Card>
  );
}

export function NoDate({ board, byId }: ListProps) {
  const t = boardWords.use();
  return (
    <Card id="nodate" title={t("noDate")} aside={<p>{t("noDateHint")}</p>}>
      <Rows ids={board.sections.no_date} byId={byId} row={(p) => <PlainRow p={p} dateless />} most={shownAtFirst} />
    </Card>
  );
}

function Rows({ ids, byId, row, most, empty }: { ids: string[]; byId: ById; row: (p: Item) => ReactNode; most: number; empty?: string }) {
  const [all, setAll] = useState(false);
  const t = common.use();
  const items = ids.map(byId).filter((p): p is Item => p !== undefined);
  if (items.length === 0) return <p className="quiet">{empty ?? t("nothing")}</p>;
  const cut = !all && items.length > most + 1 ? items.slice(0, most) : items;
  return (
    <>
      <ol className="plist">
        {cut.map((p) => (
          <li key={p.id}>{row(p)}</li>
        ))}
      </ol>
      {items.length > most + 1 && (
        <button type="button" className="button button-small plist-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("showLess") : t("showAll", { n: items.length })}
        </button>
      )}
    </>
  );
}

/** Where a promise is to be kept: settlement and region. */
export function PlaceLink({ p }: { p: Item }) {
  const words = useWords();
  const name = p.settlement ? `${words.dimensionValue("settlement", p.settlement)}, ${words.placeShort(p.place)}` : words.placeShort(p.place);
  return <A to={`/places/${p.place}`} className="plain-link">{name}</A>;
}

function AskRow({ p }: { p: Item }) {
  const words = useWords();
  const t = common.use();
  const b = boardWords.use();
  const title = say(p.title, words.lang);
  return (
    <div className="prow">
      <div className="prow-main">
        <A to={`/promises/${p.id}`} className="prow-title">{title}</A>
        <p className="prow-facts">
          <DaysTag p={p} />
          {p.deadline && <span>{t("deadline")}: <span className="nums">{formatDate(p.deadline, words.lang)}</span></span>}
          {p.progress && (
            <span>
              {b("readiness")}: <Fig id={p.progress.figure} value={p.progress.value} qualifier={p.progress.qualifier} unit="percent" what={title} />
              {p.progress.as_of && <>, {formatDate(p.progress.as_of, words.lang)}</>}
            </span>
          )}
          {p.first_deadline && p.first_deadline !== p.deadline && <span>{b("movedFrom", { date: formatDate(p.first_deadline, words.lang) })}</span>}
        </p>
        <p className="prow-who">{t("whoAnswers")}: {p.answers_for_it ? words.office(p.answers_for_it) : t("notSaid")}</p>
        <AskedLine p={p} />
      </div>
      <AskButton about={p.id} title={title} message={(w) => askMessage(p, w)} small />
    </div>
  );
}

/** That an office was asked, and for how long it has said no word. */
function AskedLine({ p }: { p: Item }) {
  const words = useWords();
  const b = boardWords.use();
  const last = p.asked?.last;
  if (!last) return null;
  const waits = last.state === "open" || last.state === "overdue";
  const date = formatDate(last.on, words.lang);
  return (
    <p className="prow-who">
      <A to={`/asks/${last.id}`} className="plain-link">{waits ? b("asked", { date, due: formatDate(last.due, words.lang) }) : b("askedDone", { date })}</A>
      {waits && last.days_without_word > 0 && <strong> · {b("silent", { n: last.days_without_word })}</strong>}
    </p>
  );
}

function PlainRow({ p, dateless }: { p: Item; dateless?: boolean }) {
  const words = useWords();
  const title = say(p.title, words.lang);
  return (
    <div className="prow">
      <div className="prow-main">
        <A to={`/promises/${p.id}`} className="prow-title">{title}</A>
        <p className="prow-facts">
          {!dateless && <DaysTag p={p} />}
          {p.target.value !== null && <span><Fig id={p.target.figure} value={p.target.value} qualifier={p.target.qualifier} unit={p.unit} noun={p.noun} what={title} /></span>}
          <PlaceLink p={p} />
          {dateless && p.evidence !== "none" && <EvidenceTag evidence={p.evidence} />}
        </p>
        <AskedLine p={p} />
      </div>
    </div>
  );
}
