// Where a report is: by its due day, and on its way to publication.
import type { Report } from "../../api/types.ts";
import { Icon, type IconName } from "../../ui/icons.tsx";
import { entryWords, type EntryKey } from "./words.ts";

const looks: Record<string, [IconName, string]> = {
  not_due: ["wait", "tag-brand"], on_time: ["done", "tag-good"], late: ["done", "tag-wait"], missing: ["late", "tag-late"],
};

export function StateTag({ state, days }: { state: string; days: number }) {
  const t = entryWords.use();
  const [icon, color] = looks[state] ?? ["blank", ""];
  return <span className={`tag ${color}`}><Icon name={icon} />{t(`state_${state}` as EntryKey, { n: days })}</span>;
}

export function StepTag({ report }: { report: Pick<Report, "state" | "days_late" | "step"> }) {
  const t = entryWords.use();
  return (
    <>
      <StateTag state={report.state} days={report.days_late} />
      {report.step !== "none" && <span className={`tag ${report.step === "returned" ? "tag-odd" : ""}`}>{t(`step_${report.step}` as EntryKey)}</span>}
    </>
  );
}
