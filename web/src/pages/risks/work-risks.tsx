// The risks of one work, for those who may read drafts; a part of its page.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSession } from "../../api/queries.ts";
import type { components } from "../../api/schema.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Card } from "../../ui/page.tsx";
import { useDesk } from "../submissions/desk.ts";
import { RiskForm } from "./risk-form.tsx";
import { RiskTable } from "./risk-table.tsx";
import { riskWords } from "./words.ts";

type List = components["schemas"]["RiskList"];

/** Shows nothing to who may not read drafts anywhere. */
export default function WorkRisks({ id, mayManage }: { id: string; mayManage: boolean }) {
  const t = riskWords.use();
  const inner = useSession().data?.acts.includes("read_drafts") ?? false;
  const q = useDesk<List>(inner ? "/risks" : "", { work: id });
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  if (!inner || !q.data || (q.data.total === 0 && !mayManage)) return null;
  return (
    <Card title={t("title")} aside={<span className="small quiet">{t("private")}</span>} id="risks">
      <div className="stack-s">
        {q.data.total === 0 ? <p>{t("noneHere")}</p> : <RiskTable list={q.data.items} withWork={false} />}
        {mayManage && <p className="row"><button type="button" className="button" onClick={() => setAdding(true)}>{t("add")}</button></p>}
      </div>
      {adding && (
        <Dialog title={t("add")} onClose={() => setAdding(false)}>
          <RiskForm work={id} onSaved={() => { setAdding(false); void client.invalidateQueries(); }} />
        </Dialog>
      )}
    </Card>
  );
}
