// Photos and files of the work, with the map of where photos were taken.
import { lazy, Suspense } from "react";
import { useQueryClient } from "@tanstack/react-query";
import type { WorkPage } from "../../api/works.ts";
import { EvidenceFiles } from "../../ui/evidence-files.tsx";
import { FileGallery } from "../../ui/files.tsx";
import { Card } from "../../ui/page.tsx";
import { useWorkNames } from "./by-line.tsx";

const FileMap = lazy(() => import("../../ui/file-map.tsx").then((m) => ({ default: m.FileMap })));

export function WorkGallery({ page }: { page: WorkPage }) {
  const { t } = useWorkNames();
  const client = useQueryClient();
  const about = `work:${page.row.id}`;
  if (page.files.length === 0) return page.row.condition === "draft" ? null : <EvidenceFiles about={about} place={page.row.place} />;
  const taken = (f: WorkPage["files"][number]) => f.taken_at?.local ?? f.sent_at;
  const files = [...page.files].sort((a, b) => taken(b).localeCompare(taken(a)));
  return (
    <Card id="files" title={t("evidence")} aside={<p>{t("files", { n: files.length })}</p>}>
      <div className="evidence-files">
        {files.some((f) => f.point) && <Suspense fallback={null}><FileMap files={files} place={page.row.place} /></Suspense>}
        <FileGallery files={files} about={about} onChanged={() => void client.invalidateQueries()} />
      </div>
    </Card>
  );
}
