// The frame of every page: header with search, day, language and colours, the
// page itself, and the footer with sources and the way to report an error.
import { Outlet, useLocation } from "@tanstack/react-router";
import { Suspense, useEffect, useRef } from "react";
import { useSession } from "../api/queries.ts";
import { formatDate, isDay } from "../format/date.ts";
import { langs, type Lang } from "../format/number.ts";
import { common } from "../i18n/words.ts";
import { A, useLang, useSearchParams, useSetSearch } from "../route.tsx";
import { WithWords } from "../words.tsx";
import { Bell } from "./bell.tsx";
import { Waiting } from "./failure.tsx";
import { FigureHost } from "./figure.tsx";
import { Mark } from "./icons.tsx";
import { SearchBox } from "./search-box.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";
import { UserMenu } from "./user-menu.tsx";
import { WorkMenu } from "./work-menu.tsx";
import "./layout.css";

export function Layout() {
  const lang = useLang();
  const t = common.use();
  useEffect(() => {
    document.documentElement.lang = lang;
    try {
      localStorage.setItem("shanyraq.lang", lang);
    } catch {
      // storage is closed: the address keeps the language
    }
  }, [lang]);
  return (
    <>
      <a className="skip" href="#main">{t("skip")}</a>
      <Header />
      <PastNotice />
      <FigureHost>
        <Main />
      </FigureHost>
      <Footer />
    </>
  );
}

function Main() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <main id="main" ref={main} tabIndex={-1} className="wrap main">
      <Suspense fallback={<Waiting rows={10} />}>
        <Outlet />
      </Suspense>
    </main>
  );
}

const pages = [
  ["/", "board"], ["/works", "projects"], ["/access", "access"], ["/map", "map"], ["/documents", "documents"], ["/questions", "questions"], ["/asks", "inquiries"], ["/figures", "figures"], ["/about", "about"],
] as const;

function Header() {
  const t = common.use();
  const { pathname } = useLocation();
  const here = pathname.replace(/^\/(kk|ru|en)/, "").replace(/\/$/, "") || "/";
  return (
    <header className="top">
      <div className="wrap top-row">
        <A to="/" className="top-name" aria-label={t("product")}>
          <Mark />
          <span>{t("product")}</span>
        </A>
        <nav className="top-nav" aria-label={t("menu")}>
          <div className="top-links">
            {pages.map(([to, name]) => (
              <A key={to} to={to} className={to === "/about" ? "top-about" : undefined} aria-current={here === to || (to !== "/" && here.startsWith(`${to}/`)) ? "page" : undefined}>
                {t(name)}
              </A>
            ))}
          </div>
          <WorkMenu here={here} />
        </nav>
        <div className="top-tools">
          <SearchBox />
          <DayPicker />
          <Languages />
          <ThemeSwitch />
        </div>
        <Bell />
        <UserMenu />
      </div>
    </header>
  );
}

/** The first day that can be asked for: before it nothing is recorded. */
const firstDay = "2000-01-01";

function DayPicker() {
  const t = common.use();
  const { as_of } = useSearchParams();
  const set = useSetSearch();
  const session = useSession();
  const today = session.data?.today ?? "";
  return (
    <label className="top-day">
      <span>{t("asOf")}</span>
      <input
        key={as_of ?? today}
        type="date"
        className="input"
        defaultValue={isDay(as_of) ? as_of : today}
        min={firstDay}
        onChange={(e) => {
          const v = e.currentTarget.value;
          if (v === "" || v === today) set({ as_of: undefined, release: undefined });
          else if (isDay(v) && v >= firstDay) set({ as_of: v, release: undefined });
        }}
      />
    </label>
  );
}

const langNames: Record<Lang, [short: string, name: string]> = { kk: ["Қаз", "Қазақша"], ru: ["Рус", "Русский"], en: ["Eng", "English"] };

function Languages() {
  const t = common.use();
  const now = useLang();
  const { pathname, searchStr, hash } = useLocation();
  const rest = pathname.replace(/^\/(kk|ru|en)/, "");
  return (
    <nav className="top-langs" aria-label={t("language")}>
      {langs.map((l) => (
        <a key={l} href={`/${l}${rest}${searchStr}${hash ? `#${hash}` : ""}`} lang={l} hrefLang={l} aria-current={l === now ? "true" : undefined} title={langNames[l][1]}>
          {langNames[l][0]}
        </a>
      ))}
    </nav>
  );
}

/** Says that the page shows a day of the past, so that nobody takes it for now. */
function PastNotice() {
  const t = common.use();
  const lang = useLang();
  const { as_of, recorded_as_of: recorded, release } = useSearchParams();
  const set = useSetSearch();
  if (!isDay(as_of) && !recorded && !release) return null;
  return (
    <aside className="past" aria-label={t("asOf")}>
      <div className="wrap row">
        {release && <p>{t("releaseView")} <A to={`/releases/${release}`}>{release}</A></p>}
        {!release && isDay(as_of) && <p>{t("pastView", { date: formatDate(as_of, lang) })}</p>}
        {!release && recorded && <p>{t("recordedView", { moment: `${formatDate(recorded, lang)} ${recorded.slice(11, 16)}` })}</p>}
        <button type="button" className="button button-small" onClick={() => set({ as_of: undefined, recorded_as_of: undefined, release: undefined })}>
          {t("backToToday")}
        </button>
      </div>
    </aside>
  );
}

function Footer() {
  const t = common.use();
  const lang = useLang();
  const session = useSession();
  const { pathname } = useLocation();
  const { as_of } = useSearchParams();
  const report = () => {
    const subject = t("reportSubject", { page: pathname });
    const body = t("reportBody", { url: window.location.href, day: formatDate(as_of ?? session.data?.today ?? "", lang) });
    return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  };
  return (
    <footer className="bottom">
      <div className="wrap bottom-row">
        <p>
          <strong>{t("product")}</strong> — {t("tagline")}
        </p>
        <ul className="row">
          <li><A to="/about">{t("sources")}</A></li>
          <li><A to="/releases">{t("releases")}</A></li>
          <li><a href={report()} onPointerDown={(e) => { e.currentTarget.href = report(); }}>{t("reportError")}</a></li>
          {session.data && <li>{t("version")} {session.data.version}</li>}
        </ul>
      </div>
    </footer>
  );
}

/** Pages that name things wait for the names. */
export function Named({ children }: { children: React.ReactNode }) {
  return <WithWords waiting={<Waiting rows={10} />}>{children}</WithWords>;
}
