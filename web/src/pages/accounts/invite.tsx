// A new account: who it is for and what it may do.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, sendJson } from "../../api/client.ts";
import type { AccountLink, Grant } from "../../api/types.ts";
import { useLang } from "../../route.tsx";
import { Combo, type Option } from "../../ui/combo.tsx";
import { Choice, Field, Refused, useAction } from "../../ui/form.tsx";
import { langNames } from "../../ui/lang-names.ts";
import { Card } from "../../ui/page.tsx";
import { Grants, useOfficeOptions } from "./grants.tsx";
import { accountsWords } from "./words.ts";

export function Invite({ places, onDone, onCancel }: { places: readonly Option[]; onDone: (l: AccountLink) => void; onCancel: () => void }) {
  const t = accountsWords.use();
  const lang = useLang();
  const client = useQueryClient();
  const offices = useOfficeOptions();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [language, setLanguage] = useState<string>(lang);
  const [home, setHome] = useState(places[0]?.value ?? "");
  const [office, setOffice] = useState("");
  const [grants, setGrants] = useState<Grant[]>([]);
  const invite = useAction(async () => {
    const l = await sendJson<AccountLink>("POST", "/accounts", { name, email, language, home, office, grants });
    await client.invalidateQueries();
    onDone(l);
  });
  const taken = invite.error instanceof ApiError && invite.error.status === 409;
  return (
    <Card title={t("inviteTitle")}>
      <form className="form form-wide" onSubmit={(e) => { e.preventDefault(); void invite.run(); }}>
        <div className="form-grid">
          <Field label={t("name")} value={name} onChange={setName} required autoComplete="off" maxLength={120} />
          <Field label={t("email")} type="email" value={email} onChange={setEmail} required autoComplete="off" maxLength={254} />
          <Choice label={t("language")} value={language} onChange={setLanguage} options={Object.entries(langNames)} />
          <Combo label={t("home")} options={places} value={home} required onChange={setHome} />
          <Combo label={t("office")} options={offices} value={office} empty={t("noOffice")} onChange={setOffice} />
        </div>
        <Grants value={grants} onChange={setGrants} places={places} home={home} />
        {taken ? <p className="note refused" role="alert">{t("taken")}</p> : <Refused error={invite.error} />}
        <p className="row">
          <button type="submit" className="button button-main" disabled={invite.busy}>{t("invite")}</button>
          <button type="button" className="button" onClick={onCancel}>{t("cancel")}</button>
        </p>
      </form>
    </Card>
  );
}
