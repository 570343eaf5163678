// Where the owner is signed in.
import { useState } from "react";
import { sendJson } from "../../api/client.ts";
import type { OpenSession, OwnAccount } from "../../api/types.ts";
import { formatMoment } from "../../format/date.ts";
import { useLang } from "../../route.tsx";
import { Refused, useAction } from "../../ui/form.tsx";
import { Card } from "../../ui/page.tsx";
import { useRenew } from "./account.tsx";
import { accountWords } from "./words.ts";

/** What a browser calls itself, in few words. */
export function deviceName(agent: string): string {
  const browser = /(Firefox|Edg|OPR|YaBrowser|Chrome|Safari)\/[\d.]+/.exec(agent)?.[1] ?? agent.split(/[ /]/)[0] ?? "";
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(agent)?.[1] ?? "";
  const name = { Edg: "Edge", OPR: "Opera" }[browser] ?? browser;
  return [name, system].filter(Boolean).join(", ") || "—";
}

export function Sessions({ account: a }: { account: OwnAccount }) {
  const t = accountWords.use();
  const lang = useLang();
  const renew = useRenew();
  const [asked, setAsked] = useState(false);
  const [tokens, setTokens] = useState(false);
  const end = useAction(async (s: OpenSession) => {
    await sendJson("DELETE", `/account/sessions/${s.id}`);
    if (s.here) window.location.assign(`/${lang}`);
    else await renew();
  });
  const everywhere = useAction(async () => {
    await sendJson("POST", "/sign-out-everywhere", { tokens });
    window.location.assign(`/${lang}/sign-in`);
  });
  return (
    <Card title={t("sessions")} aside={<button type="button" className="button button-small" aria-expanded={a.tokens.length > 0 ? asked : undefined} onClick={() => (a.tokens.length > 0 ? setAsked(!asked) : void everywhere.run())}>{t("everywhere")}</button>}>
      {asked && (
        <form className="form note" onSubmit={(e) => { e.preventDefault(); void everywhere.run(); }}>
          <p>{t("tokensStay", { n: a.tokens.length })}</p>
          <label className="check"><input type="checkbox" checked={tokens} onChange={() => setTokens(!tokens)} />{t("tokensToo")}</label>
          <p><button type="submit" className="button" disabled={everywhere.busy}>{t("everywhere")}</button></p>
        </form>
      )}
      <Refused error={end.error ?? everywhere.error} />
      <table className="table folds">
        <thead><tr><th scope="col">{t("device")}</th><th scope="col">{t("begun")}</th><th scope="col">{t("seen")}</th><th scope="col"><span className="sr">{t("end")}</span></th></tr></thead>
        <tbody>
          {a.sessions.map((s) => (
            <tr key={s.id}>
              <th scope="row">{deviceName(s.device)} {s.here && <span className="tag tag-brand">{t("here")}</span>}</th>
              <td data-label={t("begun")}>{formatMoment(s.created, lang)}</td>
              <td data-label={t("seen")}>{formatMoment(s.seen, lang)}</td>
              <td className="r"><button type="button" className="button button-small" disabled={end.busy} aria-label={t("endOf", { what: deviceName(s.device) })} onClick={() => void end.run(s)}>{t("end")}</button></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
