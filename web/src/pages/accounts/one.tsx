// One account: its rights, its state, and the links to it.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, sendJson } from "../../api/client.ts";
import { useSession } from "../../api/queries.ts";
import type { Account, AccountLink, Grant } from "../../api/types.ts";
import { Combo, type Option } from "../../ui/combo.tsx";
import { Field, Refused, useAction } from "../../ui/form.tsx";
import { Card } from "../../ui/page.tsx";
import { Grants, useOfficeOptions } from "./grants.tsx";
import { accountsWords } from "./words.ts";

interface Props {
  account: Account;
  places: readonly Option[];
  onLink: (l: AccountLink) => void;
  onClose: () => void;
}

export function One({ account: a, places, onLink, onClose }: Props) {
  const t = accountsWords.use();
  const client = useQueryClient();
  const offices = useOfficeOptions();
  const [name, setName] = useState(a.name);
  const [email, setEmail] = useState(a.email);
  const [home, setHome] = useState(a.home);
  const [office, setOffice] = useState(a.office);
  const [grants, setGrants] = useState<Grant[]>(a.grants);
  const [note, setNote] = useState("");
  const full = a.may.includes("manage_accounts");
  const path = `/accounts/${a.id}`;
  const save = useAction(async (state: string) => {
    await sendJson<Account>("PUT", path, { version: a.version, state, home, office, grants, ...(full ? { name, email } : {}) });
    setNote(t("saved"));
    await client.invalidateQueries();
  });
  const link = useAction(async (dropFactor: boolean) => {
    const l = await sendJson<AccountLink>("POST", `${path}/link`, { drop_factor: dropFactor });
    await client.invalidateQueries();
    onLink(l);
  });
  const end = useAction(async () => {
    await sendJson("POST", `${path}/sign-out`);
    setNote(t("ended"));
    await client.invalidateQueries();
  });
  const off = a.state === "disabled";
  const own = useSession().data?.account?.id === a.id;
  const last = save.error instanceof ApiError && /last administrator/.test(save.error.message);
  if (own) return <Card title={a.name} aside={<p>{a.email}</p>}><p className="note">{t("own")}</p></Card>;
  return (
    <Card title={a.name} aside={<p>{a.email}</p>}>
      <form className="form form-wide" onSubmit={(e) => { e.preventDefault(); void save.run(a.state); }}>
        <div className="form-grid">
          {full && <Field label={t("name")} value={name} onChange={setName} required autoComplete="off" maxLength={120} />}
          {full && <Field label={t("email")} type="email" value={email} onChange={setEmail} autoComplete="off" maxLength={254} />}
          <Combo label={t("home")} options={places} value={home} required onChange={setHome} />
          <Combo label={t("office")} options={offices} value={office} empty={t("noOffice")} onChange={setOffice} />
        </div>
        <Grants value={grants} onChange={setGrants} places={places} home={home} />
        {last ? <p className="note refused" role="alert">{t("last")}</p> : <Refused error={save.error ?? link.error ?? end.error} />}
        <p role="status">{note}</p>
        <p className="row">
          <button type="submit" className="button button-main" disabled={save.busy}>{t("save")}</button>
          <button type="button" className="button" onClick={onClose}>{t("cancel")}</button>
        </p>
      </form>
      {full ? (
        <p className="row one-acts">
          {!off && <button type="button" className="button button-small" disabled={link.busy} onClick={() => void link.run(false)}>{t("newLink")}</button>}
          {!off && a.factor && <button type="button" className="button button-small" disabled={link.busy} onClick={() => void link.run(true)}>{t("dropFactor")}</button>}
          <button type="button" className="button button-small" disabled={end.busy} onClick={() => void end.run()}>{t("signOut")}</button>
          <button type="button" className="button button-small" disabled={save.busy} title={off ? undefined : t("disableHint")} onClick={() => void save.run(off ? "active" : "disabled")}>{t(off ? "enable" : "disable")}</button>
        </p>
      ) : <p className="note">{t("beyond")}</p>}
    </Card>
  );
}
