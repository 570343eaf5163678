// The first fields of a record: what the work is, where it is, who answers.
import { useMemo, useState } from "react";
import { useApi } from "../../api/queries.ts";
import type { PlacePage } from "../../api/types.ts";
import type { WorkRecord } from "../../api/works.ts";
import type { components } from "../../api/schema.ts";
import { sortBy } from "../../format/collate.ts";
import { langs } from "../../format/number.ts";
import { parseNumber } from "../../format/parse-number.ts";
import { say } from "../../format/text.ts";
import { Combo } from "../../ui/combo.tsx";
import { usePlaceOptions } from "../../ui/options.ts";
import { Card } from "../../ui/page.tsx";
import { useWorkNames } from "./by-line.tsx";
import { editWords } from "./edit-words.ts";
import { SelectField, TextField, WrongText, type Wrongs } from "./fields.tsx";
import type { WorkKey } from "./words.ts";

export interface EditProps {
  r: WorkRecord;
  patch: (p: Partial<WorkRecord>) => void;
  wrong: Wrongs;
}

/** What is wrong with a field or anything inside it. */
export function wrongIn(wrong: Wrongs, field: string): Wrongs[string] {
  return wrong[field] ?? Object.entries(wrong).find(([k]) => k.startsWith(`${field}.`) || k.startsWith(`${field}[`))?.[1];
}

const levels = ["programme", "project", "package"] as const;
const kinds = ["new_building", "extension", "reconstruction", "capital_repair", "fit_out", "unit", "equipment", "digital", "agreement", "medicines"] as const;
const conditions = ["draft", "active", "suspended", "cancelled"] as const;

export function MainFields({ r, patch, wrong, isNew }: EditProps & { isNew: boolean }) {
  const t = editWords.use();
  const { t: w } = useWorkNames();
  return (
    <Card>
      <div className="stack-s">
        <div className="form-grid">
          {langs.map((l) => <TextField key={l} label={`${t("titles")}, ${t(`in_${l}`)}`} value={r.title[l] ?? ""} maxLength={300} lang={l} onChange={(v) => patch({ title: { ...r.title, [l]: v } })} wrong={l === "kk" ? wrong.title : undefined} />)}
        </div>
        {isNew && <TextField label={t("id")} hint={t("idHint")} value={r.id} maxLength={80} onChange={(id) => patch({ id })} wrong={wrong.id} />}
        <div className="form-grid">
          <SelectField label={t("level")} value={r.level} onChange={(v) => patch({ level: v as WorkRecord["level"] })} options={levels.map((k) => [k, w(`level_${k}`)])} wrong={wrong.level} />
          <SelectField label={t("kind")} value={r.kind} onChange={(v) => patch({ kind: v as WorkRecord["kind"] })} options={kinds.map((k) => [k, w(`kind_${k}` as WorkKey)])} wrong={wrong.kind} />
          <SelectField label={t("condition")} value={r.condition} onChange={(v) => patch({ condition: v as WorkRecord["condition"] })} options={conditions.map((k) => [k, w(`condition_${k}`)])} wrong={wrong.condition} />
        </div>
        <Parent r={r} patch={patch} wrong={wrong} />
        <div className="form-grid">
          {langs.map((l) => <TextField key={l} label={`${t("texts")}, ${t(`in_${l}`)}`} rows={3} value={r.text?.[l] ?? ""} maxLength={2000} lang={l} onChange={(v) => patch({ text: { ...r.text, [l]: v } })} />)}
        </div>
      </div>
    </Card>
  );
}

function Parent({ r, patch, wrong }: EditProps) {
  const t = editWords.use();
  const { lang } = useWorkNames();
  const list = useApi<components["schemas"]["WorkList"]>("/works", { limit: 1000 }).data?.items;
  const options = useMemo(() => sortBy(lang, (list ?? []).filter((x) => x.id !== r.id).map((x) => ({ value: x.id, text: say(x.title, lang) || x.id, hint: x.id })), (o) => o.text), [list, r.id, lang]);
  return (
    <div>
      <Combo label={t("parent")} options={options} value={r.parent ?? ""} onChange={(parent) => patch({ parent })} empty={t("parentNone")} invalid={Boolean(wrong.parent)} />
      <WrongText wrong={wrong.parent} />
    </div>
  );
}

export function WhereFields({ r, patch, wrong }: EditProps) {
  const t = editWords.use();
  const names = useWorkNames();
  const { words, lang } = names;
  const places = usePlaceOptions();
  const here = useApi<PlacePage>(r.place ? `/places/${encodeURIComponent(r.place)}` : "").data;
  const facilities = sortBy(lang, (here?.facilities ?? []).map((f) => ({ value: f.code, text: say(f.name, lang) || f.code, hint: f.code })), (o) => o.text);
  const offices = useMemo(() => sortBy(lang, Object.keys(words.vocabulary.offices).map((o) => ({ value: o, text: words.office(o) })), (o) => o.text), [words, lang]);
  return (
    <Card title={t("where")}>
      <div className="stack-s">
        <div className="form-grid">
          <div>
            <Combo label={t("place")} options={places} value={r.place} onChange={(place) => patch({ place })} required invalid={Boolean(wrong.place)} />
            <WrongText wrong={wrong.place} />
          </div>
          <div>
            <Combo label={t("facility")} options={facilities} value={r.facility ?? ""} onChange={(facility) => patch({ facility })} empty={t("facilityNone")} invalid={Boolean(wrong.facility)} />
            <WrongText wrong={wrong.facility} />
          </div>
          <div>
            <Combo label={t("office")} options={offices} value={r.office ?? ""} onChange={(office) => patch({ office })} empty={t("facilityNone")} invalid={Boolean(wrong.office)} />
            <WrongText wrong={wrong.office} />
          </div>
        </div>
        <Point r={r} patch={patch} wrong={wrong} />
      </div>
    </Card>
  );
}

function Point({ r, patch, wrong }: EditProps) {
  const t = editWords.use();
  const [lat, setLat] = useState(r.point ? String(r.point.lat) : "");
  const [lon, setLon] = useState(r.point ? String(r.point.lon) : "");
  const take = (a: string, o: string) => {
    const la = parseNumber(a);
    const lo = parseNumber(o);
    patch({ point: la !== undefined && lo !== undefined ? { lat: Number(la), lon: Number(lo) } : undefined });
  };
  return (
    <div className="form-grid">
      <TextField label={t("lat")} inputMode="decimal" value={lat} onChange={(v) => { setLat(v); take(v, lon); }} wrong={wrongIn(wrong, "point")} />
      <TextField label={t("lon")} inputMode="decimal" value={lon} onChange={(v) => { setLon(v); take(lat, v); }} />
      <TextField label={t("units")} hint={t("unitsHint")} inputMode="numeric" value={r.units ? String(r.units) : ""} onChange={(v) => patch({ units: Number(v.replace(/\D/g, "")) || undefined })} wrong={wrong.units} />
    </div>
  );
}

/** A number that is typed as text and kept as a number; empty is none. */
export function NumberField({ label, value, onChange, wrong, hint }: { label: string; value: number | null | undefined; onChange: (v: number | undefined) => void; wrong?: Wrongs[string]; hint?: string }) {
  const [text, setText] = useState(value === null || value === undefined ? "" : String(value));
  const take = (v: string) => {
    setText(v);
    const n = parseNumber(v);
    onChange(n === undefined ? undefined : Number(n));
  };
  const bad = text.trim() !== "" && parseNumber(text) === undefined;
  return <TextField label={label} inputMode="decimal" value={text} onChange={take} wrong={bad ? { key: "wrong" } : wrong} hint={hint} />;
}
