// Changing a template: what is changed becomes its next version.
import { useState } from "react";
import { ApiError, send } from "../../api/client.ts";
import type { Template, TemplateRow } from "../../api/types.ts";
import { langs } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { Combo } from "../../ui/combo.tsx";
import { useMeasureOptions, useUnitOptions } from "../../ui/options.ts";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { templateWords, type TemplateKey } from "./words.ts";

const everies = ["month", "quarter", "half-year", "year"] as const;
const scales = ["count", "rate", "stock", "none"] as const;

export function Edit({ x, onClose }: { x: Template; onClose: (saved: boolean) => void }) {
  const t = templateWords.use();
  const words = useWords();
  const [d, setD] = useState<Template>(x);
  const [refused, setRefused] = useState("");
  const [busy, setBusy] = useState(false);
  const put = (patch: Partial<Template>) => setD((old) => ({ ...old, ...patch }));
  const row = (i: number, patch: Partial<TemplateRow>) => put({ rows: d.rows.map((r, j) => (j === i ? { ...r, ...patch } : r)) });
  const save = async () => {
    setBusy(true);
    setRefused("");
    try {
      await send<Template>("PUT", `/templates/${d.code}`, JSON.stringify(d), "application/json", crypto.randomUUID());
      onClose(true);
    } catch (e) {
      setRefused(e instanceof ApiError ? e.message : String(e));
      setBusy(false);
    }
  };
  return (
    <Card title={`${say(x.name, words.lang)}: ${t("change")}`}>
      <form className="stack" noValidate onSubmit={(e) => { e.preventDefault(); void save(); }}>
        {refused && <p className="note" role="alert" lang="en">{refused}</p>}
        <div className="filters">
          {langs.map((l) => (
            <label key={l} className="field"><span>{t("name")} ({l})</span><input className="input" lang={l} value={d.name[l] ?? ""} onChange={(e) => put({ name: { ...d.name, [l]: e.target.value } })} /></label>
          ))}
          <label className="field"><span>{t("when")}</span>
            <select className="input" value={d.every} onChange={(e) => put({ every: e.target.value as Template["every"] })}>{everies.map((v) => <option key={v} value={v}>{t(`every_${v}` as TemplateKey)}</option>)}</select>
          </label>
          <label className="field"><span>{t("dueDays")}</span><input className="input" type="number" min={0} max={366} value={d.due_days} onChange={(e) => put({ due_days: Number(e.target.value) })} /></label>
          <label className="field"><span>{t("fromDay")}</span><input className="input" type="date" value={d.from} onChange={(e) => put({ from: e.target.value })} /></label>
        </div>
        <ol className="tpl-rows">
          {d.rows.map((r, i) => (
            <EditRow key={r.code} r={r} put={(patch) => row(i, patch)} drop={() => put({ rows: d.rows.filter((_, j) => j !== i), checks: d.checks.filter((c) => c.left !== r.code && !c.right.includes(r.code)) })} />
          ))}
        </ol>
        <AddRow taken={d.rows.map((r) => r.code)} add={(r) => put({ rows: [...d.rows, r] })} />
        <div className="row">
          <button type="submit" className="button button-main" disabled={busy}>{t("save", { n: x.version + 1 })}</button>
          <button type="button" className="button" onClick={() => onClose(false)}>{t("cancel")}</button>
        </div>
      </form>
    </Card>
  );
}

function EditRow({ r, put, drop }: { r: TemplateRow; put: (patch: Partial<TemplateRow>) => void; drop: () => void }) {
  const t = templateWords.use();
  const words = useWords();
  const name = say(r.name, words.lang) || words.measure(r.measure);
  return (
    <li>
      <fieldset>
        <legend>{name}</legend>
        <div className="filters">
          <label className="field"><span>{t("decimals")}</span><input className="input" type="number" min={0} max={6} value={r.decimals} onChange={(e) => put({ decimals: Number(e.target.value) })} /></label>
          <label className="field"><span>{t("min")}</span><input className="input" inputMode="decimal" value={r.min ?? ""} onChange={(e) => put({ min: e.target.value || undefined })} /></label>
          <label className="field"><span>{t("max")}</span><input className="input" inputMode="decimal" value={r.max ?? ""} onChange={(e) => put({ max: e.target.value || undefined })} /></label>
          <label className="field"><span>{t("scale")}</span>
            <select className="input" value={r.range.scale} onChange={(e) => put({ range: { ...r.range, scale: e.target.value as TemplateRow["range"]["scale"] } })}>{scales.map((v) => <option key={v} value={v}>{t(`scale_${v}` as TemplateKey)}</option>)}</select>
          </label>
          <label className="check"><input type="checkbox" checked={r.required} onChange={(e) => put({ required: e.target.checked })} />{t("required")}</label>
          <button type="button" className="button button-small" aria-label={`${t("drop")}: ${name}`} onClick={drop}>{t("drop")}</button>
        </div>
      </fieldset>
    </li>
  );
}

function AddRow({ taken, add }: { taken: string[]; add: (r: TemplateRow) => void }) {
  const t = templateWords.use();
  const words = useWords();
  const measures = useMeasureOptions(true);
  const units = useUnitOptions();
  const [measure, setMeasure] = useState("");
  const [unit, setUnit] = useState("");
  const chosen = unit || words.measures.get(measure)?.unit || "";
  const make = () => {
    const base = measure.toLowerCase().replace(/[^a-z0-9._-]/g, "-");
    let code = base;
    for (let n = 2; taken.includes(code); n++) code = `${base}-${n}`;
    add({ code, measure, unit: chosen, decimals: 0, required: false, range: { scale: "count" } });
    setMeasure("");
    setUnit("");
  };
  return (
    <fieldset className="tpl-add">
      <legend>{t("addRow")}</legend>
      <div className="filters">
        <Combo label={t("measure")} options={measures} value={measure} onChange={setMeasure} />
        <Combo label={t("unit")} options={units} value={chosen} onChange={setUnit} />
        <button type="button" className="button" disabled={!measure || !chosen} onClick={make}>{t("addRow")}</button>
      </div>
    </fieldset>
  );
}
