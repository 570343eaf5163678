// The reports that are due: what is asked, of whom, by when; with every version.
// Who may manage templates changes one here.
import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useApi, useVocabulary } from "../../api/queries.ts";
import type { Template, TemplateList, TemplateRow, TemplateVersions } from "../../api/types.ts";
import { formatDate } from "../../format/date.ts";
import { formatNumber } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { useSearchParams, useSetSearch } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords, type Words } from "../../words.tsx";
import { Edit } from "./edit.tsx";
import { templateWords, type TemplateKey } from "./words.ts";
import "./templates.css";

export default function TemplatesPage() {
  const t = templateWords.use();
  const s = useSearchParams();
  usePageTitle(t("title"));
  const q = useApi<TemplateList>("/templates");
  const items = q.data?.items ?? [];
  const one = items.find((x) => x.code === s.template);
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack">
        {q.error && <Failure inner error={q.error} retry={() => void q.refetch()} />}
        {!q.data && !q.error && <Waiting rows={8} />}
        {q.data && items.length === 0 && <p className="note">{t("nothing")}</p>}
        <List items={items} />
        {one && <One key={one.code + one.version} x={one} may={q.data?.may.includes("manage_templates") ?? false} />}
      </div>
    </>
  );
}

function List({ items }: { items: Template[] }) {
  const t = templateWords.use();
  const words = useWords();
  const s = useSearchParams();
  const set = useSetSearch();
  return (
    <Card>
      <ul className="tpls">
        {items.map((x) => (
          <li key={x.code}>
            <button type="button" className="tpl" aria-expanded={s.template === x.code} onClick={() => set({ template: s.template === x.code ? undefined : x.code })}>
              <strong>{say(x.name, words.lang)}</strong>
              <span className="small quiet">{t(`every_${x.every}` as TemplateKey)} · {t("dueAfter", { n: x.due_days })} · {t("rowsN", { n: x.rows.length })} · {t("version", { n: x.version })}{x.synthetic ? ` · ${t("synthetic")}` : ""}</span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function One({ x, may }: { x: Template; may: boolean }) {
  const t = templateWords.use();
  const words = useWords();
  const client = useQueryClient();
  const [editing, setEditing] = useState(false);
  const versions = useApi<TemplateVersions>(`/templates/${x.code}/versions`);
  if (editing) return <Edit x={x} onClose={(saved) => { setEditing(false); if (saved) void client.invalidateQueries(); }} />;
  return (
    <Card title={say(x.name, words.lang)} aside={may && <button type="button" className="button button-small" onClick={() => setEditing(true)}>{t("change")}</button>}>
      <div className="stack">
        <Facts x={x} />
        <Rows x={x} />
        {x.checks.length > 0 && (
          <div>
            <h3 className="st-h">{t("checks")}</h3>
            <ul>{x.checks.map((c) => <li key={c.code}>{say(c.text, words.lang)} <span className="small quiet">({c.strict ? t("strict") : t("soft")})</span></li>)}</ul>
          </div>
        )}
        <div>
          <h3 className="st-h">{t("versions")}</h3>
          <ol className="tpl-versions">
            {(versions.data?.items ?? []).map((v) => <li key={v.run + String(v.template.version)}>{t("version", { n: v.template.version })} — {formatDate(v.recorded_at.slice(0, 10), words.lang)} <span className="small quiet">({t("rowsN", { n: v.template.rows.length })}, {t("dueAfter", { n: v.template.due_days })})</span></li>)}
          </ol>
        </div>
      </div>
    </Card>
  );
}

function Facts({ x }: { x: Template }) {
  const t = templateWords.use();
  const words = useWords();
  const vocabulary = useVocabulary();
  const kind = (code: string) => say(vocabulary.data?.dimensions.place_kind?.values[code], words.lang) || code;
  const list = x.places.list ?? [];
  const who = list.length > 0 ? list.map((p) => words.placeShort(p)).join(", ") : `${(x.places.kinds ?? []).map(kind).join(", ")}, ${words.place(x.places.below ?? "")}`;
  return (
    <dl className="dl">
      <dt>{t("what")}</dt><dd>{say(x.note, words.lang) || "—"}</dd>
      <dt>{t("who")}</dt><dd>{who}{(x.places.except ?? []).length > 0 && ` (${t("except")}: ${(x.places.except ?? []).map((p) => words.placeShort(p)).join(", ")})`}</dd>
      <dt>{t("when")}</dt><dd>{t(`every_${x.every}` as TemplateKey)}, {t("dueAfter", { n: x.due_days })}, {t("from", { date: formatDate(x.from, words.lang) })}</dd>
      <dt>{t("levels")}</dt><dd>{x.levels.length > 0 ? x.levels.map(kind).join(" → ") : "—"}</dd>
      <dt>{t("source")}</dt><dd>{x.source === "assumption" ? t("assumption") : words.document(x.source)}</dd>
    </dl>
  );
}

function limits(r: TemplateRow, words: Words): string {
  const n = (v: string | null | undefined) => (v === null || v === undefined ? "" : formatNumber(Number(v), words.lang));
  return r.min || r.max ? `${n(r.min)}…${n(r.max)}` : "";
}

function Rows({ x }: { x: Template }) {
  const t = templateWords.use();
  const words = useWords();
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t("rows")}>
      <table className="table folds">
        <thead><tr><th scope="col">{t("row")}</th><th scope="col">{t("measure")}</th><th scope="col">{t("unit")}</th><th scope="col">{t("limits")}</th><th scope="col">{t("scale")}</th></tr></thead>
        <tbody>
          {x.rows.map((r) => (
            <tr key={r.code}>
              <th scope="row">{say(r.group, words.lang) ? `${say(r.group, words.lang)}: ` : ""}{say(r.name, words.lang) || words.measure(r.measure)}{r.required && <span className="quiet"> · {t("required")}</span>}</th>
              <td data-label={t("measure")}>{words.measure(r.measure)}{r.dimensions && <span className="small quiet"> · {words.dimensions(Object.fromEntries(r.dimensions.split(";").map((p) => p.split("=") as [string, string])))}</span>}</td>
              <td data-label={t("unit")}>{words.unitName(r.unit)}</td>
              <td data-label={t("limits")}>{limits(r, words)}</td>
              <td data-label={t("scale")}>{t(`scale_${r.range.scale}` as TemplateKey)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
