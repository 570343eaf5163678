// The numbers on which the minutes rest: value, range, unit and who says so.
import type { AccessParameter } from "../../api/access.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { capital, useLegNames } from "./leg-words.ts";
import { sayNumber } from "./legs.tsx";
import { placeAccessWords, type PlaceAccessKey } from "./words.ts";

const assumed = (p: AccessParameter) => p.source === "assumption";

export function NumbersCard({ list }: { list: readonly AccessParameter[] }) {
  const t = placeAccessWords.use();
  const c = common.use();
  const { lang } = useWords();
  const names = useLegNames();
  const unit = (p: AccessParameter) => (p.unit === "ratio" ? "" : t(`unit_${p.unit}` as PlaceAccessKey));
  return (
    <Card id="numbers" title={t("numbers")} aside={<p>{t("assumedN", { n: list.filter(assumed).length, total: list.length })}</p>}>
      <p className="small quiet ap-hint">{t("numbersHint")}</p>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("numbers")}>
        <table className="table folds ap-numbers">
          <thead><tr><th scope="col">{t("number")}</th><th scope="col" className="r">{c("value")}</th><th scope="col" className="r">{t("range")}</th><th scope="col">{c("source")}</th></tr></thead>
          <tbody>
            {list.map((p) => (
              <tr key={p.code} id={`n-${p.code}`}>
                <th scope="row">{capital(names.number(p.code))}<span className="ap-text">{say(p.text, lang)}</span></th>
                <td className="r nums" data-label={c("value")}>{sayNumber(p.value, lang)} {unit(p)}{p.season && <span className="small quiet"> · {t(`season_${p.season}` as PlaceAccessKey).toLowerCase()}</span>}</td>
                <td className="r nums quiet" data-label={t("range")}>{sayNumber(p.low, lang)}–{sayNumber(p.high, lang)}</td>
                <td className="wide small" data-label={c("source")}>{p.changed ? <span className="tag tag-odd">{t("changed")}</span> : assumed(p) ? <span className="tag tag-wait">{t("assumption")}</span> : <span lang="en">{p.source}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="chart-source">{t("method", { method: "access-minutes" })}</p>
    </Card>
  );
}
