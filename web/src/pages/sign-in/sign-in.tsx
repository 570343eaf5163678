// The way in: address and password, a code where there is a second factor, or
// the provider of the organisation.
import { useState } from "react";
import { ApiError, get, sendJson } from "../../api/client.ts";
import { useSession } from "../../api/queries.ts";
import type { Session, SignedIn } from "../../api/types.ts";
import { useLang, useSearchParams } from "../../route.tsx";
import { Field, Refused, useAction } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { signInWords } from "./words.ts";

/** Where a reader goes after signing in: a path of this site, behind the language. */
export function target(lang: string, next: string | undefined): string {
  return `/${lang}${next?.startsWith("/") && next !== "/" ? next : ""}`;
}

const failures = { provider: "failed_provider", refused: "failed_refused", uninvited: "failed_uninvited" } as const;

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
  const enter = useAction(async () => {
    try {
      await sendJson<SignedIn>("POST", "/sign-in", { email, password, ...(needsCode ? { code } : {}) });
    } catch (e) {
      if (!(e instanceof ApiError) || e.code !== "needs_code") throw e;
      setNeedsCode(true);
      return;
    }
    const now = await get<Session>("/api/session");
    if (now.account) window.location.assign(to);
    else setNotKept(true);
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
        {session?.oidc && (
          <>
            <p className="small quiet">{t("or")}</p>
            <a className="button" href={`/api/outside/begin?next=${encodeURIComponent(to)}`}>{t("provider", { name: session.oidc })}</a>
          </>
        )}
        <p className="small quiet">{t("forgot")}</p>
      </Card>
    </>
  );
}
