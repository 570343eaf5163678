// The second factor: codes of an application on the phone, and codes on paper.
import { useState } from "react";
import { sendJson } from "../../api/client.ts";
import type { NewFactor, OwnAccount, RecoveryCodes } from "../../api/types.ts";
import { Field, Refused, useAction } from "../../ui/form.tsx";
import { Card } from "../../ui/page.tsx";
import { useRenew } from "./account.tsx";
import { accountWords } from "./words.ts";

export function Factor({ account: a }: { account: OwnAccount }) {
  const t = accountWords.use();
  const renew = useRenew();
  const [fresh, setFresh] = useState<NewFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const begin = useAction(async () => {
    setFresh(await sendJson<NewFactor>("POST", "/account/factor", a.password ? { password } : {}));
    setPassword("");
  });
  const confirm = useAction(async () => {
    setCodes((await sendJson<RecoveryCodes>("PUT", "/account/factor", { code })).codes);
    setFresh(null);
    setCode("");
    await renew();
  });
  const drop = useAction(async () => {
    await sendJson("POST", "/account/factor/drop", { password });
    setPassword("");
    setCodes([]);
    await renew();
  });
  return (
    <Card title={t("factor")}>
      <div className="stack-s">
        <p>{a.factor ? t("factorOn", { n: a.recovery }) : t("factorOff")}</p>
        {codes.length > 0 && (
          <div className="note" role="status">
            <p>{t("paper")}</p>
            <ul className="secret">{codes.map((c) => <li key={c}>{c}</li>)}</ul>
          </div>
        )}
        {!a.factor && !fresh && (
          <form className="form" onSubmit={(e) => { e.preventDefault(); void begin.run(); }}>
            {a.password && <Field label={t("oldPassword")} type="password" value={password} onChange={setPassword} required autoComplete="current-password" maxLength={200} hint={t("again")} />}
            <Refused error={begin.error} />
            <p><button type="submit" className="button" disabled={begin.busy}>{t("begin")}</button></p>
          </form>
        )}
        {fresh && (
          <form className="form" onSubmit={(e) => { e.preventDefault(); void confirm.run(); }}>
            <p>{t("scan")}</p>
            <img src={fresh.image} width={240} height={240} alt={t("qr")} />
            <p className="secret">{fresh.secret}</p>
            <Field label={t("code")} value={code} onChange={setCode} required inputMode="numeric" autoComplete="one-time-code" maxLength={10} />
            <Refused error={confirm.error} />
            <p><button type="submit" className="button button-main" disabled={confirm.busy}>{t("confirm")}</button></p>
          </form>
        )}
        {a.factor && (
          <form className="form" onSubmit={(e) => { e.preventDefault(); void drop.run(); }}>
            <Field label={t("oldPassword")} type="password" value={password} onChange={setPassword} required autoComplete="current-password" maxLength={200} />
            <Refused error={drop.error} />
            <p><button type="submit" className="button" disabled={drop.busy}>{t("drop")}</button></p>
          </form>
        )}
      </div>
    </Card>
  );
}
