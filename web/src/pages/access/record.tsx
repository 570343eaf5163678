// Whoever may plan writes the answer into the ledger.
import { useState } from "react";
import type { AccessPage, AccessRecorded } from "../../api/access.ts";
import { sendJson } from "../../api/client.ts";
import { queryClient } from "../../api/queries.ts";
import { A, useSearchParams } from "../../route.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Card } from "../../ui/page.tsx";
import { accessMoreWords } from "./more-words.ts";
import { isPrivate } from "./sentence.ts";

export default function Record({ data }: { data: AccessPage }) {
  const t = accessMoreWords.use();
  const s = useSearchParams();
  const [done, setDone] = useState<AccessRecorded>();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const own = isPrivate(s);
  const past = Boolean(s.as_of ?? s.recorded_as_of ?? s.release);
  const q = data.question;
  const write = async () => {
    setBusy(true);
    setError(undefined);
    try {
      setDone(await sendJson<AccessRecorded>("POST", "/access/figures", { service: q.service, season: q.season, mode: q.mode, span: q.span, limit_minutes: q.limit_minutes, promised: q.promised, stated_only: q.stated_only }));
      void queryClient.invalidateQueries();
    } catch (e) {
      setError(e as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card id="record" title={t("record")} className="no-print">
      <div className="stack-s">
        <p className="small quiet">{own || past ? t("recordNot") : t("recordHint")}</p>
        <p><button type="button" className="button button-main" disabled={own || past || busy} onClick={() => void write()}>{t("record")}</button></p>
        {error && <Failure inner error={error} />}
        {done && <p role="status">{done.new > 0 ? t("recordedN", { n: done.new }) : t("recordedBefore")} <A to={done.figures[0] ? `/figures/${done.figures[0]}` : "/figures"}>{t("toFigures")}</A></p>}
      </div>
    </Card>
  );
}
