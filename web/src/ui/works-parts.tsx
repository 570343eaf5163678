// Small pieces that every list of works shows in the same way: phase,
// percentage with its doubt, an amount as it was stated.
import type { Stated, WorkRow } from "../api/portfolio.ts";
import { formatDateShort } from "../format/date.ts";
import { formatMoney, formatPercent } from "../format/number.ts";
import { common } from "../i18n/words.ts";
import { useWords } from "../words.tsx";
import { hedge } from "./figure.tsx";
import { worksWords, type WorksKey } from "./works-words.ts";
import "./works-parts.css";

export function PhaseTag({ phase }: { phase: string }) {
  const t = worksWords.use();
  return <span className="phase"><i className={`phase-dot phase-${phase}`} aria-hidden="true" />{t(`phase_${phase}` as WorksKey)}</span>;
}

/** An amount with the word before it; what nobody said is unknown, not zero. */
export function Amount({ of }: { of: Stated | null | undefined }) {
  const words = useWords();
  const c = common.use();
  if (!of) return <span className="unknown">{c("unknown")}</span>;
  const before = hedge(of.qualifier, words);
  return <span className="nums">{before && <span className="quiet">{before} </span>}{formatMoney(of.value, words.currency, words.lang)}</span>;
}

type Progress = Pick<WorkRow, "percent" | "percent_qualifier" | "percent_on" | "doubt" | "computed_percent">;

/** How far a work is, by whom it was last said, and why that is not confirmed. */
export function PercentBar({ row, byStages }: { row: Progress; byStages: string }) {
  const words = useWords();
  const t = worksWords.use();
  const c = common.use();
  const value = row.percent ?? row.computed_percent;
  if (value === null) return <span className="unknown">{c("notSaid")}</span>;
  const said = row.percent !== null;
  const before = said ? hedge(row.percent_qualifier ?? "", words) : "";
  return (
    <span className="pct">
      <span className="pct-row">
        <span className={`pct-bar${!said || row.doubt ? " pct-doubt" : ""}`} aria-hidden="true"><i style={{ width: `${Math.min(100, value)}%` }} /></span>
        <strong className="nums">{before && `${before} `}{formatPercent(value, words.lang)}</strong>
      </span>
      <span className="small quiet">
        {said && row.percent_on ? formatDateShort(row.percent_on, words.lang) : byStages}
        {row.doubt && <> · <span className="late-text">{t(`doubt_${row.doubt}` as WorksKey)}</span></>}
      </span>
    </span>
  );
}
