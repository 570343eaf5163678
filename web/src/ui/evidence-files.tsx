// The files beside a promise or in a place: a map of where photos were taken,
// the gallery in the order of days, and for those who may, a way to add more.
import { lazy, Suspense, useMemo, useState } from "react";
import { ApiError, sendJson } from "../api/client.ts";
import { queryClient, useSession } from "../api/queries.ts";
import type { FileInfo } from "../api/types.ts";
import { Failure } from "./failure.tsx";
import { FileGallery, FilePicker, useFiles, type PickedFile } from "./files.tsx";
import { fileWords } from "./file-words.ts";
import { Card } from "./page.tsx";

const FileMap = lazy(() => import("./file-map.tsx").then((m) => ({ default: m.FileMap })));

/** The day on which a photo was taken, or a file came in: newest first. */
const dayOf = (f: FileInfo) => f.taken_at?.local ?? f.sent_at;

/** What lies beside a promise, a figure or an ask (`about`), else all in a place. */
export function EvidenceFiles({ about, place }: { about?: string; place: string }) {
  const t = fileWords.use();
  const session = useSession().data;
  const q = useFiles(about ? { about } : { place });
  const files = useMemo(() => [...(q.data?.items ?? [])].sort((a, b) => dayOf(b).localeCompare(dayOf(a))), [q.data]);
  const acts = session?.acts ?? [];
  const adds = about !== undefined && acts.includes("attach_file") && acts.includes("publish");
  const again = () => void queryClient.invalidateQueries({ predicate: (x) => String(x.queryKey[0]).startsWith("/api/files") });
  if (q.error) return <Card id="files" title={t("evidence")}><Failure error={q.error} retry={() => void q.refetch()} inner /></Card>;
  if (!q.data || (files.length === 0 && !adds)) return null;
  return (
    <Card id="files" title={t("evidence")} aside={files.length > 0 ? <p>{t("files", { n: files.length })}</p> : undefined}>
      <div className="evidence-files">
        {files.length === 0 && <p className="quiet">{t("nothing")}</p>}
        {files.some((f) => f.point) && <Suspense fallback={null}><FileMap files={files} place={place} /></Suspense>}
        {files.length > 0 && <FileGallery files={files} about={about} onChanged={again} />}
        {adds && <Attach about={about} onDone={again} />}
      </div>
    </Card>
  );
}

/** Sends files and lays them beside a published thing. */
function Attach({ about, onDone }: { about: string; onDone: () => void }) {
  const t = fileWords.use();
  const [picked, setPicked] = useState<PickedFile[]>([]);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const ready = picked.length > 0 && picked.every((f) => f.id);
  const publish = async () => {
    setBusy(true);
    setProblem("");
    try {
      for (const f of picked) {
        await sendJson("POST", `/files/${encodeURIComponent(f.id ?? "")}/attachments`, { about });
        setPicked((was) => was.filter((x) => x.localId !== f.localId));
      }
      onDone();
    } catch (e) {
      setProblem(e instanceof ApiError ? e.message : t("notDone"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <details className="attach">
      <summary>{t("attach")}</summary>
      <div className="stack-s">
        <p className="small quiet">{t("attachHint")}</p>
        <FilePicker value={picked} onChange={setPicked} about={about} label={t("attach")} />
        <p className="row"><button type="button" className="button button-main" disabled={!ready || busy} onClick={() => void publish()}>{t("publish")}</button></p>
        {problem && <p className="small picker-bad" role="alert">{problem}</p>}
      </div>
    </details>
  );
}
