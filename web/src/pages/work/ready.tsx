// How far the work is, with how surely that is known, and the days that were
// named for its end.
import type { WorkPage } from "../../api/works.ts";
import { common } from "../../i18n/words.ts";
import { Card } from "../../ui/page.tsx";
import { ByLine, useWorkNames } from "./by-line.tsx";
import type { WorkKey } from "./words.ts";

const freshDays = 92; // until the server has said so

export function Ready({ page }: { page: WorkPage }) {
  const names = useWorkNames();
  const { t } = names;
  const { row } = page;
  const days = names.terms?.fresh_days ?? freshDays;
  return (
    <Card id="ready" title={t("state")} aside={row.last_word ? <p>{t("lastWord")}: {names.date(row.last_word)}</p> : undefined}>
      <div className="ready">
        <div className="ready-percent">
          <p className="small quiet">{t("readiness")}</p>
          {row.percent === null ? (
            <p className="unknown">{t("noPercent")}</p>
          ) : (
            <>
              <p className="ready-n">
                <ByLine ids={[page.percent_line]}>{names.percent(row.percent, row.percent_qualifier ?? "exact")}</ByLine>
                {row.doubt && <span className="tag tag-late">{t("notConfirmed")}</span>}
              </p>
              <progress className={`ready-bar${row.doubt ? " ready-doubt" : ""}`} max={100} value={row.percent} aria-label={t("readiness")} />
              <p className="small quiet">{t("ofDay", { date: names.date(row.percent_on ?? ""), n: row.percent_age ?? 0 })}</p>
              {row.doubt && <p className="small ready-why">{t(`doubt_${row.doubt}` as WorkKey, { days })}</p>}
            </>
          )}
          {page.said && <p><ByLine ids={[page.said.line]}>{t(`word_${page.said.word}` as WorkKey)}</ByLine> <span className="small quiet">· {names.date(page.said.on)}</span></p>}
          {row.computed_percent !== null && (
            <p className="small quiet">{t("byStages", { value: names.percent(row.computed_percent) })}{page.weighed < 1000 && <> · {t("spokenOf", { value: names.percent(page.weighed / 10) })}</>}</p>
          )}
        </div>
        <Deadlines page={page} />
      </div>
    </Card>
  );
}

function Deadlines({ page }: { page: WorkPage }) {
  const names = useWorkNames();
  const c = common.use();
  const { t } = names;
  const list = page.deadlines;
  const f = page.forecast;
  return (
    <div>
      <p className="small quiet">{t("deadlines")}</p>
      {list.length === 0 && <p className="unknown">{c("noDate")}</p>}
      <ol className="moves">
        {list.map((d, i) => (
          <li key={`${d.on}${d.to}`}>
            <span className={i < list.length - 1 ? "move-old" : "strong"}><ByLine ids={[d.line]}>{names.date(d.to)}</ByLine></span>
            <span className="small quiet">{i === 0 && list.length > 1 ? `${t("firstDeadline")}, ` : ""}{t("saidOn", { date: names.date(d.on) })}{d.line ? "" : ` · ${t("baselineNo", { n: page.record.baselines?.find((b) => b.on === d.on)?.no ?? 1 })}`}</span>
            {d.reason && <span className="small">{t("reason")}: {d.reason}</span>}
          </li>
        ))}
      </ol>
      {f && (f.p50 || f.p80) && <p className="small ready-fan">{t("forecastEnd")}: {f.p50 && <>P50 {names.date(f.p50)}</>}{f.p50 && f.p80 && " · "}{f.p80 && <>P80 {names.date(f.p80)}</>} · <a href="#forecast">{t("fWhy")}</a></p>}
    </div>
  );
}
