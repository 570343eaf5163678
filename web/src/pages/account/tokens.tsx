// Tokens of programs: what they may do, until when, and when they last did.
import { useState } from "react";
import { sendJson } from "../../api/client.ts";
import type { MadeToken, OwnAccount } from "../../api/types.ts";
import { formatDate, formatMoment } from "../../format/date.ts";
import { useSession } from "../../api/queries.ts";
import { useLang } from "../../route.tsx";
import { Field, Refused, useAction } from "../../ui/form.tsx";
import { Card } from "../../ui/page.tsx";
import { useRights } from "../../ui/rights-words.ts";
import { useRenew } from "./account.tsx";
import { accountWords } from "./words.ts";

const days = 90;

/** A day so many days after another one. */
export function daysAfter(day: string, n: number): string {
  const d = new Date(`${day}T00:00:00Z`);
  d.setUTCDate(d.getUTCDate() + n);
  return d.toISOString().slice(0, 10);
}

export function Tokens({ account: a }: { account: OwnAccount }) {
  const t = accountWords.use();
  const lang = useLang();
  const rights = useRights();
  const renew = useRenew();
  const [made, setMade] = useState<MadeToken | null>(null);
  const revoke = useAction(async (id: string) => {
    await sendJson("DELETE", `/account/tokens/${id}`);
    if (made?.id === id) setMade(null);
    await renew();
  });
  return (
    <Card title={t("tokens")}>
      <div className="stack-s">
        <p className="small quiet">{t("tokensHint")}</p>
        <Refused error={revoke.error} />
        {a.tokens.length === 0 ? <p>{t("noTokens")}</p> : (
          <table className="table folds">
            <thead><tr><th scope="col">{t("tokenName")}</th><th scope="col">{t("scope")}</th><th scope="col">{t("expires")}</th><th scope="col">{t("used")}</th><th scope="col"><span className="sr">{t("revoke")}</span></th></tr></thead>
            <tbody>
              {a.tokens.map((x) => (
                <tr key={x.id}>
                  <th scope="row">{x.name}</th>
                  <td data-label={t("scope")} className="wide">{x.scope.map(rights.act).join("; ")}</td>
                  <td data-label={t("expires")}>{formatDate(x.expires.slice(0, 10), lang)}</td>
                  <td data-label={t("used")}>{x.used ? formatMoment(x.used, lang) : t("never")}</td>
                  <td className="r"><button type="button" className="button button-small" disabled={revoke.busy} aria-label={t("revokeOf", { name: x.name })} onClick={() => void revoke.run(x.id)}>{t("revoke")}</button></td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {made && <div className="note" role="status"><p>{t("made")}</p><p className="secret">{made.text}</p></div>}
        <Make account={a} onMade={async (x) => { setMade(x); await renew(); }} />
      </div>
    </Card>
  );
}

function Make({ account: a, onMade }: { account: OwnAccount; onMade: (x: MadeToken) => Promise<void> }) {
  const t = accountWords.use();
  const rights = useRights();
  const today = useSession().data?.today ?? "2000-01-01";
  const [name, setName] = useState("");
  const [scope, setScope] = useState<readonly string[]>([]);
  const [expires, setExpires] = useState(daysAfter(today, days));
  const [password, setPassword] = useState("");
  const make = useAction(async () => {
    const x = await sendJson<MadeToken>("POST", "/account/tokens", { name, scope, expires, ...(a.password ? { password } : {}) });
    setPassword("");
    setName("");
    setScope([]);
    await onMade(x);
  });
  const turn = (act: string) => setScope((s) => (s.includes(act) ? s.filter((x) => x !== act) : [...s, act]));
  return (
    <details>
      <summary>{t("make")}</summary>
      <form className="form form-wide" onSubmit={(e) => { e.preventDefault(); void make.run(); }}>
        <div className="form-grid">
          <Field label={t("tokenName")} value={name} onChange={setName} required maxLength={80} />
          <Field label={t("expires")} type="date" value={expires} onChange={setExpires} required min={today} max={daysAfter(today, 365)} />
        </div>
        <fieldset className="checks">
          <legend>{t("scope")}</legend>
          {a.acts.map((act) => <label key={act} className="check"><input type="checkbox" checked={scope.includes(act)} onChange={() => turn(act)} />{rights.act(act)}</label>)}
        </fieldset>
        {a.password && <Field label={t("oldPassword")} type="password" value={password} onChange={setPassword} required autoComplete="current-password" maxLength={200} hint={t("again")} />}
        <Refused error={make.error} />
        <p><button type="submit" className="button button-main" disabled={make.busy}>{t("make")}</button></p>
      </form>
    </details>
  );
}
