// The devices that a work buys, for the page of the work.
import type { EquipmentList } from "../../api/equipment.ts";
import { useApi } from "../../api/queries.ts";
import { A } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Card } from "../../ui/page.tsx";
import { Funnel } from "./parts.tsx";
import { equipmentWords } from "./words.ts";

/** How far the devices of a work are, against what was promised. Without always it is not there when there is nothing to show. */
export function WorkEquipment({ id, always = false }: { id: string; always?: boolean }) {
  const t = equipmentWords.use();
  const q = useApi<EquipmentList>("/equipment", { work: id, limit: 1 });
  if (q.error) return always ? <Card title={t("workTitle")}><Failure inner error={q.error} retry={() => void q.refetch()} /></Card> : null;
  if (!q.data) return always ? <Card title={t("workTitle")}><Waiting rows={4} /></Card> : null;
  const empty = q.data.sums.named === 0;
  if (empty && !q.data.purchase && !always) return null;
  return (
    <Card title={t("workTitle")} aside={!empty && <A to="/equipment" search={{ work: id }}>{t("workAll")}</A>}>
      {(!empty || q.data.purchase) && <Funnel sums={q.data.sums} purchase={q.data.purchase} search={{ work: id }} />}
      {empty && <p className="note">{t("workNone")}</p>}
    </Card>
  );
}
