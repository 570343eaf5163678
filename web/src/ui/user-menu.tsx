// Who the reader is: the way to sign in, or the own account and the way out.
import { useLocation } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { sendJson } from "../api/client.ts";
import { useSession } from "../api/queries.ts";
import { define } from "../i18n/define.ts";
import { A, useLang } from "../route.tsx";
import { Icon } from "./icons.tsx";
import { Popover } from "./popover.tsx";

export const userWords = define({
  signIn: ["Кіру", "Войти", "Sign in"],
  menu: ["Тіркелгі: {name}", "Учётная запись: {name}", "Account: {name}"],
  account: ["Менің тіркелгім", "Моя учётная запись", "My account"],
  rights: ["Кім не істей алады", "Кому что можно", "Who may do what"],
  signOut: ["Шығу", "Выйти", "Sign out"],
} as const);

/** The page as it is, without its language, to come back to. */
export function useHere(): string {
  const { pathname, searchStr } = useLocation();
  return (pathname.replace(/^\/(kk|ru|en)/, "") || "/") + searchStr;
}

/** Leaves everything behind that was read as somebody else. */
export async function signOut(lang: string) {
  await sendJson("POST", "/sign-out");
  window.location.assign(`/${lang}`);
}

export function UserMenu() {
  const t = userWords.use();
  const lang = useLang();
  const here = useHere();
  const session = useSession().data;
  const [anchor, setAnchor] = useState<HTMLButtonElement | null>(null);
  const close = useCallback((refocus: boolean) => setAnchor((was) => {
    if (refocus) was?.focus();
    return null;
  }), []);
  if (!session) return null;
  if (!session.account) {
    if (session.first) return null; // nobody has an account: the server told the way on its console
    const next = here.startsWith("/sign-in") ? undefined : here;
    return <A to="/sign-in" search={{ next }} className="top-user"><Icon name="user" size={18} /><span>{t("signIn")}</span></A>;
  }
  const name = session.account.name;
  return (
    <>
      <button type="button" className="top-user" aria-haspopup="dialog" aria-expanded={anchor !== null} aria-label={t("menu", { name })} onClick={(e) => { const at = e.currentTarget; setAnchor((was) => (was ? null : at)); }}>
        <Icon name="user" size={18} />
        <span>{name}</span>
      </button>
      {anchor && (
        <Popover anchor={anchor} label={t("menu", { name })} onClose={close}>
          <p className="eyebrow">{name}</p>
          <div className="user-menu">
            <A to="/account" onClick={() => close(false)}>{t("account")}</A>
            <A to="/rights" onClick={() => close(false)}>{t("rights")}</A>
            <button type="button" onClick={() => void signOut(lang)}>{t("signOut")}</button>
          </div>
        </Popover>
      )}
    </>
  );
}
