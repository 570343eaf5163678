// What somebody in the hospital says with a phone in hand: a service is done,
// the device is down, it works again, it reached another state.
import { useState } from "react";
import { sendJson } from "../../api/client.ts";
import type { EquipmentEventInput, EquipmentPage } from "../../api/equipment.ts";
import { useSession } from "../../api/queries.ts";
import { say } from "../../format/text.ts";
import { A } from "../../route.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Choice, Field, Refused, useAction } from "../../ui/form.tsx";
import { useWords } from "../../words.tsx";
import { deviceEditWords } from "./edit-words.ts";
import { useNames } from "./parts.tsx";
import { equipmentWords } from "./words.ts";

type Act = "service" | "down" | "up" | "state";

export function Acts({ page, again }: { page: EquipmentPage; again: () => void }) {
  const t = equipmentWords.use();
  const w = deviceEditWords.use();
  const [open, setOpen] = useState<Act | null>(null);
  const [sent, setSent] = useState(false);
  const may = (act: string) => (page.may ?? []).includes(act);
  const moves = (page.moves ?? []).map((m) => m.state as string);
  const acts: Act[] = [];
  if (may("report_works")) {
    if ((page.services ?? []).length > 0 && page.row.state !== null && page.row.state !== "written_off") acts.push("service");
    if (moves.includes("down") && page.row.state !== null) acts.push("down");
    if (page.row.state === "down") acts.push("up");
  }
  if (may("manage_works") && moves.length > 0) acts.push("state");
  if (acts.length === 0 && !may("manage_works")) return null;
  return (
    <div className="no-print stack-s">
      <div className="eq-acts">{acts.map((a) => <button key={a} type="button" className={`button ${a === "state" ? "" : "button-main"}`} onClick={() => { setSent(false); setOpen(a); }}>{t(`do_${a}`)}</button>)}{may("manage_works") && <A to={`/equipment/${page.row.id}/edit`} className="button">{w("edit")}</A>}</div>
      <p role="status">{sent && t("sent")}</p>
      {open && <EventForm act={open} page={page} close={() => setOpen(null)} done={() => { setOpen(null); setSent(true); again(); }} />}
    </div>
  );
}

function EventForm({ act, page, close, done }: { act: Act; page: EquipmentPage; close: () => void; done: () => void }) {
  const t = equipmentWords.use();
  const names = useNames();
  const words = useWords();
  const today = useSession().data?.today ?? page.as_of;
  const services = page.services ?? [];
  const moves = page.moves ?? [];
  const [key] = useState(() => crypto.randomUUID()); // sent twice, it is one event
  const [on, setOn] = useState(today);
  const [service, setService] = useState(services.find((s) => s.days_overdue > 0)?.code ?? services[0]?.code ?? "");
  const [state, setState] = useState<string>(moves[0]?.state ?? "");
  const [next, setNext] = useState("");
  const [paper, setPaper] = useState("");
  const [reason, setReason] = useState("");
  const [remark, setRemark] = useState("");
  const to = act === "down" ? "down" : act === "up" ? "in_use" : state;
  const needs = act === "down" || (act === "state" && moves.some((m) => m.state === state && m.reason));
  const post = useAction(async () => {
    const e: EquipmentEventInput = act === "service" ? { kind: "service", on, service, next, document: paper, remark, key } : { kind: "state", on, state: to as EquipmentEventInput["state"], document: paper, reason, remark, key };
    await sendJson("POST", `/equipment/${encodeURIComponent(page.row.id)}/events`, { events: [e] });
    done();
  });
  return (
    <Dialog title={t(`do_${act}`)} onClose={close}>
      <form className="form" onSubmit={(e) => { e.preventDefault(); void post.run(); }}>
        {act === "service" && <Choice label={t("whichService")} value={service} onChange={setService} options={services.map((s) => [s.code ?? s.kind, `${say(s.name, words.lang)}${s.code !== s.kind ? ` (${s.code})` : ""}`])} />}
        {act === "state" && <Choice label={t("newState")} value={state} onChange={setState} options={moves.map((m) => [m.state, names.state(m.state)])} />}
        <Field label={t("on")} type="date" value={on} onChange={setOn} max={today} required />
        {(needs || act === "state") && <Field label={t("reason")} value={reason} onChange={setReason} required={needs} maxLength={4000} />}
        <Field label={t("document")} value={paper} onChange={setPaper} hint={t("documentHint")} maxLength={400} />
        {act === "service" && <Field label={t("nextDue")} type="date" value={next} onChange={setNext} min={on} />}
        <Field label={t("remark")} value={remark} onChange={setRemark} maxLength={4000} />
        <div className="row"><button type="submit" className="button button-main" disabled={post.busy}>{t("send")}</button><button type="button" className="button" onClick={close}>{t("cancel")}</button></div>
        <Refused error={post.error} />
      </form>
    </Dialog>
  );
}

export function Withdraw({ id, event, again }: { id: string; event: string; again: () => void }) {
  const t = equipmentWords.use();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const post = useAction(async () => {
    await sendJson("POST", `/equipment/${encodeURIComponent(id)}/events/${event}/withdraw`, { reason });
    setOpen(false);
    again();
  });
  return (
    <>
      <span className="eq-under no-print"><button type="button" className="button button-small" onClick={() => setOpen(true)}>{t("withdraw")}</button></span>
      {open && (
        <Dialog title={t("withdraw")} onClose={() => setOpen(false)}>
          <form className="form" onSubmit={(e) => { e.preventDefault(); void post.run(); }}>
            <Field label={t("withdrawReason")} value={reason} onChange={setReason} required maxLength={4000} />
            <div className="row"><button type="submit" className="button button-main" disabled={post.busy}>{t("withdraw")}</button><button type="button" className="button" onClick={() => setOpen(false)}>{t("cancel")}</button></div>
            <Refused error={post.error} />
          </form>
        </Dialog>
      )}
    </>
  );
}
