// The works of a territory on its page: what is wrong with them, and the first
// of them, with the way to all.
import { useApi } from "../api/queries.ts";
import type { WorkList } from "../api/portfolio.ts";
import { formatDateShort } from "../format/date.ts";
import { formatNumber } from "../format/number.ts";
import { say } from "../format/text.ts";
import { common } from "../i18n/words.ts";
import { portfolioWords, type PortfolioKey } from "../pages/works/words.ts";
import { A } from "../route.tsx";
import { useWords } from "../words.tsx";
import { Downloads } from "./download.tsx";
import { Failure, Waiting } from "./failure.tsx";
import { Card } from "./page.tsx";
import { Amount, PercentBar, PhaseTag } from "./works-parts.tsx";
import { worksWords } from "./works-words.ts";

const shown = 8;
const warnings = ["late", "doubted", "no_date"] as const;

export default function WorksHere({ place }: { place: string }) {
  const t = portfolioWords.use();
  const w = worksWords.use();
  const c = common.use();
  const { lang } = useWords();
  const q = useApi<WorkList>("/works", { place, limit: shown });
  if (q.error) return <Failure inner error={q.error} retry={() => void q.refetch()} />;
  if (!q.data) return <Card title={t("here")}><Waiting rows={4} /></Card>;
  const { sums, items, total } = q.data;
  return (
    <Card id="works" className="works-here" title={t("here")} aside={total > 0 && <Downloads path="/works" params={{ place }} />}>
      {total === 0 ? <p className="quiet">{t("hereNone")}</p> : (
        <>
          <p className="row">
            <span className="tag tag-brand">{w("worksN", { n: sums.works })} · {w("sitesN", { n: sums.sites })}</span>
            {warnings.filter((k) => sums[k] > 0).map((k) => <A key={k} to="/works" search={{ place, watch: k }} className={`tag ${k === "late" ? "tag-late" : "tag-wait"}`}>{formatNumber(sums[k], lang)} · {t(`watch_${k}` as PortfolioKey)}</A>)}
            {sums.money.cost && <span className="small">{w("money_cost")}: <Amount of={sums.money.cost} /></span>}
          </p>
          <div className="table-box" tabIndex={0} role="region" aria-label={t("here")}>
            <table className="table folds">
              <thead><tr><th scope="col">{t("col_title")}</th><th scope="col">{t("phaseOf")}</th><th scope="col">{t("col_percent")}</th><th scope="col">{c("deadline")}</th><th scope="col" className="r">{w("money_cost")}</th></tr></thead>
              <tbody>
                {items.map((r) => (
                  <tr key={r.id}>
                    <th scope="row"><A to={`/works/${r.id}`} className="plain-link">{say(r.title, lang)}</A></th>
                    <td data-label={t("phaseOf")}><PhaseTag phase={r.phase} /></td>
                    <td data-label={t("col_percent")}><PercentBar row={r} byStages={t("byStages")} /></td>
                    <td data-label={c("deadline")}>{r.deadline ? <span className="nums">{formatDateShort(r.deadline, lang)}</span> : <span className="unknown">{c("noDate")}</span>}{r.days_late > 0 && <><br /><span className="small late-text">{w("daysLateN", { n: r.days_late })}</span></>}</td>
                    <td data-label={w("money_cost")} className="r"><Amount of={r.money.cost} /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="row"><A to="/works" search={{ place }}>{t("hereAll")}{total > items.length && ` (${formatNumber(total, lang)})`}</A><A to="/works/money" search={{ place }}>{t("toMoney")}</A></p>
        </>
      )}
    </Card>
  );
}
