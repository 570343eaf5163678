// The register of risks of works.
import type { components } from "../../api/schema.ts";
import { formatMoney, formatNumber } from "../../format/number.ts";
import { useSearchParams, useSetSearch } from "../../route.tsx";
import { Combo } from "../../ui/combo.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Choice } from "../../ui/form.tsx";
import { usePlaceOptions } from "../../ui/options.ts";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useDesk } from "../submissions/desk.ts";
import { useWords } from "../../words.tsx";
import { states, useOffices } from "./risk-form.tsx";
import { RiskTable } from "./risk-table.tsx";
import { riskWords } from "./words.ts";

type List = components["schemas"]["RiskList"];

export default function RisksPage() {
  const t = riskWords.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const places = usePlaceOptions();
  const offices = useOffices();
  usePageTitle(t("title"));
  const q = useDesk<List>("/risks", { place: s.place, work: s.about, owner: s.office, state: s.state === "all" ? undefined : s.state ?? "live", overdue: s.due === "overdue" });
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p><p className="small quiet">{t("private")}</p></PageHead>
      <div className="stack">
        <Card>
          <div className="filters no-print">
            <Combo label={t("territory")} options={places} value={s.place ?? ""} empty={t("everywhere")} onChange={(v) => set({ place: v || undefined })} />
            <Choice label={t("state")} value={s.state ?? "live"} onChange={(v) => set({ state: v === "live" ? undefined : v })} options={[["live", t("live")], ["all", t("all")], ...states.map((x) => [x, t(x)] as const)]} />
            <Combo label={t("owner")} options={offices} value={s.office ?? ""} empty={t("anyOwner")} onChange={(v) => set({ office: v || undefined })} />
            <label className="check"><input type="checkbox" checked={s.due === "overdue"} onChange={(e) => set({ due: e.target.checked ? "overdue" : undefined })} /> {t("onlyLate")}</label>
          </div>
        </Card>
        {q.error && <Failure inner error={q.error} retry={() => void q.refetch()} />}
        {!q.data && !q.error && <Waiting rows={6} />}
        {q.data && !q.error && <Found list={q.data} />}
      </div>
    </>
  );
}

function Found({ list }: { list: List }) {
  const t = riskWords.use();
  const words = useWords();
  if (list.total === 0) return <p className="note">{t("none")}</p>;
  return (
    <Card>
      <div className="stack-s">
        <p>{t("sums", { n: list.total, late: formatNumber(list.overdue, words.lang), days: formatNumber(Math.round(list.exposure_days), words.lang), money: formatMoney(Number(list.exposure_money), words.currency, words.lang) })}</p>
        <RiskTable list={list.items} withWork />
      </div>
    </Card>
  );
}
