// The record of a device, a new one or a new version. When somebody else was
// faster, what was typed stays and the page says what differs.
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { ApiError, sendJson } from "../../api/client.ts";
import type { EquipmentPage, EquipmentRecord } from "../../api/equipment.ts";
import { queryClient, useApi, useSession } from "../../api/queries.ts";
import type { components } from "../../api/schema.ts";
import { sortBy } from "../../format/collate.ts";
import { parseNumber } from "../../format/parse-number.ts";
import { say } from "../../format/text.ts";
import { A, usePathId } from "../../route.tsx";
import { Combo } from "../../ui/combo.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Choice, Field, Refused, useAction } from "../../ui/form.tsx";
import { usePlaceOptions } from "../../ui/options.ts";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { deviceEditWords } from "./edit-words.ts";
import { useNames } from "./parts.tsx";
import { equipmentWords } from "./words.ts";

type Plan = components["schemas"]["ServicePlan"];

const blank: EquipmentRecord = { id: "", item: "", plans: null };

export default function DeviceEditPage() {
  const id = usePathId();
  const q = useApi<EquipmentPage>(id ? `/equipment/${encodeURIComponent(id)}` : "", {}, false);
  const session = useSession().data;
  if (session && !session.acts.includes("manage_works")) return <Failure error={new ApiError({ title: "", status: session.account ? 403 : 401, missing: { act: "manage_works", territory: "" } })} />;
  if (id && q.error) return <Failure error={q.error} retry={() => void q.refetch()} />;
  if (id && !q.data) return <Waiting rows={10} />;
  return <Form start={q.data?.record ?? blank} version={q.data?.version ?? 0} />;
}

function Form({ start, version }: { start: EquipmentRecord; version: number }) {
  const t = deviceEditWords.use();
  const w = equipmentWords.use();
  const names = useNames();
  const words = useWords();
  const navigate = useNavigate();
  const session = useSession().data;
  const [r, setR] = useState<EquipmentRecord>(start);
  const [over, setOver] = useState(version);
  const [price, setPrice] = useState(start.price === undefined ? "" : String(start.price));
  const [life, setLife] = useState(start.life_years ? String(start.life_years) : "");
  const [state, setState] = useState("");
  const [since, setSince] = useState("");
  const patch = (p: Partial<EquipmentRecord>) => setR((old) => ({ ...old, ...p }));
  const title = t(version === 0 ? "newTitle" : "editTitle");
  usePageTitle(title);
  const item = names.catalogue?.items?.find((x) => x.code === r.item);
  const items = useMemo(() => sortBy(words.lang, (names.catalogue?.items ?? []).map((x) => ({ value: x.code, text: say(x.name, words.lang), hint: [x.code, x.emdn].filter(Boolean).join(" ") })), (o) => o.text), [names.catalogue, words.lang]);
  const save = useAction(async () => {
    const read = price.trim() === "" ? undefined : Number(parseNumber(price) ?? Number.NaN);
    const events = version === 0 && state ? [{ kind: "state" as const, on: since, state: state as "in_use" }] : undefined;
    await sendJson("PUT", `/equipment/${encodeURIComponent(r.id.trim())}`, { ...r, id: r.id.trim(), price: Number.isNaN(read) ? price : read, life_years: life ? Number(life) : undefined, version: over, events });
    await queryClient.invalidateQueries();
    await navigate({ to: `/${words.lang}/equipment/${r.id.trim()}` as never });
  });
  const faster = save.error instanceof ApiError && save.error.status === 409 && save.error.version > 0 ? save.error : null;
  const other = faster?.current as Record<string, unknown> | undefined;
  const differs = Object.keys({ ...other, ...r }).filter((k) => JSON.stringify(other?.[k] ?? "") !== JSON.stringify((r as unknown as Record<string, unknown>)[k] ?? ""));
  return (
    <>
      <PageHead above={<ol className="crumbs"><li><A to="/equipment">{w("title")}</A></li>{version > 0 && <li><A to={`/equipment/${r.id}`}>{r.id}</A></li>}</ol>} title={title} />
      <form className="stack" onSubmit={(e) => { e.preventDefault(); void save.run(); }}>
        <Card title={t("what")}>
          <div className="form-grid">
            {version === 0 && <Field label={t("id")} value={r.id} onChange={(id) => patch({ id })} hint={t("idHint")} required maxLength={80} />}
            <Combo label={w("itemOf")} options={items} value={r.item} onChange={(code) => patch({ item: code })} required />
            <Field label={w("maker")} value={r.maker ?? ""} onChange={(maker) => patch({ maker })} maxLength={200} />
            <Field label={w("model")} value={r.model ?? ""} onChange={(model) => patch({ model })} maxLength={200} />
            <Field label={w("serial")} value={r.serial ?? ""} onChange={(serial) => patch({ serial })} maxLength={200} />
            {version === 0 && <Choice label={t("state")} value={state} onChange={setState} options={[["", t("none")], ...(names.catalogue?.states ?? []).map((x) => [x.code, say(x.name, words.lang)] as const).filter(([c]) => c !== "down" && c !== "written_off")]} />}
            {version === 0 && state && <Field label={t("stateOn")} type="date" value={since} onChange={setSince} max={session?.today} required />}
          </div>
        </Card>
        <Where r={r} patch={patch} />
        <Card title={t("money")}>
          <div className="form-grid">
            <Field label={t("price")} value={price} onChange={setPrice} inputMode="numeric" maxLength={30} />
            <Choice label={t("vat")} value={r.vat ?? ""} onChange={(vat) => patch({ vat: vat as "included" })} options={[["", t("none")], ["included", w("vat_included")], ["excluded", w("vat_excluded")]]} />
            <Field label={t("from")} type="date" value={r.warranty_from ?? ""} onChange={(v) => patch({ warranty_from: v })} />
            <Field label={t("to")} type="date" value={r.warranty_to ?? ""} onChange={(v) => patch({ warranty_to: v })} min={r.warranty_from || undefined} />
            <Field label={t("life")} value={life} onChange={setLife} inputMode="numeric" maxLength={2} hint={item && t("lifeHint", { n: item.life_years })} />
            <Field label={w("source")} value={r.source ?? ""} onChange={(source) => patch({ source })} maxLength={200} />
          </div>
        </Card>
        <Plans plans={r.plans} patch={patch} usual={item?.services ?? []} />
        {faster && (
          <div className="note refused" role="alert">
            <p>{t("changed")}</p>
            <ul>{differs.map((k) => <li key={k}><code>{k}</code>: {typeof other?.[k] === "object" ? JSON.stringify(other[k]) : String(other?.[k] ?? "—")}</li>)}</ul>
            <p><button type="button" className="button" onClick={() => { setOver(faster.version); save.setError(null); }}>{t("takeMine")}</button></p>
          </div>
        )}
        <div className="row"><button type="submit" className="button button-main" disabled={save.busy || !r.item}>{t("save")}</button><A to={version > 0 ? `/equipment/${r.id}` : "/equipment"} className="button">{w("cancel")}</A></div>
        {!faster && <Refused error={save.error} />}
      </form>
    </>
  );
}

function Where({ r, patch }: { r: EquipmentRecord; patch: (p: Partial<EquipmentRecord>) => void }) {
  const t = deviceEditWords.use();
  const w = equipmentWords.use();
  const words = useWords();
  const lang = words.lang;
  const places = usePlaceOptions();
  const here = useApi<components["schemas"]["PlacePage"]>(r.place ? `/places/${encodeURIComponent(r.place)}` : "", {}, false).data;
  const facilities = sortBy(lang, (here?.facilities ?? []).map((f) => ({ value: f.code, text: say(f.name, lang) || f.code, hint: f.code })), (o) => o.text);
  const list = useApi<components["schemas"]["WorkList"]>("/works", { limit: 1000 }).data?.items;
  const works = sortBy(lang, (list ?? []).map((x) => ({ value: x.id, text: say(x.title, lang) || x.id, hint: x.id })), (o) => o.text);
  return (
    <Card title={t("where")}>
      <div className="form-grid">
        <Combo label={t("place")} options={places} value={r.place ?? ""} onChange={(place) => patch({ place })} required />
        <Combo label={t("facility")} options={facilities} value={r.facility ?? ""} onChange={(facility) => patch({ facility })} empty={t("none")} />
        <Field label={w("room")} value={r.room ?? ""} onChange={(room) => patch({ room })} maxLength={200} />
        <div><Combo label={t("work")} options={works} value={r.work ?? ""} onChange={(work) => patch({ work })} empty={t("none")} /><span className="small quiet">{t("workHint")}</span></div>
      </div>
    </Card>
  );
}

function Plans({ plans, patch, usual }: { plans: Plan[] | null; patch: (p: Partial<EquipmentRecord>) => void; usual: Plan[] }) {
  const t = deviceEditWords.use();
  const names = useNames();
  const kinds = (names.catalogue?.services ?? []).map((k) => [k.code, names.service(k.code)] as const);
  const set = (i: number, p: Partial<Plan>) => patch({ plans: (plans ?? []).map((x, n) => (n === i ? { ...x, ...p } : x)) });
  return (
    <Card title={t("plans")}>
      <div className="stack-s">
        <Choice label={t("plans")} value={plans === null ? "" : "own"} onChange={(v) => patch({ plans: v ? usual.map((x) => ({ ...x })) : null })} options={[["", t("plansCatalogue")], ["own", t("plansOwn")]]} />
        {(plans ?? []).map((p, i) => (
          <fieldset key={i} className="grants">
            <legend>{names.service(p.kind)}</legend>
            <div className="form-grid">
              <Choice label={t("kind")} value={p.kind} onChange={(kind) => set(i, { kind: kind as Plan["kind"] })} options={kinds} />
              <Field label={t("months")} value={String(p.months || "")} onChange={(v) => set(i, { months: Number(v.replace(/\D/g, "")) })} inputMode="numeric" required maxLength={3} />
              <Field label={t("basis")} value={p.basis ?? ""} onChange={(basis) => set(i, { basis })} maxLength={400} />
              <Field label={t("code")} value={p.code ?? ""} onChange={(code) => set(i, { code })} maxLength={60} />
            </div>
            <div><button type="button" className="button button-small" onClick={() => patch({ plans: (plans ?? []).filter((_, n) => n !== i) })}>{t("remove")}</button></div>
          </fieldset>
        ))}
        {plans !== null && <div><button type="button" className="button button-small" onClick={() => patch({ plans: [...plans, { kind: "maintenance", months: 12 }] })}>{t("add")}</button></div>}
      </div>
    </Card>
  );
}
