// What a reader may do with a work.
import { useState } from "react";
import type { WorkPage } from "../../api/works.ts";
import { A } from "../../route.tsx";
import { useWorkNames } from "./by-line.tsx";
import { LineDialog, type LineForm } from "./line-dialog.tsx";

export function Acts({ page }: { page: WorkPage }) {
  const { t } = useWorkNames();
  const [open, setOpen] = useState<LineForm>();
  const reports = page.may.includes("report_works");
  const manages = page.may.includes("manage_works");
  const programme = page.row.level === "programme" && page.parts.length > 0;
  const over = page.row.condition === "cancelled";
  if (!reports && !manages) return null;
  return (
    <div className="row no-print work-acts">
      {reports && !over && (
        <>
          {!programme && <A to={`/works/${page.row.id}/visit`} className="button button-main">{t("visit")}</A>}
          <button type="button" className="button" onClick={() => setOpen("status")}>{t("report")}</button>
        </>
      )}
      {manages && !over && (
        <>
          {!programme && page.chain.length > 0 && <button type="button" className="button" onClick={() => setOpen("step")}>{t("addStep")}</button>}
          <button type="button" className="button" onClick={() => setOpen("money")}>{t("addMoney")}</button>
          <button type="button" className="button" onClick={() => setOpen("deadline")}>{t("addDeadline")}</button>
          <button type="button" className="button" onClick={() => setOpen("price")}>{t("addPrice")}</button>
          {page.row.kind === "medicines" && <button type="button" className="button" onClick={() => setOpen("people")}>{t("line_people")}</button>}
        </>
      )}
      {manages && (
        <>
          <A to={`/works/${page.row.id}/edit`} className="button">{t("edit")}</A>
          {page.row.level !== "package" && <A to="/works/new" search={{ about: page.row.id }} className="button">{t("addPart")}</A>}
        </>
      )}
      {open && <LineDialog page={page} kind={open} onClose={() => setOpen(undefined)} />}
    </div>
  );
}
