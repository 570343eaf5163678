// Visits that wait on this device to be sent.
import { useEffect } from "react";
import { queryClient } from "../../api/queries.ts";
import { onTaken, startQueue } from "../../offline/offline.ts";
import type { Queued } from "../../offline/queue.ts";
import { useWorkNames } from "./by-line.tsx";
import { workFormWords } from "./form-words.ts";
import { dropVisit, useVisits, visitOf } from "./visit-queue.ts";

const signInFirst = 401;

export function WaitingVisits({ work, onMend }: { work: string; onMend?: (e: Queued) => void }) {
  const list = useVisits(work);
  useEffect(() => {
    startQueue();
    return onTaken((e) => e.path === `/works/${work}/lines` && void queryClient.invalidateQueries());
  }, [work]);
  if (list.length === 0) return null;
  return <ul className="waits" role="status">{list.map((e) => <Item key={e.id} entry={e} onMend={onMend} />)}</ul>;
}

function Item({ entry: e, onMend }: { entry: Queued; onMend?: (e: Queued) => void }) {
  const t = workFormWords.use();
  const names = useWorkNames();
  const v = visitOf(e);
  const bad = e.state !== "waiting";
  return (
    <li className={`wait-item${bad ? " wait-bad" : ""}`} data-state={e.state}>
      <p className="strong">{t(bad ? "refused" : "waiting")}</p>
      <p className="small">{[names.date(v.on), v.percent !== null && names.percent(v.percent), v.photos.length > 0 && t("photosN", { n: v.photos.length }), v.remark].filter(Boolean).join(" · ")}</p>
      {bad ? (
        <>
          {e.lastError && <p className="small" lang="en">{e.lastError}</p>}
          <p className="small">{t("refusedHint")}</p>
          <p className="row">
            {onMend && <button type="button" className="button button-small" onClick={() => onMend(e)}>{t("mend")}</button>}
            <button type="button" className="button button-small" onClick={() => void dropVisit(e)}>{t("drop")}</button>
          </p>
        </>
      ) : (
        <p className="small">{t(e.status === signInFirst ? "signInHint" : "waitingHint")}</p>
      )}
    </li>
  );
}
