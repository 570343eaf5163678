// What does not add up, with its arithmetic, and what was answered.
import { useApi } from "../../api/queries.ts";
import type { Check, List } from "../../api/types.ts";
import { compare } from "../../format/collate.ts";
import { say } from "../../format/text.ts";
import { define } from "../../i18n/define.ts";
import { common } from "../../i18n/words.ts";
import { useSearchParams, useSetSearch } from "../../route.tsx";
import { Downloads } from "../../ui/download.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { QuestionItem, questionWords } from "../../ui/question-item.tsx";
import { useState } from "react";
import { useWords } from "../../words.tsx";

export const questionsWords = define({
  title: ["Ашық сұрақтар", "Открытые вопросы", "Open questions"],
  lead: [
    "Жарияланған сандар қайта есептелді. Сәйкеспегені қате деп те, түзетіліп те көрсетілмейді: арифметикасымен бірге сұрақ болып тұрады.",
    "Опубликованные числа пересчитаны. Что не сходится, не объявлено ошибкой и не исправлено молча: это вопрос со своей арифметикой.",
    "Printed figures were recomputed. What does not add up is neither called an error nor corrected in silence: it is a question with its arithmetic.",
  ],
  rule: ["Ереже", "Правило", "Rule"],
  type_sum_of_parts: ["Бөліктердің жиыны", "Сумма частей", "Sum of parts"],
  type_share_of_whole: ["Бүтіннің үлесі", "Доля целого", "Share of the whole"],
  type_plan_against_actual: ["Жоспар мен факт", "План и факт", "Plan against actual"],
  type_change_recomputed: ["Қайта есептелген өзгеріс", "Пересчитанное изменение", "Change recomputed"],
  type_said_twice: ["Екі рет айтылған", "Сказано дважды", "Said twice"],
  type_rate_without_count: ["Саны жоқ көрсеткіш", "Показатель без чисел", "Rate without counts"],
  type_promise_without_evidence: ["Дәлелсіз уәде", "Обещание без доказательств", "Promise without evidence"],
  type_last_word_old: ["Соңғы сөз ескірген", "Последнее слово устарело", "Last word too old"],
  type_deadline_ambiguous: ["Мерзімі түсініксіз", "Неясный срок", "Ambiguous deadline"],
  type_reading_ambiguous: ["Екіұшты оқылады", "Читается двояко", "Ambiguous reading"],
  type_evidence_conflict: ["Дәлелдер қайшы", "Противоречие источников", "Sources in conflict"],
  ofFigure: ["Бір санға қатысты сұрақтар көрсетілді.", "Показаны вопросы об одном числе.", "Only questions about one figure are shown."],
} as const);

type Key = Extract<keyof typeof questionsWords.dict, string>;

/** What needs a person stands first; rules that repeat for every promise stand last. */
const typeOrder = ["sum_of_parts", "share_of_whole", "change_recomputed", "evidence_conflict", "said_twice", "reading_ambiguous", "deadline_ambiguous", "rate_without_count", "plan_against_actual", "last_word_old", "promise_without_evidence"];
const stateOrder = ["open", "answered", "ok"];
const shownAtFirst = 12;

export default function QuestionsPage() {
  const t = questionsWords.use();
  const c = common.use();
  const s = useSearchParams();
  const words = useWords();
  const state = s.state === "all" ? undefined : (s.state ?? "open");
  usePageTitle(t("title"));
  const q = useApi<List<Check>>("/questions", { rule: s.rule });
  const every = (q.data?.items ?? []).filter((x) => !s.figure || x.figures.includes(s.figure));
  const items = every.filter((x) => !state || x.state === state);
  const groups = group(items);
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack">
        <Card aside={undefined}>
          <div className="row between">
            <Filters state={state ?? "all"} counts={countStates(every)} types={words.vocabulary.rules} />
            <Downloads path="/questions" params={{ state, rule: s.rule }} />
          </div>
          {s.figure && <p className="note">{t("ofFigure")}</p>}
        </Card>
        {q.error && <Failure inner error={q.error} retry={() => void q.refetch()} />}
        {!q.data && !q.error && <Waiting rows={12} />}
        {q.data && items.length === 0 && <p className="note">{c("noMatch")}</p>}
        {groups.map(([type, list]) => <Group key={type} type={type} list={list} />)}
      </div>
    </>
  );
}

function group(items: Check[]): [string, Check[]][] {
  const map = new Map<string, Check[]>();
  for (const x of items) map.set(x.type, [...(map.get(x.type) ?? []), x]);
  const rank = (type: string) => (typeOrder.indexOf(type) + 100) % 100;
  return [...map].sort((a, b) => rank(a[0]) - rank(b[0]));
}

function countStates(items: Check[]): Record<string, number> {
  const out: Record<string, number> = { all: items.length };
  for (const x of items) out[x.state] = (out[x.state] ?? 0) + 1;
  return out;
}

function Filters({ state, counts, types }: { state: string; counts: Record<string, number>; types: { code: string; title: Check["title"] }[] }) {
  const t = questionsWords.use();
  const q = questionWords.use();
  const c = common.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  const rules = types.map((r): [string, string] => [r.code, say(r.title, words.lang)]).sort((a, b) => compare(words.lang, a[1], b[1]));
  return (
    <div className="row no-print">
      <div className="tabs" role="group" aria-label={c("state")}>
        {[...stateOrder, "all"].map((x) => (
          <button key={x} type="button" aria-pressed={x === state} onClick={() => set({ state: x === "open" ? undefined : x })}>
            {x === "all" ? c("all") : q(`state_${x}` as "state_open")} {counts[x] ?? 0}
          </button>
        ))}
      </div>
      <label className="field field-row">
        <span>{t("rule")}</span>
        <select className="input" value={s.rule ?? ""} onChange={(e) => set({ rule: e.target.value || undefined, figure: undefined })}>
          <option value="">{c("all")}</option>
          {rules.map(([v, text]) => <option key={v} value={v}>{text}</option>)}
        </select>
      </label>
    </div>
  );
}

function Group({ type, list }: { type: string; list: Check[] }) {
  const t = questionsWords.use();
  const c = common.use();
  const [all, setAll] = useState(false);
  const key = `type_${type}` as Key;
  const cut = all ? list : list.slice(0, shownAtFirst);
  return (
    <Card id={type} title={key in questionsWords.dict ? t(key) : type} aside={<p>{c("questionsN", { n: list.length })}</p>}>
      {cut.map((x) => <QuestionItem key={x.id} check={x} />)}
      {list.length > shownAtFirst && (
        <button type="button" className="button button-small" aria-expanded={all} onClick={() => setAll(!all)}>{all ? c("showLess") : c("showAll", { n: list.length })}</button>
      )}
    </Card>
  );
}
