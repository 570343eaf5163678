// What each column is, what holds for the whole table, and what names mean.
import { useMemo } from "react";
import type { Import, ImportColumn, ImportMapping } from "../../api/types.ts";
import { say } from "../../format/text.ts";
import { common } from "../../i18n/words.ts";
import { Combo, type Option } from "../../ui/combo.tsx";
import { Choice, Field, Refused, useAction } from "../../ui/form.tsx";
import { useDocumentOptions, useMeasureOptions, usePlaceOptions, useUnitOptions } from "../../ui/options.ts";
import { Card } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { missingOf, namedRoles, openNames, plainRoles, roleOf, wideSet, withConstant, withMeaning, withRole, withWideSet } from "./roles.ts";
import type { Plan } from "./table.tsx";
import { importWords, type ImportKey } from "./words.ts";

interface Props {
  i: Import;
  mapping: ImportMapping;
  onChange: (m: ImportMapping) => void;
  onPlan: (p: Plan) => Promise<void>;
}

export function Columns({ i, mapping, onChange, onPlan }: Props) {
  const t = importWords.use();
  const c = common.use();
  const plan = useAction(onPlan);
  return (
    <>
      <Card title={t("columns")} aside={<button type="button" className="button button-small" disabled={plan.busy} onClick={() => void plan.run({ propose: true })}>{t("proposeAgain")}</button>}>
        <div className="stack-s">
          <p>{i.remembered ? t("rememberedNote", { source: i.remembered }) : t("columnsLead")}</p>
          {i.sources.length > 0 && i.sources.some((s) => s !== i.remembered) && (
            <Choice label={t("useMapping")} value={i.remembered} onChange={(v) => v && void plan.run({ use: v })} options={[["", c("choose")], ...i.sources.map((s) => [s, s] as const)]} />
          )}
          <Refused error={plan.error} />
          <div>{i.columns.map((col) => <Column key={col.letter} col={col} all={i.columns} mapping={mapping} onChange={onChange} />)}</div>
        </div>
      </Card>
      <Constants mapping={mapping} onChange={onChange} />
      <Names i={i} mapping={mapping} onChange={onChange} />
    </>
  );
}

type Part = Pick<Props, "mapping" | "onChange">;

function Column({ col, all, mapping, onChange }: Part & { col: ImportColumn; all: readonly ImportColumn[] }) {
  const t = importWords.use();
  const words = useWords();
  const measures = useMeasureOptions(true);
  const role = roleOf(mapping, col);
  const dimensions = Object.keys(words.vocabulary.dimensions);
  const known = role.startsWith("dimension:") && !dimensions.includes(role.slice(10)) ? [...dimensions, role.slice(10)] : dimensions;
  const options: [string, string][] = [["", t("role_ignore")], ...plainRoles.map((r) => [r, t(`role_${r}`)] as [string, string]), ["wide", t("role_wide")],
    ...known.map((d) => [`dimension:${d}`, t("role_dimension", { name: words.dimension(d) })] as [string, string])];
  const key = role.startsWith("dimension:") ? role.slice(10) : role;
  const mayFill = ["place", "measure", "period", "kind", "unit"].includes(role) || role.startsWith("dimension:");
  const set = wideSet(mapping, col);
  const filled = (mapping.fill ?? []).includes(key);
  return (
    <div className="col">
      <b>{col.letter}</b>
      <div className="col-name">{col.header || <span className="quiet">{t("noHeader")}</span>}</div>
      <div className="col-samples">{col.samples.join(" · ")}</div>
      <div className="col-role">
        <select className="input" aria-label={`${t("meaning")}: ${col.letter} ${col.header}`} value={role} onChange={(e) => onChange(withRole(mapping, col, all, e.target.value))}>
          {options.map(([v, text]) => <option key={v} value={v}>{text}</option>)}
        </select>
        {mayFill && (
          <label className="check"><input type="checkbox" checked={filled} onChange={() => onChange({ ...mapping, fill: filled ? (mapping.fill ?? []).filter((f) => f !== key) : [...(mapping.fill ?? []), key] })} />{t("fill")}</label>
        )}
        {role === "wide" && !mapping.columns?.measure && (
          <Combo label={`${t("wideMeasure")}, ${col.letter}`} options={measures} value={set.measure ?? ""} onChange={(v) => onChange(withWideSet(mapping, col, "measure", v))} />
        )}
        {role === "wide" && !mapping.columns?.period && (
          <Field label={`${t("widePeriod")}, ${col.letter}`} value={set.period ?? ""} onChange={(v) => onChange(withWideSet(mapping, col, "period", v.trim()))} maxLength={40} />
        )}
      </div>
    </div>
  );
}

function Constants({ mapping, onChange }: Part) {
  const t = importWords.use();
  const c = common.use();
  const measures = useMeasureOptions(true);
  const places = usePlaceOptions();
  const documents = useDocumentOptions();
  const units = useUnitOptions();
  const missing = missingOf(mapping);
  const open = (name: string) => !mapping.columns?.[name] && !((mapping.wide ?? []).length > 0 && mapping.wide!.every((w) => w.set[name]));
  const value = (name: string) => mapping.constants?.[name] ?? "";
  const set = (name: string) => (v: string) => onChange(withConstant(mapping, name, v));
  const label = (name: string) => t(`role_${name}` as ImportKey) + (missing.includes(name) ? ` (${t("needed")})` : "");
  const kinds = ["plan", "actual", "forecast", "estimate"] as const;
  return (
    <Card title={t("constants")}>
      <div className="stack-s">
        <p>{t("constantsLead")}</p>
        <div className="form-grid">
          {open("source") && open("document") && <Combo label={label("source")} options={documents} value={value("source")} onChange={set("source")} empty={c("none")} invalid={missing.includes("source")} />}
          {open("kind") && <Choice label={label("kind")} value={value("kind")} onChange={set("kind")} options={[["", c("choose")], ...kinds.map((k) => [k, c(`kind_${k}`)] as const)]} />}
          {open("period") && <Field label={label("period")} hint={t("periodHint")} value={value("period")} onChange={(v) => set("period")(v.trim())} maxLength={40} />}
          {open("measure") && <Combo label={label("measure")} options={measures} value={value("measure")} onChange={set("measure")} empty={c("none")} invalid={missing.includes("measure")} />}
          {open("place") && <Combo label={label("place")} options={places} value={value("place")} onChange={set("place")} empty={c("none")} invalid={missing.includes("place")} />}
          {open("unit") && <Combo label={label("unit")} options={units} value={value("unit")} onChange={set("unit")} empty={c("none")} />}
        </div>
        <details>
          <summary>{t("decimal")}, {t("emptyValue").toLowerCase()}</summary>
          <div className="form-grid">
            <Choice label={t("decimal")} value={mapping.decimal ?? ""} onChange={(v) => onChange({ ...mapping, decimal: v as ImportMapping["decimal"] })} options={[["", t("decimalFound")], [".", t("decimalPoint")], [",", t("decimalComma")]]} />
            <Choice label={t("emptyValue")} value={mapping.empty || "refuse"} onChange={(v) => onChange({ ...mapping, empty: v as ImportMapping["empty"] })} options={(["refuse", "skip", "missing"] as const).map((e) => [e, t(`empty_${e}`)] as const)} />
            <Choice label={t("periodFormat")} value={mapping.period_format || "iso"} onChange={(v) => onChange({ ...mapping, period_format: v as ImportMapping["period_format"] })} options={(["iso", "dhis2"] as const).map((e) => [e, t(`period_${e}`)] as const)} />
          </div>
        </details>
      </div>
    </Card>
  );
}

function Names({ i, mapping, onChange }: Part & { i: Import }) {
  const t = importWords.use();
  const words = useWords();
  const c = common.use();
  const measures = useMeasureOptions(true);
  const places = usePlaceOptions();
  const documents = useDocumentOptions();
  const units = useUnitOptions();
  const kinds = useMemo<Option[]>(() => (["plan", "actual", "forecast", "estimate"] as const).map((k) => ({ value: k, text: c(`kind_${k}`) })), [c]);
  const choices: Record<string, Option[]> = { place: places, measure: measures, unit: units, source: documents, document: documents, kind: kinds };
  const nameOf = (column: string, code: string) => choices[column]?.find((o) => o.value === code)?.text ?? code;
  const waiting = i.unknown.filter((u) => mapping.columns?.[u.column]);
  const open = openNames(i, mapping).length;
  const known = namedRoles.flatMap((r) => Object.entries(mapping.values?.[r] ?? {}).filter(([text]) => !waiting.some((u) => u.column === r && u.text === text)).map(([text, code]) => [r, text, code] as const));
  if (waiting.length === 0 && known.length === 0) return null;
  const put = (role: string, text: string) => (code: string) => onChange(withMeaning(mapping, role, text, code));
  return (
    <Card title={waiting.length ? t("unknown") : t("translated", { n: known.length })} aside={waiting.length ? <span className="tag">{open}</span> : undefined}>
      <div className="stack-s">
        {waiting.length > 0 && <p>{t("unknownLead")}</p>}
        <ul className="names">
          {waiting.map((u) => {
            const value = mapping.values?.[u.column]?.[u.text] ?? "";
            const options = choices[u.column];
            const near: Option[] = u.hints.map((h) => ({ value: h.code, text: say(h.name, words.lang) || h.code, hint: h.code }));
            return (
              <li key={`${u.column} ${u.text}`}>
                <div><strong>{u.text}</strong> <span className="small quiet">{t(`role_${u.column}` as ImportKey)}, {t("timesThere", { n: u.count })}</span></div>
                {options ? (
                  <Combo label={`${t("meaning")}: ${u.text}`} options={[...near, ...options.filter((o) => !near.some((n) => n.value === o.value))]} value={value} onChange={put(u.column, u.text)} empty={c("choose")} />
                ) : (
                  <Field label={`${t("meaning")}: ${u.text}`} value={value} onChange={(v) => put(u.column, u.text)(v.trim())} hint={t("periodHint")} maxLength={40} />
                )}
              </li>
            );
          })}
        </ul>
        {known.length > 0 && (
          <details>
            <summary>{t("translated", { n: known.length })}</summary>
            <ul className="names">
              {known.map(([role, text, code]) => (
                <li key={`${role} ${text}`}><div>{text}</div><div>→ {nameOf(role, code)} <span className="small quiet">{code}</span></div></li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Card>
  );
}

