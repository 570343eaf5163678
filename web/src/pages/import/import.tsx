// One import, from the uploaded file to the ledger: the table, its columns, the
// check, the problems, and the publication. The server keeps every step, so that
// the page can be closed and opened again.
import { useState, type ReactNode } from "react";
import { useNavigate } from "@tanstack/react-router";
import type { Import, ImportMapping } from "../../api/types.ts";
import { formatMoment } from "../../format/date.ts";
import { say } from "../../format/text.ts";
import { A, useLang, usePathId } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Refused, useAction } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { CheckResult, Going } from "./check.tsx";
import { StateTag, useOwner } from "./imports.tsx";
import { Columns } from "./columns.tsx";
import { missingOf } from "./roles.ts";
import { Problems } from "./problems.tsx";
import { Publish } from "./publish.tsx";
import { TableCard } from "./table.tsx";
import { useImport, useStep } from "./use-import.ts";
import { importWords, type ImportKey } from "./words.ts";
import "./import.css";

export default function ImportPage() {
  const t = importWords.use();
  const q = useImport(usePathId());
  usePageTitle(q.data?.name ?? t("title"));
  if (q.error) return <><PageHead title={t("title")} /><Failure inner error={q.error} retry={() => void q.refetch()} /></>;
  if (!q.data) return <Waiting rows={10} />;
  return <One i={q.data} />;
}

function One({ i }: { i: Import }) {
  const t = importWords.use();
  const lang = useLang();
  const owner = useOwner();
  const step = useStep(i.id);
  const navigate = useNavigate();
  const [typed, setTyped] = useState<{ version: number; mapping: ImportMapping } | null>(null);
  const draft = typed?.version === i.version ? typed.mapping : null; // what was typed before the import changed is void
  const mapping = draft ?? i.mapping;
  const may = (act: string) => i.may.includes(act);
  const save = async (m = mapping) => step("PUT", "/mapping", { version: i.version, encoding: forced(i), mapping: m });
  const check = useAction(async () => {
    const now = draft ? await save() : i;
    await step("POST", "/check", { version: now.version });
  });
  const keep = useAction(async () => void (await save()));
  const discard = useAction(async () => {
    await step("DELETE", "");
    await navigate({ to: `/${lang}/imports` as never });
  });
  const missing = missingOf(mapping);
  return (
    <>
      <PageHead
        above={<p className="small"><A to="/imports">{t("all")}</A></p>}
        title={i.name}
      >
        <p className="row"><StateTag state={i.state} /> <span className="small quiet">{owner(i)} · {formatMoment(i.at, lang)} · {size(i.size)} · {i.format.toUpperCase()}{i.encoding ? ` · ${i.encoding}` : ""}</span></p>
      </PageHead>
      <div className="stack">
        {i.failure && <p className="note refused" role="alert">{say(i.failure, lang)}</p>}
        {i.doing && <Going i={i} onCancel={may("cancel") ? async () => void (await step("POST", "/cancel")) : undefined} />}
        {i.outcome && <Publish i={i} step={step} />}
        {may("edit") && (
          <>
            <Folded folded={Boolean(i.check)} title={`${t("table")}, ${t("columns").toLowerCase()}`}>
            <TableCard i={i} onPlan={async (p) => void (await step("PUT", "/mapping", { version: i.version, encoding: forced(i), mapping, ...p }))} />
            <Columns i={i} mapping={mapping} onChange={(m) => setTyped({ version: i.version, mapping: m })} onPlan={async (p) => void (await step("PUT", "/mapping", { version: i.version, encoding: forced(i), mapping: {}, ...p }))} />
            </Folded>
            <Card>
              <div className="stack-s">
                {missing.length > 0 && <p className="note">{t("missing", { list: missing.map((m) => t(`role_${m}` as ImportKey)).join(", ") })}</p>}
                <div className="row">
                  <button type="button" className="button button-main" disabled={missing.length > 0 || check.busy} onClick={() => void check.run()}>{i.check ? t("checkAgain") : t("check")}</button>
                  {draft && <button type="button" className="button" disabled={keep.busy} onClick={() => void keep.run()}>{t("save")}</button>}
                  <button type="button" className="button" disabled={discard.busy} onClick={() => void discard.run()}>{t("discard")}</button>
                </div>
                <Refused error={check.error ?? keep.error ?? discard.error} />
              </div>
            </Card>
          </>
        )}
        {i.check && <CheckResult i={i} />}
        {i.check && i.check.problems > 0 && <Problems key={i.version} i={i} step={step} editable={may("edit")} />}
        {i.check && !i.check.problems && i.cells.length + i.leave.length > 0 && <Problems key={i.version} i={i} step={step} editable={may("edit")} />}
        {!i.outcome && i.state === "checked" && <Publish i={i} step={step} />}
        {i.state === "submitted" && !i.outcome && <p className="note">{t("submittedText")}</p>}
      </div>
    </>
  );
}

/** How the file is read steps back once it was checked. */
function Folded({ folded, title, children }: { folded: boolean; title: string; children: ReactNode }) {
  if (!folded) return children;
  return <details><summary>{title}</summary><div className="stack">{children}</div></details>;
}

/** The encoding that somebody settled; what shows itself needs no settling. */
function forced(i: Import): string {
  return i.encoding === "Windows-1251" || i.encoding === "KZ-1048" ? i.encoding : "";
}

const kB = 1024;

function size(bytes: number): string {
  return bytes < kB * kB ? `${Math.max(1, Math.round(bytes / kB))} kB` : `${(bytes / kB / kB).toFixed(1)} MB`;
}
