// The two judgements of a promise, by date and by evidence: a sign, a word and
// a colour, so that none of them has to do it alone.
import type { Promise as Item } from "../api/types.ts";
import { common, type CommonKey } from "../i18n/words.ts";
import { Icon, type IconName } from "./icons.tsx";

const dueLook: Record<string, [IconName, string]> = {
  overdue: ["late", "tag-late"],
  done: ["done", "tag-good"],
  not_yet: ["wait", "tag-brand"],
  no_date: ["blank", ""],
};
const evidenceLook: Record<string, [IconName, string]> = {
  confirmed: ["done", "tag-good"],
  partly: ["half", "tag-brand"],
  old: ["wait", "tag-wait"],
  none: ["blank", ""],
  contradicted: ["odd", "tag-odd"],
};

function Look({ look, text }: { look: [IconName, string] | undefined; text: string }) {
  const [icon, color] = look ?? ["blank", ""];
  return (
    <span className={`tag ${color}`}>
      <Icon name={icon} />
      {text}
    </span>
  );
}

export function DueTag({ due }: { due: string }) {
  const t = common.use();
  return <Look look={dueLook[due]} text={t(`due_${due}` as CommonKey)} />;
}

export function EvidenceTag({ evidence }: { evidence: string }) {
  const t = common.use();
  return <Look look={evidenceLook[evidence]} text={t(`evidence_${evidence}` as CommonKey)} />;
}

/** How far the deadline is, in days: 328 days overdue, 37 days left. */
export function DaysTag({ p }: { p: Item }) {
  const t = common.use();
  if (p.withdrawn) return <Look look={["blank", ""]} text={t("withdrawn")} />;
  if (p.broken) return <Look look={["odd", "tag-odd"]} text={t("broken")} />;
  if (p.days_overdue !== null && p.days_overdue > 0) return <Look look={dueLook.overdue} text={t("overdueBy", { n: p.days_overdue })} />;
  if (p.due === "not_yet" && p.days_left === 0) return <Look look={dueLook.not_yet} text={t("lastDay")} />;
  if (p.due === "not_yet" && p.days_left !== null) return <Look look={dueLook.not_yet} text={t("daysLeft", { n: p.days_left })} />;
  return <DueTag due={p.due} />;
}
