import type { Board } from "../../api/types.ts";
import { formatDate } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { A, useLang } from "../../route.tsx";
import { FigLink } from "../../ui/figure.tsx";
import { figuresOf, linked } from "./sentence.ts";
import { boardWords } from "./words.ts";

/** Parts the computed text into its first sentence and the rest. */
export function firstSentence(text: string): [head: string, rest: string] {
  const m = /^(.+?[.!?])\s+(?=[\p{Lu}\d«“"])/u.exec(text);
  return m?.[1] ? [m[1], text.slice(m[0].length)] : [text, ""];
}

/** Parts "37 days left: 12 centres" at its colon, so that the days can be set apart. */
function lead(head: string): [string, string] {
  const i = head.indexOf(":");
  return i > 0 ? [head.slice(0, i + 1), head.slice(i + 1)] : ["", head];
}

export function Hero({ board }: { board: Board | undefined }) {
  const lang = useLang();
  const t = boardWords.use();
  if (!board) {
    return (
      <div className="hero" aria-busy="true">
        <p className="eyebrow">&nbsp;</p>
        <div className="hero-bones"><span className="bone" /><span className="bone" /><span className="bone" /></div>
      </div>
    );
  }
  const [head, rest] = firstSentence(say(board.sentence, lang));
  const [days, list] = lead(head);
  const [confirmed, others] = firstSentence(rest);
  const known = figuresOf(board);
  const s = board.sections;
  return (
    <div className="hero">
      <p className="eyebrow">{t("asOf", { date: formatDate(board.as_of, lang) })}</p>
      <h1 className="hero-h">
        {days && <span className="hero-days">{days}</span>}
        <Linked text={list} figures={known.due} />
      </h1>
      {rest && (
        <p className="hero-rest">
          <Linked text={confirmed} figures={known.confirmed} /> {others}
        </p>
      )}
      <ul className="hero-counts">
        <Count n={s.ask_today.length} label={t("overdueN")} to="#ask" late={s.ask_today.length > 0} />
        <Count n={s.due_next.length} label={t("dueNextN")} to="#next" />
        <Count n={s.no_date.length} label={t("noDateN")} to="#nodate" />
        <li>
          <A to="/questions" search={{ state: "open" }} className="hero-count">
            <strong>{board.open_questions}</strong> <span>{t("questions")}</span>
          </A>
        </li>
      </ul>
    </div>
  );
}

/** A text in which every number that is a figure leads to who said it. */
function Linked({ text, figures }: { text: string; figures: ReadonlyMap<number, string> }) {
  return linked(text, figures).map((part) =>
    part.figure ? <FigLink key={part.at} id={part.figure} what={part.text} className="fig hero-fig">{part.text}</FigLink> : <span key={part.at}>{part.text}</span>,
  );
}

function Count({ n, label, to, late }: { n: number; label: string; to: string; late?: boolean }) {
  return (
    <li>
      <a href={to} className={`hero-count${late ? " hero-late" : ""}`}>
        <strong>{n}</strong> <span>{label}</span>
      </a>
    </li>
  );
}
