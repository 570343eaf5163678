// The own account: name and language, password, second factor, where one is
// signed in, and the tokens of programs.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sendJson } from "../../api/client.ts";
import { useApi, useSession } from "../../api/queries.ts";
import type { OwnAccount } from "../../api/types.ts";
import { langNames } from "../../ui/lang-names.ts";
import { useLang } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Choice, Field, Refused, useAction } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useRights } from "../../ui/rights-words.ts";
import { signOut, userWords } from "../../ui/user-menu.tsx";
import { useWords } from "../../words.tsx";
import { NoticeSettings } from "../notifications/settings.tsx";
import { Factor } from "./factor.tsx";
import { Passkeys } from "./passkeys.tsx";
import { Sessions } from "./sessions.tsx";
import { Tokens } from "./tokens.tsx";
import { accountWords } from "./words.ts";

export default function AccountPage() {
  const t = accountWords.use();
  const u = userWords.use();
  const lang = useLang();
  const q = useApi<OwnAccount>("/account");
  usePageTitle(t("title"));
  if (q.error) return <><PageHead title={t("title")} /><Failure inner error={q.error} retry={() => void q.refetch()} /></>;
  if (!q.data) return <Waiting rows={10} />;
  return (
    <>
      <PageHead title={t("title")}>
        <p className="row"><button type="button" className="button" onClick={() => void signOut(lang)}>{u("signOut")}</button></p>
      </PageHead>
      <div className="stack">
        <Profile account={q.data} />
        <Password account={q.data} />
        <Factor account={q.data} />
        <Passkeys account={q.data} />
        <NoticeSettings />
        <Sessions account={q.data} />
        <Tokens account={q.data} />
      </div>
    </>
  );
}

/** Reads the account and the session anew after a change. */
export function useRenew(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([client.invalidateQueries({ queryKey: ["/api/account"] }), client.invalidateQueries({ queryKey: ["/api/session"] })]);
  };
}

function Profile({ account: a }: { account: OwnAccount }) {
  const t = accountWords.use();
  const words = useWords();
  const rights = useRights();
  const lang = useLang();
  const oidc = useSession().data?.oidc;
  const renew = useRenew();
  const [name, setName] = useState(a.name);
  const [language, setLanguage] = useState(a.language);
  const [saved, setSaved] = useState(false);
  const save = useAction(async () => {
    await sendJson("PUT", "/account", { name, language });
    await renew();
    setSaved(true);
  });
  return (
    <Card title={t("profile")}>
      <div className="stack-s">
        <dl className="dl">
          <dt>{t("email")}</dt><dd>{a.email || "—"}</dd>
          {a.office && <><dt>{t("office")}</dt><dd>{words.office(a.office)}</dd></>}
          <dt>{t("grants")}</dt>
          <dd>{a.grants.length === 0 ? t("noGrants") : <ul>{a.grants.map((g) => <li key={`${g.role}@${g.territory}`}>{rights.role(g.role)}: {words.place(g.territory)}</li>)}</ul>}</dd>
        </dl>
        {oidc && !a.identity && <p><a className="button" href={`/api/outside/begin?next=/${lang}/account`}>{t("connect", { name: oidc })}</a></p>}
        <form className="form" onSubmit={(e) => { e.preventDefault(); void save.run(); }}>
          <Field label={t("name")} value={name} onChange={(v) => { setName(v); setSaved(false); }} required autoComplete="name" maxLength={120} />
          <Choice label={t("language")} value={language} onChange={(v) => { setLanguage(v); setSaved(false); }} options={Object.entries(langNames)} />
          <Refused error={save.error} />
          <p className="row">
            <button type="submit" className="button button-main" disabled={save.busy}>{t("save")}</button>
            <span role="status">{saved && t("saved")}</span>
          </p>
        </form>
      </div>
    </Card>
  );
}

function Password({ account: a }: { account: OwnAccount }) {
  const t = accountWords.use();
  const renew = useRenew();
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [saved, setSaved] = useState(false);
  const change = useAction(async () => {
    setSaved(false);
    await sendJson("PUT", "/account/password", { old, new: next });
    await renew();
    setOld("");
    setNext("");
    setSaved(true);
  });
  if (!a.password) return <Card title={t("password")}><p>{t("noPassword")}</p></Card>;
  return (
    <Card title={t("password")}>
      <form className="form" onSubmit={(e) => { e.preventDefault(); void change.run(); }}>
        <Field label={t("oldPassword")} type="password" value={old} onChange={setOld} required autoComplete="current-password" maxLength={200} />
        <Field label={t("newPassword")} type="password" value={next} onChange={setNext} required autoComplete="new-password" maxLength={200} hint={t("rule")} />
        <Refused error={change.error} />
        <p className="row">
          <button type="submit" className="button" disabled={change.busy}>{t("change")}</button>
          <span role="status">{saved && t("saved")}</span>
        </p>
      </form>
    </Card>
  );
}
