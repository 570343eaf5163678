// The stages of the work with their weight, what was said of each, and where
// the first and the present plan put it.
import type { WorkPage, WorkStage } from "../../api/works.ts";
import { say } from "../../format/text.ts";
import { formatDateShort } from "../../format/date.ts";
import { common } from "../../i18n/words.ts";
import { Card } from "../../ui/page.tsx";
import { ByLine, useWorkNames } from "./by-line.tsx";
import type { WorkKey } from "./words.ts";

export function Stages({ page }: { page: WorkPage }) {
  const names = useWorkNames();
  const c = common.use();
  const { t, lang } = names;
  const planned = page.stages.some((s) => s.baseline ?? s.first_baseline);
  const moved = page.stages.some((s) => s.first_baseline && s.baseline && (s.first_baseline.start !== s.baseline.start || s.first_baseline.finish !== s.baseline.finish));
  const given = page.record.baselines?.some((b) => b.terms.some((x) => x.per_mille)) ?? false;
  const span = (s: WorkStage["baseline"]) => (s ? `${formatDateShort(s.start, lang)} – ${formatDateShort(s.finish, lang)}` : "—");
  if (page.stages.length === 0) return null;
  return (
    <Card id="stages" title={t("stages")}>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("stages")}>
        <table className="table folds stages">
          <thead>
            <tr>
              <th scope="col">{t("stage")}</th>
              <th scope="col" className="r">{t("weight")}</th>
              <th scope="col">{t("readiness")}</th>
              {moved && <th scope="col">{t("planFirst")}</th>}
              {planned && <th scope="col">{t("planNow")}</th>}
            </tr>
          </thead>
          <tbody>
            {page.stages.map((s) => (
              <tr key={s.code} className={s.on === null && !s.baseline && !s.first_baseline ? "stage-unsaid" : undefined}>
                <th scope="row">{say(s.name, lang)}</th>
                <td className="r" data-label={t("weight")}>{names.percent(s.per_mille / 10)}</td>
                <td data-label={t("readiness")}>
                  {s.on === null ? <span className="unknown small">{c("notSaid")}</span> : (
                    <span className="stage-said">
                      <ByLine ids={[s.line]}>{s.word ? t(`word_${s.word}` as WorkKey) : s.percent === null ? t("phase_building") : names.percent(s.percent)}</ByLine>
                      <span className="small quiet"> · {names.date(s.on)}</span>
                      {s.percent !== null && <progress className={`stage-bar${s.doubt ? " ready-doubt" : ""}`} max={100} value={s.percent} aria-hidden="true" />}
                      {s.doubt && <span className="small ready-why">{t("notConfirmed")}</span>}
                    </span>
                  )}
                </td>
                {moved && <td className={`nowrap small${s.first_baseline ? "" : " stage-none"}`} data-label={t("planFirst")}>{span(s.first_baseline)}</td>}
                {planned && <td className={`nowrap small${s.baseline ? "" : " stage-none"}`} data-label={t("planNow")}>{span(s.baseline)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!given && <p className="small quiet">{t("weightsAssumed")}</p>}
    </Card>
  );
}
