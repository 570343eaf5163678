// When the work will end by several methods side by side, and on what each of
// them rests.
import type { WorkForecast, WorkPage } from "../../api/works.ts";
import { formatDateShort } from "../../format/date.ts";
import { formatNumber, formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { Card } from "../../ui/page.tsx";
import { useWorkNames } from "./by-line.tsx";

const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const whole = (share: number) => Math.round(share * 100);

export function ForecastCard({ page }: { page: WorkPage }) {
  const names = useWorkNames();
  const { t } = names;
  const f = page.forecast;
  if (page.row.opened) return null;
  if (!f || !(f.declared ?? f.earned_schedule ?? f.p50)) return <Card id="forecast" title={t("forecast")}><p className="quiet">{t("fNone")}</p>{f && <Reasons f={f} />}</Card>;
  return (
    <Card id="forecast" title={t("forecast")} aside={<p>{names.date(f.on)}</p>}>
      <Fan f={f} today={page.as_of} />
      <p className="small quiet">{t("fLegend")}</p>
      {f.in_time !== null && <p>{t("fInTime", { value: formatPercent(whole(f.in_time), names.lang) })}</p>}
      <Reasons f={f} />
    </Card>
  );
}

/** A row for each method on one scale of days; the span from P10 to P90 lies behind. */
function Fan({ f, today }: { f: WorkForecast; today: string }) {
  const names = useWorkNames();
  const c = common.use();
  const { t, lang } = names;
  const rows = [["fDeclared", f.declared], ["fES", f.earned_schedule], ["fP50", f.p50], ["fP80", f.p80]] as const;
  const days = [today, f.declared, f.earned_schedule, f.p10, f.p50, f.p80, f.p90].filter((d): d is string => Boolean(d)).map(at);
  const from = Math.min(...days);
  const to = Math.max(...days, from + 86_400_000);
  const left = (day: string) => `${(100 * (at(day) - from)) / (to - from)}%`;
  const wide = (a: string, b: string) => `${(100 * (at(b) - at(a))) / (to - from)}%`;
  return (
    <dl className="fan">
      {rows.map(([word, day]) => (
        <div key={word} className="fan-row">
          <dt>{t(word)}</dt>
          <dd className="fan-day">{day ? <strong>{names.date(day)}</strong> : <span className="unknown">{c(word === "fDeclared" ? "noDate" : "unknown")}</span>}</dd>
          <dd className="fan-track" aria-hidden="true">
            {f.p10 && f.p90 && (word === "fP50" || word === "fP80") && <span className="fan-span" style={{ left: left(f.p10), width: wide(f.p10, f.p90) }} />}
            <span className="fan-today" style={{ left: left(today) }} />
            {day && <span className={`fan-dot fan-${word}`} style={{ left: left(day) }} title={formatDateShort(day, lang)} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Reasons({ f }: { f: WorkForecast }) {
  const names = useWorkNames();
  const { t, lang } = names;
  const decide = f.stages.slice(0, 5);
  return (
    <details className="fan-why" open={f.reasons.length <= 3}>
      <summary>{t("fWhy")}</summary>
      <div className="stack-s small">
        <ul className="bullets">
          {f.reasons.map((r) => <li key={say(r, "en")}>{say(r, lang)}</li>)}
          {f.assumed && <li>{t("fAssumed")}</li>}
          {f.spi_t !== null && <li>{t("spi", { value: formatNumber(f.spi_t, lang) })}</li>}
          {f.reference_class && <li>{t("fClass", { name: say(f.reference_class.name, lang), n: f.reference_class.own })} {f.reference_class.prior && t("fPrior", { source: f.reference_class.prior })}</li>}
        </ul>
        {decide.length > 0 && <p>{t("fStages")}: {decide.map((s) => `${say(s.name, lang)} ${formatPercent(whole(s.share), lang)}`).join(", ")}</p>}
      </div>
    </details>
  );
}
