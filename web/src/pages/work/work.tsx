// One work: what it is, how far it is and who says so, when it opens, who pays,
// what does not add up, and everything that was said about it.
import { lazy, Suspense } from "react";
import { useApi } from "../../api/queries.ts";
import type { WorkPage as Page } from "../../api/works.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { A, usePathId } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import WorkRisks from "../risks/work-risks.tsx";
import { WorkEquipment } from "../equipment/work.tsx";
import { Acts } from "./acts.tsx";
import { LineHost, useWorkNames } from "./by-line.tsx";
import { Chain } from "./chain.tsx";
import { CurveCard } from "./curve.tsx";
import { ForecastCard } from "./forecast.tsx";
import { WorkGallery } from "./gallery.tsx";
import { History } from "./history.tsx";
import { BudgetCards } from "./budget.tsx";
import { Money } from "./money.tsx";
import { Ready } from "./ready.tsx";
import { Assumed, CapacityCard, Parties, Parts, Promises, Questions, Statements } from "./side.tsx";
import { Stages } from "./stages.tsx";
import { WaitingVisits } from "./waiting.tsx";
import type { WorkKey } from "./words.ts";
import "./work.css";

const AccessBrought = lazy(() => import("../../ui/access-brought.tsx"));

export default function WorkPage() {
  const id = usePathId();
  const q = useApi<Page>(`/works/${encodeURIComponent(id)}`);
  const words = useWords();
  usePageTitle(q.data ? say(q.data.row.title, words.lang) : id);
  if (q.error) return <Failure error={q.error} retry={() => void q.refetch()} />;
  if (!q.data) return <Waiting rows={14} />;
  return <Content page={q.data} />;
}

function Content({ page }: { page: Page }) {
  const names = useWorkNames();
  const c = common.use();
  const { t, words, lang } = names;
  const { row, record } = page;
  const programme = row.level === "programme" && page.parts.length > 0;
  return (
    <LineHost page={page}>
      <PageHead
        above={
          <ol className="crumbs">
            <li><A to="/works">{t("works")}</A></li>
            {page.path.map((p) => <li key={p.id}><A to={`/works/${p.id}`}>{say(p.title, lang)}</A></li>)}
          </ol>
        }
        eyebrow={`${t(`level_${row.level}` as WorkKey)} · ${t(`kind_${row.kind}` as WorkKey)}`}
        title={say(row.title, lang)}
      >
        <p className="row">
          <PhaseTag phase={row.phase} />
          {row.opened && <span className="tag tag-good">{t("openedOn", { date: names.date(row.opened) })}</span>}
          {row.days_late > 0 && <span className="tag tag-late">{t("late", { n: row.days_late })}</span>}
          {row.condition !== "active" && <span className="tag tag-wait">{t(`condition_${row.condition}` as WorkKey)}</span>}
          {row.units > 1 && <span className="tag">{t(row.kind === "agreement" ? "agreements" : "sites", { n: row.units })}</span>}
          {row.synthetic && <span className="tag tag-odd">{c("synthetic")}</span>}
        </p>
        <p className="work-where">
          <A to={`/places/${row.place}`}>{words.place(row.place)}</A>
          {row.office && <> · {t("office")}: {words.office(row.office)}</>}
        </p>
        {say(record.text, lang) && <p className="lead">{say(record.text, lang)}</p>}
        {row.condition === "draft" && <p className="note">{t("draftNote")}</p>}
        <Acts page={page} />
        <WaitingVisits work={row.id} />
      </PageHead>
      <div className="columns">
        <div className="stack">
          <Ready page={page} />
          {programme && <Parts page={page} />}
          {page.chain.length > 0 && opens(page) && <Chain page={page} />}
          {(!programme || page.weighed > 0) && <Stages page={page} />}
          <Suspense fallback={null}><AccessBrought work={row.id} /></Suspense>
          <CurveCard page={page} />
          {(!programme || page.forecast?.p50) && <ForecastCard page={page} />}
          <Money page={page} />
          <WorkEquipment id={row.id} />
          <BudgetCards page={page} />
          <Questions page={page} />
          <WorkRisks id={row.id} mayManage={page.may.includes("manage_works")} />
          <WorkGallery page={page} />
          <History page={page} />
        </div>
        <div className="stack">
          <Promises page={page} />
          <CapacityCard page={page} />
          <Parties page={page} />
          {!programme && <Parts page={page} />}
          <Statements page={page} />
          <Assumed page={page} />
        </div>
      </div>
    </LineHost>
  );
}

const built = ["new_building", "extension", "reconstruction", "capital_repair", "fit_out", "unit"];

/** Whether the work ends in patients: a programme of parts, a purchase or a system does not, unless somebody said so. */
export function opens({ row, parts }: Pick<Page, "row" | "parts">): boolean {
  return row.steps > 0 || (built.includes(row.kind) && !(row.level === "programme" && parts.length > 0));
}

const phaseTone: Record<string, string> = { open: "tag-good", not_open: "tag-wait", declared_open: "tag-wait", suspended: "tag-late", cancelled: "tag-late", idea: "" };

export function PhaseTag({ phase }: { phase: string }) {
  const { t } = useWorkNames();
  return <span className={`tag ${phaseTone[phase] ?? "tag-brand"}`}>{t(`phase_${phase}` as WorkKey)}</span>;
}
