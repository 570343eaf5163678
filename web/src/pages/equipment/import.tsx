// A table of devices: looked at first, then taken whole or not at all.
import { useRef, useState } from "react";
import { ApiError, apiUrl, send } from "../../api/client.ts";
import type { EquipmentImport } from "../../api/equipment.ts";
import { queryClient, useSession } from "../../api/queries.ts";
import { say } from "../../format/text.ts";
import { A } from "../../route.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Refused, useAction } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { useNames } from "./parts.tsx";
import { equipmentWords } from "./words.ts";

const kinds = ".csv,.txt,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export default function EquipmentImportPage() {
  const t = equipmentWords.use();
  const session = useSession().data;
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [got, setGot] = useState<EquipmentImport | null>(null);
  usePageTitle(t("importTitle"));
  const post = useAction(async (dry: boolean, f: File) => {
    const path = apiUrl("/equipment/import", { name: f.name.slice(-200), dry_run: dry }).replace(/^\/api/, "");
    setGot(await send<EquipmentImport>("POST", path, f, "application/octet-stream", crypto.randomUUID()));
    if (!dry) await queryClient.invalidateQueries();
  });
  if (session && !session.acts.includes("manage_works")) {
    const refusal = new ApiError({ title: "", status: session.account ? 403 : 401, missing: { act: "manage_works", territory: "" } });
    return <><PageHead title={t("importTitle")} /><Failure inner error={refusal} /></>;
  }
  const ready = got !== null && got.dry_run && (got.problems ?? []).length === 0;
  return (
    <>
      <PageHead above={<ol className="crumbs"><li><A to="/equipment">{t("title")}</A></li></ol>} title={t("importTitle")}><p className="lead">{t("importLead")}</p></PageHead>
      <div className="stack">
        <Card>
          <div className="row">
            <label className="button button-main file-button">
              {t("chooseFile")}
              <input ref={input} type="file" className="sr" accept={kinds} disabled={post.busy} onChange={(e) => { const f = e.target.files?.[0] ?? null; e.target.value = ""; setFile(f); setGot(null); if (f) void post.run(true, f); }} />
            </label>
            {file && <span>{file.name}</span>}
            {ready && file && <button type="button" className="button button-main" disabled={post.busy} onClick={() => void post.run(false, file)}>{t("write")}</button>}
          </div>
          <p role="status">{post.busy && t("checking")}</p>
          <Refused error={post.error} />
          {got && <Result got={got} />}
        </Card>
        <Columns />
      </div>
    </>
  );
}

function Result({ got }: { got: EquipmentImport }) {
  const t = equipmentWords.use();
  const words = useWords();
  const problems = got.problems ?? [];
  const n = problems.length + got.more_problems;
  return (
    <div className="stack-s">
      {n === 0 ? (
        <>
          <p>{t("checkedN", { rows: got.rows, fresh: got.new, changed: got.changed, known: got.known, events: got.events })} {t(got.dry_run ? "dry" : "done")}</p>
          {!got.dry_run && <p><A to="/equipment">{t("title")}</A></p>}
        </>
      ) : <p className="note refused" role="alert">{t("problemsN", { n })}</p>}
      {(got.ignored ?? []).length > 0 && <p className="small quiet">{t("ignored", { list: (got.ignored ?? []).join(", ") })}</p>}
      {problems.length > 0 && (
        <div className="table-box" tabIndex={0} role="region" aria-label={t("what")}>
          <table className="table">
            <thead><tr><th scope="col">{t("cell")}</th><th scope="col">{t("what")}</th></tr></thead>
            <tbody>{problems.map((p, i) => <tr key={i}><td className="nums">{p.row > 0 ? `${p.column}${p.row}` : ""}</td><td>{say(p.message, words.lang)}</td></tr>)}</tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Columns() {
  const t = equipmentWords.use();
  const names = useNames();
  return (
    <Card>
      <details>
        <summary>{t("columns")}</summary>
        <dl className="dl">
          {(names.catalogue?.columns ?? []).map((c) => [<dt key={c.field}><code>{c.field}</code>{c.needed && <> <span className="tag">{t("columnNeeded")}</span></>}</dt>, <dd key={`${c.field} h`} className="small">{(c.headings ?? []).join(", ")}</dd>])}
        </dl>
      </details>
    </Card>
  );
}
