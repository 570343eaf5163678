// "Do people live longer?": what was printed about outcomes, and whether the
// counts behind it were.
import { useApi } from "../../api/queries.ts";
import type { Board, SeriesList } from "../../api/types.ts";
import { formatPeriod } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { A } from "../../route.tsx";
import { Fig, FigureOf } from "../../ui/figure.tsx";
import { Card } from "../../ui/page.tsx";
import { Icon } from "../../ui/icons.tsx";
import { useWords } from "../../words.tsx";
import { boardWords } from "./words.ts";

const lifeMeasure = "life_expectancy.total";
const shownYears = 3;

export function Claims({ board }: { board: Board }) {
  const words = useWords();
  const t = boardWords.use();
  const claims = board.claims.filter((c) => c.value !== null && words.measures.get(c.measure)?.theme === "outcomes");
  return (
    <Card id="outcomes" title={t("claims")}>
      <p className="card-hint">{t("claimsHint")}</p>
      {claims.length === 0 && <p className="quiet">{t("claimsNone")}</p>}
      <ul className="claims">
        {claims.map((c) => (
          <li key={c.id}>
            <Fig id={c.figure} value={c.value} qualifier={c.qualifier} unit={c.unit} className="claims-n" what={say(c.title, words.lang)} />
            <div>
              <p>{say(c.title, words.lang)}{c.period ? <span className="quiet">, {formatPeriod(c.period, words.lang)}</span> : null}</p>
              {c.confirmed ? (
                <span className="tag tag-good"><Icon name="done" />{t("counted")}</span>
              ) : c.question ? (
                <A to="/questions" search={{ rule: c.question.split(":")[0], figure: c.figure }} className="tag tag-odd"><Icon name="odd" />{t("noCounts")}</A>
              ) : (
                <span className="tag tag-odd"><Icon name="odd" />{t("noCounts")}</span>
              )}
            </div>
          </li>
        ))}
      </ul>
      <LifeExpectancy />
    </Card>
  );
}

/** What independent statistics say about the question of the heading, newest first. */
function LifeExpectancy() {
  const words = useWords();
  const t = boardWords.use();
  const known = words.measures.has(lifeMeasure);
  const q = useApi<SeriesList>(known ? "/series" : "", { measure: lifeMeasure, place: words.root });
  const points = (q.data?.series ?? [])
    .flatMap((s) => s.points)
    .filter((f) => f.period && f.value !== null && Object.keys(f.dimensions).length === 0)
    .sort((a, b) => ((a.period ?? "") < (b.period ?? "") ? 1 : -1))
    .slice(0, shownYears);
  if (points.length === 0) return null;
  return (
    <div className="claims-life">
      <h3>{t("claimsLife")}</h3>
      <ul className="row">
        {points.map((f) => (
          <li key={f.id}>
            <span className="quiet">{formatPeriod(f.period ?? "", words.lang)}:</span> <FigureOf f={f} what={words.measure(lifeMeasure)} />
          </li>
        ))}
      </ul>
      <p className="small"><A to="/map" search={{ measure: lifeMeasure }}>{words.measure(lifeMeasure)} →</A></p>
    </div>
  );
}
