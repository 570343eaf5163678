// The way in: address and password, a code where there is a second factor, or
// the provider of the organisation.
import { useState } from "react";
import { ApiError, get, sendJson } from "../../api/client.ts";
import { useSession } from "../../api/queries.ts";
import type { PasskeyQuestion, Session, SignedIn } from "../../api/types.ts";
import { useLang, useSearchParams } from "../../route.tsx";
import { Field, Refused, useAction } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { knowsPasskeys, NoPasskey, showPasskey } from "../../ui/passkey.ts";
import { signInWords } from "./words.ts";

/** Where a reader goes after signing in: a path of this site, behind the language. */
export function target(lang: string, next: string | undefined): string {
  return `/${lang}${next?.startsWith("/") && next !== "/" ? next : ""}`;
}

const failures = { provider: "failed_provider", refused: "failed_refused", uninvited: "failed_uninvited", in_use: "failed_in_use" } as const;

export default function SignInPage() {
  const t = signInWords.use();
  const lang = useLang();
  const { next, state } = useSearchParams();
  const session = useSession().data;
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const [notKept, setNotKept] = useState(false);
  usePageTitle(t("title"));
  const to = target(lang, next);
  const arrive = async () => {
    const now = await get<Session>("/api/session");
    if (now.account) window.location.assign(to);
    else setNotKept(true);
  };
  const enter = useAction(async () => {
    try {
      await sendJson<SignedIn>("POST", "/sign-in", { email, password, ...(needsCode ? { code } : {}) });
    } catch (e) {
      if (!(e instanceof ApiError) || e.code !== "needs_code") throw e;
      setNeedsCode(true);
      return;
    }
    await arrive();
  });
  const withKey = useAction(async () => {
    enter.setError(null);
    const q = await sendJson<PasskeyQuestion>("POST", "/sign-in/passkey/begin");
    await sendJson<SignedIn>("POST", "/sign-in/passkey", { ticket: q.ticket, answer: await showPasskey(q.options) });
    await arrive();
  });
  const wrong = enter.error instanceof ApiError && enter.error.code === "not_let_in";
  return (
    <>
      <PageHead title={t("title")} />
      <Card className="form">
        {session?.account && <p className="note">{t("already", { name: session.account.name })} <a href={to}>→</a></p>}
        {state && state in failures && <p className="note refused" role="alert">{t(failures[state as keyof typeof failures])}</p>}
        <form className="form" onSubmit={(e) => { e.preventDefault(); void enter.run(); }}>
          <Field label={t("email")} type="email" value={email} onChange={setEmail} required autoComplete="username" maxLength={254} />
          <Field label={t("password")} type="password" value={password} onChange={setPassword} required autoComplete="current-password" maxLength={200} />
          {needsCode && <Field label={t("code")} value={code} onChange={setCode} required autoComplete="one-time-code" inputMode="numeric" maxLength={40} hint={t("codeHint")} />}
          {wrong && <p className="note refused" role="alert">{t(needsCode ? "wrongCode" : "wrong")}</p>}
          {!wrong && <Refused error={enter.error} />}
          {notKept && <p className="note refused" role="alert">{t("notKept")}</p>}
          <button type="submit" className="button button-main" disabled={enter.busy}>{t("submit")}</button>
        </form>
        {((session?.passkeys && knowsPasskeys()) || session?.oidc) && <p className="small quiet">{t("or")}</p>}
        {session?.passkeys && knowsPasskeys() && (session.passkeys === window.location.origin
          ? <button type="button" className="button" disabled={withKey.busy} onClick={() => void withKey.run()}>{t("passkey")}</button>
          : <p className="small quiet">{t("passkeyAt")} <a href={`${session.passkeys}${window.location.pathname}${window.location.search}`}>{session.passkeys}</a></p>)}
        <KeyRefused error={withKey.error} />
        {session?.oidc && (
          <a className="button" href={`/api/outside/begin?next=${encodeURIComponent(to)}`}>{t("provider", { name: session.oidc })}</a>
        )}
        <p className="small quiet">{t("forgot")}</p>
      </Card>
    </>
  );
}

function KeyRefused({ error }: { error: Error | null }) {
  const t = signInWords.use();
  if (error instanceof NoPasskey) return <p className="note refused" role="alert">{t("passkeyNot")}</p>;
  if (error instanceof ApiError && error.code === "not_let_in") return <p className="note refused" role="alert">{t("passkeyWrong")}</p>;
  return <Refused error={error} />;
}
