// Which parameter to try another value of, group by group.
import type { AccessValidation } from "../../api/access.ts";
import { say } from "../../format/text.ts";
import { A, useLang, useSetSearch } from "../../route.tsx";
import { Card } from "../../ui/page.tsx";
import { about, groupName } from "./sentence.ts";
import { validationWords } from "./words.ts";

export function Advice({ v }: { v: AccessValidation }) {
  const t = validationWords.use();
  const lang = useLang();
  const set = useSetSearch();
  return (
    <Card id="advice" title={t("next")}>
      {v.advice.length === 0 && <p>{t("nextNone", { n: v.advice_from })}</p>}
      <ul className="val-advice">
        {v.advice.map((a) => (
          <li key={`${a.parameter} ${a.season}`}>
            <p><strong>{t("advice", { group: groupName(a, lang), n: a.n, ratio: about(a.median_ratio, lang, 2), low: about(a.median_ratio_low, lang, 2), high: about(a.median_ratio_high, lang, 2), code: a.parameter, now: about(a.now, lang, 2), try: about(a.try, lang, 2) })}</strong></p>
            <p className="small quiet">{say(a.text, lang)}</p>
            {a.outside && <p className="small val-doubt">{t("outside")}</p>}
            <p className="row no-print">
              <button type="button" className="button button-small" onClick={() => set({ set: a.set })}>{t("tryHere")}</button>
              <A className="button button-small" to="/access" search={{ set: a.set, season: a.season }}>{t("tryAccess")}</A>
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
