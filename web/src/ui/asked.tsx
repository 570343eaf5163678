// What an office was asked, for how long it has said no word, and what it
// answered: its own words beside the figure.
import type { Answer, Asked } from "../api/types.ts";
import { formatDate } from "../format/date.ts";
import { say } from "../format/text.ts";
import { A } from "../route.tsx";
import { useWords } from "../words.tsx";
import { askedWords } from "./asked-words.ts";
import { FigureOf } from "./figure.tsx";
import { FileList } from "./files.tsx";
import { Icon, type IconName } from "./icons.tsx";
import "./asked.css";

const looks: Record<string, [IconName, string]> = { open: ["wait", "tag-brand"], overdue: ["late", "tag-late"], answered: ["done", "tag-good"], closed: ["blank", ""] };

export function AskState({ state }: { state: string }) {
  const t = askedWords.use();
  const [icon, color] = looks[state] ?? ["blank", ""];
  return <span className={`tag ${color}`}><Icon name={icon} />{t(`state_${state}` as "state_open")}</span>;
}

/** Asked on, due on, for how many days nobody said a word. */
export function AskFacts({ asked: a, link = true }: { asked: Asked; link?: boolean }) {
  const words = useWords();
  const t = askedWords.use();
  const waits = a.state === "open" || a.state === "overdue";
  return (
    <p className="asked-facts">
      <AskState state={a.state} />
      <span>{t("on", { date: formatDate(a.on, words.lang) })}</span>
      {waits && <span>{t("due", { date: formatDate(a.due, words.lang) })}</span>}
      {waits && a.days_without_word > 0 && <strong className="nums">{t("silent", { n: a.days_without_word })}</strong>}
      {a.state === "answered" && <span>{a.days_without_word > 0 ? t("after", { n: a.days_without_word }) : t("sameDay")}</span>}
      {link && <A to={`/asks/${a.id}`} aria-label={`${t("open")}: ${words.office(a.office)}, ${say(a.about.title, words.lang)}`}>{t("open")} →</A>}
    </p>
  );
}

export function AskItem({ asked: a, replies = true }: { asked: Asked; replies?: boolean }) {
  const words = useWords();
  const t = askedWords.use();
  return (
    <article className="asked">
      <p><strong>{words.office(a.office)}</strong></p>
      <AskFacts asked={a} />
      {a.closed && <p className="small">{t("closedBecause", { reason: a.closed })}</p>}
      {replies && a.answers.map((x) => <Reply key={`${x.on}${say(x.text, words.lang)}`} answer={x} />)}
    </article>
  );
}

/** The word of an office, with its figures and files. */
export function Reply({ answer: a }: { answer: Answer }) {
  const words = useWords();
  const t = askedWords.use();
  return (
    <blockquote className="reply">
      <p className="small quiet">{t("ownWords", { office: words.office(a.office) })}{a.on && `, ${formatDate(a.on, words.lang)}`}</p>
      <p className="reply-text">{say(a.text, words.lang)}</p>
      {a.figures.length > 0 && (
        <ul className="stack-s small">
          {a.figures.map((f) => <li key={f.id}><FigureOf f={f} /> <span className="quiet">{words.measure(f.measure)}</span></li>)}
        </ul>
      )}
      {a.files.length > 0 && <FileList ids={a.files} />}
    </blockquote>
  );
}
