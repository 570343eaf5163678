// What a one-time link leads to: the first account, an invitation, or a new
// password. The secret leaves the address at once, so that it is not shown to
// who looks over the shoulder, nor kept in the history.
import { useEffect, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { sendJson } from "../../api/client.ts";
import type { OpenedLink, SignedIn } from "../../api/types.ts";
import { useLang, useSearchParams, useSetSearch } from "../../route.tsx";
import { Waiting } from "../../ui/failure.tsx";
import { Field, Refused, useAction } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { signInWords } from "./words.ts";

const shortest = 10;

export default function InvitationPage() {
  const t = signInWords.use();
  const search = useSearchParams();
  const set = useSetSearch();
  const [token] = useState(search.token ?? "");
  useEffect(() => {
    if (search.token) set({ token: undefined }, true);
  }, [search.token, set]);
  const q = useQuery({ queryKey: ["link", token], queryFn: () => sendJson<OpenedLink>("POST", "/links/open", { token }), retry: false, enabled: token !== "", gcTime: 0 });
  usePageTitle(t("invitationTitle"));
  if (q.error || token === "") return <PageHead title={t("gone")}><p className="lead">{t("goneHint")}</p></PageHead>;
  if (!q.data) return <Waiting rows={6} />;
  return <Accept token={token} link={q.data} />;
}

function Accept({ token, link }: { token: string; link: OpenedLink }) {
  const t = signInWords.use();
  const lang = useLang();
  const first = link.purpose === "first";
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [wrong, setWrong] = useState<"differ" | "short" | null>(null);
  const accept = useAction(async () => {
    if (Array.from(password).length < shortest || password !== again) {
      setWrong(password !== again ? "differ" : "short");
      return;
    }
    setWrong(null);
    const s = await sendJson<SignedIn>("POST", "/links/accept", { token, password, language: lang, ...(first ? { name, email } : {}) });
    window.location.assign(`/${lang}${s.signed_in ? "/account" : "/sign-in"}`);
  });
  return (
    <>
      <PageHead title={t(first ? "firstTitle" : link.purpose === "reset" ? "resetTitle" : "invitationTitle")}>
        <p className="lead">{first ? t("firstLead") : t("invitationLead", { name: link.name, email: link.email })}</p>
      </PageHead>
      <Card className="form">
        <form className="form" onSubmit={(e) => { e.preventDefault(); void accept.run(); }}>
          {first && <Field label={t("name")} value={name} onChange={setName} required autoComplete="name" maxLength={120} />}
          {first && <Field label={t("email")} type="email" value={email} onChange={setEmail} required autoComplete="username" maxLength={254} />}
          {!first && <input className="sr" type="email" value={link.email} readOnly autoComplete="username" tabIndex={-1} aria-hidden="true" />}
          <Field label={t("newPassword")} type="password" value={password} onChange={setPassword} required autoComplete="new-password" maxLength={200} hint={t("rule")} />
          <Field label={t("again")} type="password" value={again} onChange={setAgain} required autoComplete="new-password" maxLength={200} />
          {wrong && <p className="note refused" role="alert">{t(wrong)}</p>}
          <Refused error={accept.error} />
          <button type="submit" className="button button-main" disabled={accept.busy}>{t("save")}</button>
        </form>
      </Card>
    </>
  );
}
