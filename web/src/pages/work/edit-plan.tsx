// The plan of a work: baselines that were agreed, a new one beside them, and the
// contract of a package.
import type { WorkBaseline, WorkRecord } from "../../api/works.ts";
import { useSession } from "../../api/queries.ts";
import { Card } from "../../ui/page.tsx";
import { useWorkNames } from "./by-line.tsx";
import { NumberField, wrongIn, type EditProps } from "./edit-main.tsx";
import { editWords } from "./edit-words.ts";
import { SelectField, TextField, WrongText } from "./fields.tsx";
import { workFormWords } from "./form-words.ts";

export function PlanFields({ r, patch, wrong, agreed }: EditProps & { agreed: number }) {
  const t = editWords.use();
  const names = useWorkNames();
  const today = useSession().data?.today ?? "";
  const list = r.baselines ?? [];
  const fresh = list[agreed];
  const last = list[agreed - 1];
  const set = (b: WorkBaseline | undefined) => patch({ baselines: b ? [...list.slice(0, agreed), b] : list.slice(0, agreed) });
  return (
    <Card title={t("plan")}>
      <div className="stack-s">
        {agreed > 0 && <p className="small quiet">{t("planAgreed")}</p>}
        {list.slice(0, agreed).map((b) => (
          <p key={b.no}>{names.t("baselineNo", { n: b.no })}: {names.date(b.on)}{b.reason && ` · ${b.reason}`}{b.cost != null && ` · ${names.amount(b.cost)}`} · <span className="small quiet">{b.terms.map((x) => `${names.stage(x.stage)} ${names.date(x.start)} – ${names.date(x.finish)}`).join("; ")}</span></p>
        ))}
        {fresh ? (
          <>
            <Baseline b={fresh} r={r} onChange={set} first={agreed === 0} />
            <p><button type="button" className="button button-small" onClick={() => set(undefined)}>{t("planDrop")}</button></p>
          </>
        ) : (
          <p><button type="button" className="button" onClick={() => set({ no: agreed + 1, on: today, source: r.office ?? "", terms: last?.terms ?? [], cost: last?.cost })}>{t("planNew")}</button></p>
        )}
        <WrongText wrong={wrongIn(wrong, "baselines")} />
      </div>
    </Card>
  );
}

function Baseline({ b, r, onChange, first }: { b: WorkBaseline; r: WorkRecord; onChange: (b: WorkBaseline) => void; first: boolean }) {
  const t = editWords.use();
  const names = useWorkNames();
  const template = names.terms?.templates.find((x) => x.code === (r.template || r.kind));
  const term = (code: string) => b.terms.find((x) => x.stage === code);
  const setTerm = (code: string, p: { start?: string; finish?: string; per_mille?: number }) => {
    const now = { stage: code, start: "", finish: "", ...term(code), ...p };
    const order = (template?.stages ?? []).map((s) => s.stage);
    const rest = b.terms.filter((x) => x.stage !== code);
    const all = now.start || now.finish || now.per_mille ? [...rest, now] : rest;
    onChange({ ...b, terms: all.sort((x, y) => order.indexOf(x.stage) - order.indexOf(y.stage)) });
  };
  return (
    <fieldset className="grants">
      <legend>{names.t("baselineNo", { n: b.no })}</legend>
      <div className="form-grid">
        <TextField label={t("planOn")} type="date" value={b.on} onChange={(on) => onChange({ ...b, on })} />
        <TextField label={t("planSource")} value={b.source} maxLength={190} onChange={(source) => onChange({ ...b, source })} />
        <NumberField label={t("cost", { currency: names.words.currency })} value={b.cost} onChange={(cost) => onChange({ ...b, cost })} />
      </div>
      {!first && <TextField label={t("planReason")} rows={2} maxLength={2000} value={b.reason ?? ""} onChange={(reason) => onChange({ ...b, reason })} />}
      <div className="plan-terms">
        {(template?.stages ?? []).map((s) => (
          <fieldset key={s.stage} className="plan-term">
            <legend>{names.stage(s.stage)}</legend>
            <TextField label={t("start")} type="date" value={term(s.stage)?.start ?? ""} onChange={(start) => setTerm(s.stage, { start })} />
            <TextField label={t("finish")} type="date" value={term(s.stage)?.finish ?? ""} onChange={(finish) => setTerm(s.stage, { finish })} />
            <NumberField label={t("weight")} hint={names.percent(s.per_mille / 10)} value={term(s.stage)?.per_mille ? (term(s.stage)?.per_mille ?? 0) / 10 : undefined} onChange={(v) => setTerm(s.stage, { per_mille: v === undefined ? undefined : Math.round(v * 10) })} />
          </fieldset>
        ))}
      </div>
    </fieldset>
  );
}

const methods = ["", "open", "selective", "limited", "direct"] as const;

export function ContractFields({ r, patch, wrong }: EditProps) {
  const t = editWords.use();
  const f = workFormWords.use();
  const names = useWorkNames();
  const c = r.contract ?? {};
  const set = (p: Partial<NonNullable<WorkRecord["contract"]>>) => patch({ contract: { ...c, ...p } });
  const parts = names.terms?.templates.find((x) => x.code === r.kind)?.stages ?? [];
  return (
    <Card title={t("contract")}>
      <div className="form-grid">
        <TextField label={t("number")} value={c.number ?? ""} maxLength={120} onChange={(number) => set({ number })} wrong={wrongIn(wrong, "contract")} />
        <SelectField label={t("scope")} value={c.scope ?? ""} onChange={(scope) => set({ scope })} options={[["", "—"], ...parts.map((s) => [s.stage, names.stage(s.stage)] as const)]} />
        <TextField label={t("signed")} type="date" value={c.signed ?? ""} onChange={(signed) => set({ signed })} />
        <TextField label={t("start")} type="date" value={c.start ?? ""} onChange={(start) => set({ start })} />
        <TextField label={t("finish")} type="date" value={c.end ?? ""} onChange={(end) => set({ end })} />
        <NumberField label={t("value", { currency: names.words.currency })} value={c.value} onChange={(value) => set({ value })} />
        <SelectField label={f("vat")} value={c.vat ?? "unknown"} onChange={(vat) => set({ vat: vat as "included" })} options={(["unknown", "included", "excluded"] as const).map((k) => [k, f(`vat_${k}`)])} />
        <SelectField label={t("method")} value={c.method ?? ""} onChange={(method) => set({ method })} options={methods.map((m) => [m, t(`method_${m}`)])} />
        <NumberField label={t("tenders")} value={c.tenders} onChange={(v) => set({ tenders: v === undefined ? undefined : Math.round(v) })} />
        <NumberField label={t("retained")} value={c.retain_per_mille ? c.retain_per_mille / 10 : undefined} onChange={(v) => set({ retain_per_mille: v === undefined ? undefined : Math.round(v * 10) })} />
      </div>
    </Card>
  );
}
