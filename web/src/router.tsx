// The pages and their addresses. The language stands in the path, so that a
// link is permanent in its language; all pages but the board load when asked for.
import { createRootRoute, createRoute, createRouter, Outlet } from "@tanstack/react-router";
import { lazy, type ComponentType } from "react";
import { useParams } from "@tanstack/react-router";
import { BoardPage } from "./pages/board/board.tsx";
import { isLang, readSearch, type Search } from "./route.tsx";
import { Failure } from "./ui/failure.tsx";
import { Layout, Named } from "./ui/layout.tsx";
import { MissingPage } from "./pages/missing.tsx";

const root = createRootRoute({ component: Outlet, validateSearch: readSearch, notFoundComponent: MissingPage });

function LangGate() {
  const { lang } = useParams({ strict: false }) as { lang?: string };
  return isLang(lang) ? <Layout /> : <MissingPage />;
}
const language = createRoute({
  getParentRoute: () => root,
  path: "$lang",
  component: LangGate,
  notFoundComponent: MissingPage,
  errorComponent: ({ error, reset }) => <Failure error={error as Error} retry={reset} />,
});

const board = createRoute({ getParentRoute: () => language, path: "/", component: BoardPage });

/** A page that is loaded when a reader goes there, and waits for the names. */
function page(path: string, load: () => Promise<{ default: ComponentType }>) {
  const Page = lazy(load);
  return createRoute({ getParentRoute: () => language, path, component: () => <Named><Page /></Named> });
}

const tree = root.addChildren([
  language.addChildren([
    board,
    page("promises/$id", () => import("./pages/promise/promise.tsx")),
    page("figures", () => import("./pages/figures/figures.tsx")),
    page("figures/$id", () => import("./pages/figures/figure.tsx")),
    page("places/$id", () => import("./pages/place/place.tsx")),
    page("documents", () => import("./pages/documents/documents.tsx")),
    page("documents/$id", () => import("./pages/documents/document.tsx")),
    page("questions", () => import("./pages/questions/questions.tsx")),
    page("asks", () => import("./pages/asks/asks.tsx")),
    page("asks/$id", () => import("./pages/asks/ask.tsx")),
    page("search", () => import("./pages/search/search.tsx")),
    page("works", () => import("./pages/works/works.tsx")),
    page("works/money", () => import("./pages/works/money.tsx")),
    page("access", () => import("./pages/access/access.tsx")),
    page("access/validation", () => import("./pages/access-validation/access-validation.tsx")),
    page("access/places/$id", () => import("./pages/access-place/access-place.tsx")),
    page("map", () => import("./pages/map/map.tsx")),
    page("entry", () => import("./pages/entry/entry.tsx")),
    page("entry/$template/$place/$period", () => import("./pages/entry/form.tsx")),
    page("completeness", () => import("./pages/completeness/completeness.tsx")),
    page("templates", () => import("./pages/templates/templates.tsx")),
    page("about", () => import("./pages/about/about.tsx")),
    page("import", () => import("./pages/import/upload.tsx")),
    page("imports", () => import("./pages/import/imports.tsx")),
    page("imports/$id", () => import("./pages/import/import.tsx")),
    page("sign-in", () => import("./pages/sign-in/sign-in.tsx")),
    page("first", () => import("./pages/sign-in/invitation.tsx")),
    page("invitation", () => import("./pages/sign-in/invitation.tsx")),
    page("account", () => import("./pages/account/account.tsx")),
    page("accounts", () => import("./pages/accounts/accounts.tsx")),
    page("journal", () => import("./pages/journal/journal.tsx")),
    page("submissions", () => import("./pages/submissions/submissions.tsx")),
    page("submissions/$id", () => import("./pages/submissions/submission.tsx")),
    page("releases", () => import("./pages/releases/releases.tsx")),
    page("releases/$id", () => import("./pages/releases/revision.tsx")),
    page("notifications", () => import("./pages/notifications/notifications.tsx")),
    page("webhooks", () => import("./pages/webhooks/webhooks.tsx")),
    page("webhooks/$id", () => import("./pages/webhooks/webhook.tsx")),
    page("works/report", () => import("./pages/works-report/report.tsx")),
    page("works/risks", () => import("./pages/risks/risks.tsx")),
    page("works/forecasts", () => import("./pages/forecasts/forecasts.tsx")),
    page("works/new", () => import("./pages/work/edit.tsx")),
    page("works/$id", () => import("./pages/work/work.tsx")),
    page("works/$id/edit", () => import("./pages/work/edit.tsx")),
    page("works/$id/visit", () => import("./pages/work/visit.tsx")),
    page("equipment", () => import("./pages/equipment/equipment.tsx")),
    page("equipment/import", () => import("./pages/equipment/import.tsx")),
    page("equipment/new", () => import("./pages/equipment/edit.tsx")),
    page("equipment/$id/edit", () => import("./pages/equipment/edit.tsx")),
    page("equipment/$id", () => import("./pages/equipment/device.tsx")),
    page("rights", () => import("./pages/rights/rights.tsx")),
  ]),
]);

function parse(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}
function write(search: Record<string, unknown>): string {
  const q = new URLSearchParams(Object.entries(search as Search).filter(([, v]) => v) as [string, string][]).toString();
  return q ? `?${q}` : "";
}

export const router = createRouter({
  routeTree: tree,
  parseSearch: parse,
  stringifySearch: write,
  scrollRestoration: true,
  defaultPreload: false,
  trailingSlash: "never",
});
