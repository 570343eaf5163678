// What a rule found: its text with the arithmetic in it, the figures it rests
// on, the difference, and the answers that were given. What it says about a
// printed claim names no promise, since a claim is none.
import type { Check } from "../api/types.ts";
import { say } from "../format/text.ts";
import { define } from "../i18n/define.ts";
import { A } from "../route.tsx";
import { useWords } from "../words.tsx";
import { askQuestionMessage } from "./ask.ts";
import { AskButton } from "./ask-button.tsx";
import { AskItem, Reply } from "./asked.tsx";
import { CommentsFold } from "./comments.tsx";
import { FigureById } from "./figure-by-id.tsx";
import { Icon } from "./icons.tsx";
import "./question.css";

export const questionWords = define({
  state_open: ["ашық", "открыт", "open"],
  state_answered: ["жауап берілген", "есть ответ", "answered"],
  state_ok: ["сәйкес", "сходится", "adds up"],
  difference: ["Айырмасы", "Разница", "Difference"],
  rests: ["Негізі", "На чём основано", "It rests on"],
  about: ["Қатысты уәде", "Об обещании", "About the promise"],
} as const);

const looks = { open: ["odd", "tag-odd"], answered: ["done", "tag-brand"], ok: ["done", "tag-good"] } as const;

export function QuestionState({ state }: { state: string }) {
  const t = questionWords.use();
  const known = state === "ok" || state === "answered" ? state : "open";
  const [icon, color] = looks[known];
  return <span className={`tag ${color}`}><Icon name={icon} />{t(`state_${known}`)}</span>;
}

const shownFigures = 8;

export function QuestionItem({ check: c, on }: { check: Check; on?: string }) {
  const words = useWords();
  const t = questionWords.use();
  const promises = c.promises.filter((id) => id !== on && c.type !== "change_recomputed" && c.type !== "rate_without_count");
  return (
    <article className="question" id={c.id}>
      <div className="question-head">
        <h3>{say(c.title, words.lang)}</h3>
        <QuestionState state={c.state} />
      </div>
      <p className="question-text">{say(c.text, words.lang)}</p>
      {c.difference && (
        <p className="small"><span className="quiet">{t("difference")}:</span> <strong className="nums">{words.quantity(c.difference.value, c.difference.unit)}</strong></p>
      )}
      {c.figures.length > 0 && (
        <p className="small question-figures">
          <span className="quiet">{t("rests")}:</span>
          {c.figures.slice(0, shownFigures).map((id) => <FigureById key={id} id={id} />)}
          {c.figures.length > shownFigures && <span className="quiet">+{c.figures.length - shownFigures}</span>}
        </p>
      )}
      {promises.length > 0 && (
        <p className="small question-figures">
          <span className="quiet">{t("about")}:</span>
          {promises.slice(0, shownFigures).map((id) => <A key={id} to={`/promises/${id}`}>{id}</A>)}
        </p>
      )}
      {c.answers.map((a) => <Reply key={`${a.office}${a.on}${a.ask}`} answer={a} />)}
      {c.asks.map((a) => <AskItem key={a.id} asked={a} replies={false} />)}
      <div className="row">
        {c.state === "open" && <AskButton about={c.id} title={say(c.title, words.lang)} message={(w) => askQuestionMessage(c, w)} small />}
        <CommentsFold about={`question:${c.id}`} />
      </div>
    </article>
  );
}
