// How well groups of journeys are met: all, by vehicle, by class of road and
// season.
import type { AccessValidation } from "../../api/access.ts";
import { formatPercent } from "../../format/number.ts";
import { useLang } from "../../route.tsx";
import { Card } from "../../ui/page.tsx";
import { about, groupName, signed } from "./sentence.ts";
import { validationWords } from "./words.ts";

export function Groups({ v }: { v: AccessValidation }) {
  const t = validationWords.use();
  const lang = useLang();
  return (
    <Card id="groups" title={t("groups")}>
      <p className="small quiet val-hint">{t("groupsHint")}</p>
      <div className="table-box" tabIndex={0} role="region" aria-label={t("groups")}>
        <table className="table folds">
          <thead>
            <tr>
              <th scope="col">{t("group")}</th>
              {(["journeys", "bias", "percent", "mae", "rmse", "ratio", "within"] as const).map((k) => <th key={k} scope="col" className="r">{t(k)}</th>)}
            </tr>
          </thead>
          <tbody>
            {v.groups.map((g, i) => (
              <tr key={i}>
                <th scope="row">{groupName(g, lang)}</th>
                <td data-label={t("journeys")} className="r nums">{g.n}</td>
                <td data-label={t("bias")} className="r nums">{signed(g.bias_minutes, lang)}</td>
                <td data-label={t("percent")} className="r nums">{signed(g.bias_percent, lang)}</td>
                <td data-label={t("mae")} className="r nums">{about(g.mean_absolute_error, lang)}</td>
                <td data-label={t("rmse")} className="r nums">{about(g.root_mean_square_error, lang)}</td>
                <td data-label={t("ratio")} className="r nums">{about(g.median_ratio, lang, 2)}</td>
                <td data-label={t("within")} className="r nums">{g.within}/{g.n} ({formatPercent(Math.round(100 * g.within_share), lang)})</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
