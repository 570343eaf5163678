// Passkeys: the keys of devices with which the owner signs in without a
// password.
import { useState, type ReactNode } from "react";
import { sendJson } from "../../api/client.ts";
import { useSession } from "../../api/queries.ts";
import type { OwnAccount, Passkey, PasskeyQuestion } from "../../api/types.ts";
import { formatMoment } from "../../format/date.ts";
import { useLang } from "../../route.tsx";
import { Field, Refused, useAction } from "../../ui/form.tsx";
import { Card } from "../../ui/page.tsx";
import { knowsPasskeys, makePasskey, NoPasskey } from "../../ui/passkey.ts";
import { useRenew } from "./account.tsx";
import { deviceName } from "./sessions.tsx";
import { accountWords } from "./words.ts";

export function Passkeys({ account: a }: { account: OwnAccount }) {
  const t = accountWords.use();
  const lang = useLang();
  const renew = useRenew();
  const at = useSession().data?.passkeys ?? null;
  const remove = useAction(async (id: string) => {
    await sendJson("DELETE", `/account/passkeys/${id}`);
    await renew();
  });
  return (
    <Card title={t("passkeys")}>
      <div className="stack-s">
        <p className="small quiet">{t("passkeysHint")}</p>
        <Refused error={remove.error} />
        {a.passkeys.length === 0 ? <p>{t("noPasskeys")}</p> : (
          <table className="table folds">
            <thead><tr><th scope="col">{t("passkeyName")}</th><th scope="col">{t("passkeyMade")}</th><th scope="col">{t("used")}</th><th scope="col"><span className="sr">{t("passkeyRemove")}</span></th></tr></thead>
            <tbody>
              {a.passkeys.map((k) => (
                <tr key={k.id}>
                  <th scope="row">{k.name}</th>
                  <td data-label={t("passkeyMade")}>{formatMoment(k.created, lang)}</td>
                  <td data-label={t("used")}>{k.used ? formatMoment(k.used, lang) : t("never")}</td>
                  <td className="r"><button type="button" className="button button-small" disabled={remove.busy} aria-label={t("passkeyRemoveOf", { name: k.name })} onClick={() => void remove.run(k.id)}>{t("passkeyRemove")}</button></td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <Offer at={at} lang={lang}><Make account={a} onMade={renew} /></Offer>
      </div>
    </Card>
  );
}

/** Making one where it is possible, and elsewhere why it is not. */
function Offer({ at, lang, children }: { at: string | null; lang: string; children: ReactNode }) {
  const t = accountWords.use();
  if (at === null) return <p className="small quiet">{t("passkeysNowhere")}</p>;
  if (at !== window.location.origin) return <p className="small quiet">{t("passkeysElsewhere")} <a href={`${at}/${lang}/account`}>{at}</a></p>;
  if (!knowsPasskeys()) return <p className="small quiet">{t("passkeysUnknown")}</p>;
  return children;
}

function Make({ account: a, onMade }: { account: OwnAccount; onMade: () => Promise<void> }) {
  const t = accountWords.use();
  const [name, setName] = useState(() => deviceName(navigator.userAgent));
  const [password, setPassword] = useState("");
  const [made, setMade] = useState(false);
  const make = useAction(async () => {
    setMade(false);
    const q = await sendJson<PasskeyQuestion>("POST", "/account/passkeys/begin", a.password ? { password } : {});
    await sendJson<Passkey>("POST", "/account/passkeys", { ticket: q.ticket, answer: await makePasskey(q.options), name });
    setPassword("");
    setMade(true);
    await onMade();
  });
  const not = make.error instanceof NoPasskey ? make.error : null;
  return (
    <form className="form" onSubmit={(e) => { e.preventDefault(); void make.run(); }}>
      <Field label={t("passkeyName")} value={name} onChange={setName} required maxLength={80} hint={t("passkeyNameHint")} />
      {a.password && <Field label={t("oldPassword")} type="password" value={password} onChange={setPassword} required autoComplete="current-password" maxLength={200} />}
      {not ? <p className="note refused" role="alert">{t(not.known ? "passkeyKnown" : "passkeyNot")}</p> : <Refused error={make.error} />}
      <p className="row">
        <button type="submit" className="button" disabled={make.busy}>{t("passkeyMake")}</button>
        <span role="status">{made && t("passkeyDone")}</span>
      </p>
    </form>
  );
}
