// Everything that the reader was told, the newest first.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { sendJson } from "../../api/client.ts";
import { useApi, useSession } from "../../api/queries.ts";
import type { Notification, NotificationList } from "../../api/types.ts";
import { formatMoment } from "../../format/date.ts";
import { A, useLang, useSearchParams, useSetSearch } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Refused, useAction } from "../../ui/form.tsx";
import { PageHead, usePageTitle } from "../../ui/page.tsx";
import { userWords } from "../../ui/user-menu.tsx";
import { noticeWords } from "./words.ts";
import "./notifications.css";

export default function NotificationsPage() {
  const t = noticeWords.use();
  const user = userWords.use();
  const session = useSession().data;
  usePageTitle(t("title"));
  if (!session) return <Waiting rows={8} />;
  return (
    <>
      <PageHead title={t("title")}>
        <p className="lead">{session.account ? t("lead") : t("signIn")}</p>
      </PageHead>
      {session.account ? <Told /> : <A to="/sign-in" search={{ next: "/notifications" }} className="button button-main">{user("signIn")}</A>}
    </>
  );
}

function Told() {
  const t = noticeWords.use();
  const { show, next } = useSearchParams();
  const set = useSetSearch();
  const client = useQueryClient();
  const unread = show === "unread";
  const q = useApi<NotificationList>("/notifications", { unread, after: next });
  const renew = () => client.invalidateQueries({ predicate: ({ queryKey: [url] }) => String(url).startsWith("/api/notifications") || url === "/api/session" });
  const read = useAction(async (id: string, earlier: boolean) => {
    await sendJson("POST", "/notifications/read", { id, earlier });
    await renew();
  });
  if (q.error) return <Failure inner error={q.error} retry={() => void q.refetch()} />;
  if (!q.data) return <Waiting rows={8} />;
  const { items, next: more } = q.data;
  const first = items[0];
  return (
    <div className="stack">
      <div className="row told-tools">
        <label className="field told-show">
          <span>{t("show")}</span>
          <select className="input" value={unread ? "unread" : ""} onChange={(e) => set({ show: e.target.value || undefined, next: undefined })}>
            <option value="">{t("all")}</option>
            <option value="unread">{t("unread")}</option>
          </select>
        </label>
        {q.data.unread > 0 && first && !next && <button type="button" className="button" disabled={read.busy} onClick={() => void read.run(first.id, true)}>{t("readAll")}</button>}
        <A to="/account" hash="letters">{t("settings")}</A>
      </div>
      <Refused error={read.error} />
      {items.length === 0 ? <p>{t(unread ? "noneUnread" : "none")}</p> : (
        <ol className="told">{items.map((n) => <One key={n.id} n={n} busy={read.busy} onRead={() => read.run(n.id, false)} />)}</ol>
      )}
      {(next || more) && (
        <p className="row">
          {next && <button type="button" className="button" onClick={() => set({ next: undefined })}>{t("newest")}</button>}
          {more && <button type="button" className="button" onClick={() => set({ next: more })}>{t("older")}</button>}
        </p>
      )}
    </div>
  );
}

function One({ n, busy, onRead }: { n: Notification; busy: boolean; onRead: () => Promise<void> }) {
  const t = noticeWords.use();
  const lang = useLang();
  const navigate = useNavigate();
  const text = n.text[lang] ?? n.kind;
  const [path, query = ""] = n.link.split("?");
  // Opening it is reading it; the page does not wait for that.
  const open = async (e: { preventDefault: () => void }) => {
    if (n.read) return;
    e.preventDefault();
    await onRead();
    await navigate({ to: `/${lang}${path}`, search: Object.fromEntries(new URLSearchParams(query)) as never });
  };
  return (
    <li className={n.read ? undefined : "is-new"}>
      <p className="told-text">
        {!n.read && <span className="tag tag-brand">{t("isNew")}</span>}
        {path === "/notifications" ? text : <A to={path ?? "/"} search={Object.fromEntries(new URLSearchParams(query))} onClick={(e) => void open(e)}>{text}</A>}
      </p>
      <p className="row small quiet">
        <time dateTime={n.at}>{formatMoment(n.at, lang)}</time>
        {!n.read && <button type="button" className="button button-small" disabled={busy} aria-label={t("readOf", { text })} onClick={() => void onRead()}>{t("read")}</button>}
      </p>
    </li>
  );
}
