// The works that fulfil a promise: how far they are and what comes next on the
// way to the first patient.
import { useApi } from "../api/queries.ts";
import type { WorkList } from "../api/portfolio.ts";
import { define } from "../i18n/define.ts";
import { say } from "../format/text.ts";
import { A } from "../route.tsx";
import { useWords } from "../words.tsx";
import { Card } from "./page.tsx";
import { PercentBar, PhaseTag } from "./works-parts.tsx";

export const worksOfWords = define({
  title: ["Уәдені орындайтын жобалар", "Проекты, которые выполняют обещание", "Works that fulfil it"],
  byStages: ["кезеңдер бойынша, бағалау", "по этапам, оценка", "by stages, an estimate"],
  steps: ["ашылу қадамдары: {n} / 6", "шагов открытия: {n} из 6", "steps of opening: {n} of 6"],
} as const);

export default function WorksOf({ promise }: { promise: string }) {
  const t = worksOfWords.use();
  const { lang } = useWords();
  const q = useApi<WorkList>("/works", { promise, level: "all", limit: 20 });
  if (!q.data || q.data.items.length === 0) return null;
  return (
    <Card id="works" title={t("title")}>
      <ul className="stack-s plain-list">
        {q.data.items.map((r) => (
          <li key={r.id}>
            <p><A to={`/works/${r.id}`}>{say(r.title, lang)}</A></p>
            <p className="row"><PhaseTag phase={r.phase} /><PercentBar row={r} byStages={t("byStages")} /><span className="small quiet">{t("steps", { n: r.steps })}</span></p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
