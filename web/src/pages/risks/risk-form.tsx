// A look at a risk: a new one, or one that is looked at again.
import { useState } from "react";
import { sendJson } from "../../api/client.ts";
import { useSession } from "../../api/queries.ts";
import type { components } from "../../api/schema.ts";
import { parseNumber } from "../../format/parse-number.ts";
import { say } from "../../format/text.ts";
import { sortBy } from "../../format/collate.ts";
import { Combo } from "../../ui/combo.tsx";
import { Choice, Field, Refused, useAction } from "../../ui/form.tsx";
import { useWords } from "../../words.tsx";
import { riskWords } from "./words.ts";
import "./risks.css";

export type Risk = components["schemas"]["Risk"];
type Input = components["schemas"]["RiskInput"];
export const states = ["open", "mitigating", "closed", "happened"] as const;

export function useOffices() {
  const words = useWords();
  return sortBy(words.lang, Object.entries(words.vocabulary.offices).map(([value, o]) => ({ value, text: say(o.name, words.lang) || value })), (o) => o.text);
}

export function RiskForm({ work, risk, onSaved }: { work: string; risk?: Risk; onSaved: () => void }) {
  const t = riskWords.use();
  const offices = useOffices();
  const today = useSession().data?.today;
  // Made once: the same form sent twice is one risk.
  const [id] = useState(() => `r${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`);
  const [v, setV] = useState({ title: risk?.title ?? "", text: risk?.text ?? "", probability: String(risk?.probability ?? 3), days: risk?.days ? String(risk.days) : "", money: risk?.money ? String(risk.money) : "", owner: risk?.owner ?? "", due: risk?.due && today && risk.due >= today ? risk.due : "", state: risk?.state ?? "open", plan: risk?.plan ?? "", note: "" });
  const live = v.state === "open" || v.state === "mitigating";
  const put = (patch: Partial<typeof v>) => setV({ ...v, ...patch });
  const save = useAction(async () => {
    const body: Input = {
      version: risk?.version ?? 0, title: v.title, text: v.text, probability: Number(v.probability), owner: v.owner, due: (live && v.due) || undefined, state: v.state as Input["state"], plan: v.plan, note: v.note,
      days: v.days ? Number(v.days) : undefined, money: v.money ? ((parseNumber(v.money) ?? v.money) as never) : undefined, id: risk ? undefined : id,
    };
    await sendJson(risk ? "PUT" : "POST", `/works/${work}/risks${risk ? `/${risk.id}` : ""}`, body);
    onSaved();
  });
  return (
    <form className="form form-wide" onSubmit={(e) => { e.preventDefault(); void save.run(); }}>
      <Field label={t("name")} value={v.title} onChange={(title) => put({ title })} required maxLength={200} />
      <div className="form-grid">
        <Choice label={t("probability")} value={v.probability} onChange={(probability) => put({ probability })} options={(["1", "2", "3", "4", "5"] as const).map((p) => [p, t(`chance_${p}`)] as const)} />
        <Field label={t("delay")} value={v.days} onChange={(days) => put({ days })} inputMode="numeric" maxLength={5} />
        <Field label={t("loss")} value={v.money} onChange={(money) => put({ money })} inputMode="numeric" maxLength={24} hint={t("lossHint")} />
      </div>
      <div className="form-grid">
        <Combo label={t("owner")} options={offices} value={v.owner} required onChange={(owner) => put({ owner })} />
        <Choice label={t("state")} value={v.state} onChange={(state) => put({ state: state as Risk["state"] })} options={states.map((s) => [s, t(s)] as const)} />
        {live && <Field label={t("due")} type="date" value={v.due} onChange={(due) => put({ due })} min={today} required />}
      </div>
      <Long label={t("text")} value={v.text} onChange={(text) => put({ text })} />
      <Long label={t("plan")} value={v.plan} onChange={(plan) => put({ plan })} />
      <Long label={t("note")} value={v.note} onChange={(note) => put({ note })} hint={t("noteHint")} />
      <div className="row"><button type="submit" className="button button-main" disabled={save.busy}>{t("save")}</button></div>
      <Refused error={save.error} />
    </form>
  );
}

function Long({ label, value, onChange, hint }: { label: string; value: string; onChange: (v: string) => void; hint?: string }) {
  return (
    <label className="field">
      <span>{label}</span>
      <textarea className="input risk-text" rows={2} maxLength={4000} value={value} onChange={(e) => onChange(e.target.value)} />
      {hint && <span className="small quiet">{hint}</span>}
    </label>
  );
}
