// The lists of a record: organisations, capacity, shares, promises, documents,
// assumptions.
import { useMemo, type ReactNode } from "react";
import { useApi } from "../../api/queries.ts";
import type { Board } from "../../api/types.ts";
import type { WorkRecord } from "../../api/works.ts";
import { sortBy } from "../../format/collate.ts";
import { say } from "../../format/text.ts";
import { Combo } from "../../ui/combo.tsx";
import { useDocumentOptions } from "../../ui/options.ts";
import { Card } from "../../ui/page.tsx";
import { useWorkNames } from "./by-line.tsx";
import { NumberField, wrongIn, type EditProps } from "./edit-main.tsx";
import { editWords } from "./edit-words.ts";
import { qualifiers, SelectField, TextField, WrongText } from "./fields.tsx";
import { workFormWords, type FormKey } from "./form-words.ts";
import type { WorkKey } from "./words.ts";

const roles = ["client", "designer", "contractor", "supplier", "supervisor", "operator", "investor", "beneficiary"] as const;
const items = ["beds", "departments", "theatres", "devices", "staff"] as const;

export function ListFields({ r, patch, wrong }: EditProps) {
  const t = editWords.use();
  return (
    <>
      <Card title={t("yields")}><Yields r={r} patch={patch} wrong={wrong} /></Card>
      <Card title={t("parties")}><Parties r={r} patch={patch} wrong={wrong} /></Card>
      <Card title={t("shares")}><Shares r={r} patch={patch} wrong={wrong} /></Card>
      <Card title={t("promises")}>
        <div className="stack-s">
          <p className="small quiet">{t("promisesHint")}</p>
          <Promises r={r} patch={patch} wrong={wrong} />
          <TextField label={t("statements")} value={(r.statements ?? []).join(", ")} onChange={(v) => patch({ statements: split(v, /[,\s]+/) })} wrong={wrongIn(wrong, "statements")} />
          <Documents r={r} patch={patch} wrong={wrong} />
          <TextField label={t("assumed")} rows={3} value={(r.assumed ?? []).join("\n")} onChange={(v) => patch({ assumed: v === "" ? [] : v.split("\n") })} />
          <label className="check"><input type="checkbox" checked={r.synthetic ?? false} onChange={(e) => patch({ synthetic: e.target.checked || undefined })} />{t("synthetic")}</label>
        </div>
      </Card>
    </>
  );
}

const split = (v: string, by: RegExp) => v.split(by).map((x) => x.trim()).filter(Boolean);

function Rows<X>({ list, onChange, empty, children, what }: { list: readonly X[]; onChange: (l: X[]) => void; empty: X; children: (x: X, set: (p: Partial<X>) => void, i: number) => ReactNode; what: (x: X) => string }) {
  const t = editWords.use();
  return (
    <div className="stack-s">
      {list.map((x, i) => (
        <fieldset key={i} className="grants">
          <legend>{i + 1}</legend>
          {children(x, (p) => onChange(list.map((y, j) => (j === i ? { ...y, ...p } : y))), i)}
          <p><button type="button" className="button button-small" onClick={() => onChange(list.filter((_, j) => j !== i))}>{t("remove", { what: what(x) || String(i + 1) })}</button></p>
        </fieldset>
      ))}
      <p><button type="button" className="button" onClick={() => onChange([...list, empty])}>{t("add")}</button></p>
    </div>
  );
}

function Parties({ r, patch, wrong }: EditProps) {
  const t = editWords.use();
  const names = useWorkNames();
  type Party = NonNullable<WorkRecord["parties"]>[number];
  return (
    <>
      <Rows<Party> list={r.parties ?? []} onChange={(parties) => patch({ parties })} empty={{ role: "contractor", name: {} }} what={(p) => say(p.name, names.lang)}>
        {(p, set) => (
          <div className="form-grid">
            <SelectField label={t("role")} value={p.role} onChange={(v) => set({ role: v as Party["role"] })} options={roles.map((k) => [k, names.t(`party_${k}` as WorkKey)])} />
            <TextField label={`${t("partyName")}, ${t("in_kk")}`} value={p.name.kk ?? ""} onChange={(v) => set({ name: { ...p.name, kk: v } })} />
            <TextField label={`${t("partyName")}, ${t("in_ru")}`} value={p.name.ru ?? ""} onChange={(v) => set({ name: { ...p.name, ru: v } })} />
            <TextField label={`${t("partyName")}, ${t("in_en")}`} value={p.name.en ?? ""} onChange={(v) => set({ name: { ...p.name, en: v } })} />
            <TextField label={t("partyRegister")} value={p.register ?? ""} maxLength={120} onChange={(register) => set({ register })} />
          </div>
        )}
      </Rows>
      <WrongText wrong={wrongIn(wrong, "parties")} />
    </>
  );
}

function Yields({ r, patch, wrong }: EditProps) {
  const t = editWords.use();
  const f = workFormWords.use();
  const names = useWorkNames();
  type Yield = NonNullable<WorkRecord["yields"]>[number];
  const services = useMemo(() => sortBy(names.lang, Object.entries(names.words.vocabulary.dimensions.service?.values ?? {}).map(([value, n]) => ({ value, text: say(n, names.lang) || value })), (o) => o.text), [names]);
  return (
    <>
      <Rows<Yield> list={r.yields ?? []} onChange={(yields) => patch({ yields })} empty={{ item: "beds", count: null, source: r.office ?? "" }} what={(y) => names.t(`item_${y.item}` as WorkKey)}>
        {(y, set) => (
          <div className="form-grid">
            <SelectField label={t("item")} value={y.item} onChange={(v) => set({ item: v as Yield["item"] })} options={items.map((k) => [k, names.t(`item_${k}`)])} />
            <Combo label={t("service")} options={services} value={y.service ?? ""} onChange={(service) => set({ service })} empty={t("serviceAll")} />
            <SelectField label={t("age")} value={y.age ?? ""} onChange={(v) => set({ age: v as Yield["age"] })} options={[["", t("ageAll")], ["adult", names.t("age_adult")], ["child", names.t("age_child")]]} />
            <NumberField label={t("count")} value={y.count} onChange={(v) => set({ count: v === undefined ? null : Math.round(v) })} />
            <SelectField label={f("exactly")} value={signOf(y.qualifier)} onChange={(q) => set({ qualifier: q === "exact" ? "" : q })} options={qualifiers.map((q) => [q, f(`q_${q}` as FormKey)])} />
            <TextField label={t("basis")} value={y.source} maxLength={190} onChange={(source) => set({ source })} />
          </div>
        )}
      </Rows>
      <WrongText wrong={wrongIn(wrong, "yields")} />
    </>
  );
}

const signs: Record<string, string> = { about: "~", at_least: ">=", more_than: ">", at_most: "<=", less_than: "<" };
/** The sign of a qualifier that came in words. */
const signOf = (q: string | undefined) => (q ? (signs[q] ?? q) : "exact");

function Shares({ r, patch, wrong }: EditProps) {
  const t = editWords.use();
  const names = useWorkNames();
  type Share = NonNullable<WorkRecord["shares"]>[number];
  const sources = names.terms?.sources ?? [];
  return (
    <>
      <Rows<Share> list={r.shares ?? []} onChange={(shares) => patch({ shares })} empty={{ source: sources[0]?.code ?? "", percent: 50 }} what={(s) => names.source(s.source)}>
        {(s, set) => (
          <div className="form-grid">
            <SelectField label={t("source")} value={s.source} onChange={(source) => set({ source })} options={sources.map((x) => [x.code, say(x.name, names.lang)] as const)} />
            <NumberField label={t("percent")} value={s.percent} onChange={(v) => set({ percent: v ?? 0 })} />
            <TextField label={t("basis")} value={s.basis ?? ""} maxLength={390} onChange={(basis) => set({ basis })} />
          </div>
        )}
      </Rows>
      <WrongText wrong={wrongIn(wrong, "shares")} />
    </>
  );
}

/** Names that were chosen, and a way to choose more. */
function Chosen({ label, list, onChange, options }: { label: string; list: readonly string[]; onChange: (l: string[]) => void; options: readonly { value: string; text: string; hint?: string }[] }) {
  const t = editWords.use();
  const nameOf = (v: string) => options.find((o) => o.value === v)?.text ?? v;
  return (
    <div className="stack-s">
      {list.length > 0 && (
        <ul className="stack-s">
          {list.map((v) => <li key={v} className="row"><span>{nameOf(v)}{nameOf(v) !== v && <span className="small quiet"> · {v}</span>}</span><button type="button" className="button button-small" aria-label={t("remove", { what: nameOf(v) })} onClick={() => onChange(list.filter((x) => x !== v))}>×</button></li>)}
        </ul>
      )}
      <Combo key={list.length} label={label} options={options.filter((o) => !list.includes(o.value))} value="" onChange={(v) => v && onChange([...list, v])} />
    </div>
  );
}

function Promises({ r, patch, wrong }: EditProps) {
  const t = editWords.use();
  const names = useWorkNames();
  const board = useApi<Board>("/board").data;
  const options = useMemo(() => sortBy(names.lang, (board?.promises ?? []).map((p) => ({ value: p.id, text: say(p.title, names.lang) || p.id, hint: p.id })), (o) => o.text), [board, names.lang]);
  return (
    <>
      <Chosen label={t("promises")} list={r.promises ?? []} onChange={(promises) => patch({ promises })} options={options} />
      <WrongText wrong={wrongIn(wrong, "promises")} />
    </>
  );
}

function Documents({ r, patch, wrong }: EditProps) {
  const t = editWords.use();
  return (
    <>
      <Chosen label={t("documents")} list={r.documents ?? []} onChange={(documents) => patch({ documents })} options={useDocumentOptions()} />
      <WrongText wrong={wrongIn(wrong, "documents")} />
    </>
  );
}
