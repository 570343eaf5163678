// One line of early warning about works: how many are late, not confirmed or
// without a date, each leading to its list.
import { useApi } from "../../api/queries.ts";
import type { WorkList } from "../../api/portfolio.ts";
import { define } from "../../i18n/define.ts";
import { A } from "../../route.tsx";

export const worksLineWords = define({
  title: ["Жобалар", "Проекты", "Projects"],
  all: ["портфельде {n} жоба", "{n} проект в портфеле|{n} проекта в портфеле|{n} проектов в портфеле", "{n} project in the portfolio|{n} projects in the portfolio"],
  late: ["{n} жобаның мерзімі өткен", "у {n} проекта срок прошёл|у {n} проектов срок прошёл|у {n} проектов срок прошёл", "{n} past the deadline"],
  doubted: ["{n} жобаның пайызы расталмаған", "у {n} проекта процент не подтверждён|у {n} проектов процент не подтверждён|у {n} проектов процент не подтверждён", "{n} with a percentage that is not confirmed"],
  no_date: ["{n} жобаның мерзімі аталмаған", "у {n} проекта срок не назван|у {n} проектов срок не назван|у {n} проектов срок не назван", "{n} without any date"],
} as const);

export default function WorksLine() {
  const t = worksLineWords.use();
  const q = useApi<WorkList>("/works", { limit: 1 });
  if (!q.data || q.data.total === 0) return null; // a warning that is not there disturbs nobody
  const { sums } = q.data;
  const warnings = ([["late", sums.late], ["doubted", sums.doubted], ["no_date", sums.no_date]] as const).filter(([, n]) => n > 0);
  return (
    <section className="card works-line" aria-label={t("title")}>
      <h2>{t("title")}</h2>
      <ul className="row">
        {warnings.map(([k, n]) => <li key={k}><A to="/works" search={{ watch: k }} className={k === "late" ? "works-late" : undefined}>{t(k, { n })}</A></li>)}
        <li><A to="/works">{t("all", { n: sums.works })}</A></li>
      </ul>
    </section>
  );
}
