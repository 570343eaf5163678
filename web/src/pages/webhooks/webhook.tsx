// One webhook: what it is told, whether it takes it, and everything it was told.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { sendJson } from "../../api/client.ts";
import { useApi } from "../../api/queries.ts";
import type { DeliveryList, Webhook, WebhookInput, WebhookList, WebhookSecret } from "../../api/types.ts";
import { formatMoment } from "../../format/date.ts";
import { A, useLang, usePathId, useSearchParams, useSetSearch } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Refused, useAction } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { MissingPage } from "../missing.tsx";
import { HookFields, useTerritories } from "./fields.tsx";
import { hookWords, type HookWord } from "./words.ts";
import "./webhooks.css";

const lookAgainMs = 3000; // while something is on its way

export default function WebhookPage() {
  const t = hookWords.use();
  const id = usePathId();
  const q = useApi<WebhookList>("/webhooks");
  const w = q.data?.items.find((x) => x.id === id);
  usePageTitle(w?.name ?? t("title"));
  if (q.error) return <><PageHead title={t("title")} /><Failure inner error={q.error} retry={() => void q.refetch()} /></>;
  if (!q.data) return <Waiting rows={8} />;
  if (!w) return <MissingPage />;
  return (
    <>
      <PageHead title={w.name} above={<p><A to="/webhooks">{t("back")}</A></p>}>
        <p className="lead">{w.on ? t("on") : t(w.reason || "off")}</p>
      </PageHead>
      <div className="stack">
        <Acts w={w} />
        <Edit key={w.version} w={w} events={q.data.events} />
        <Log w={w} />
      </div>
    </>
  );
}

function useRenew() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ predicate: ({ queryKey: [url] }) => String(url).startsWith("/api/webhooks") });
}

function changed(w: Webhook, v: WebhookInput, on: boolean) {
  return { name: v.name, url: v.url, events: v.events, territory: v.territory, on, version: w.version };
}

function Acts({ w }: { w: Webhook }) {
  const t = hookWords.use();
  const lang = useLang();
  const navigate = useNavigate();
  const renew = useRenew();
  const [secret, setSecret] = useState("");
  const [sent, setSent] = useState(false);
  const act = useAction(async (what: "test" | "turn" | "key" | "remove") => {
    setSent(false);
    if (what === "test") {
      await sendJson("POST", `/webhooks/${w.id}/test`);
      setSent(true);
    } else if (what === "turn") await sendJson("PUT", `/webhooks/${w.id}`, changed(w, w, !w.on));
    else if (what === "key") setSecret((await sendJson<WebhookSecret>("POST", `/webhooks/${w.id}/secret`)).secret);
    else {
      await sendJson("DELETE", `/webhooks/${w.id}`);
      await navigate({ to: `/${lang}/webhooks` });
    }
    await renew();
  });
  return (
    <div className="stack-s">
      <p className="row">
        <button type="button" className="button button-main" disabled={act.busy} onClick={() => void act.run("test")}>{t("tryIt")}</button>
        <button type="button" className="button" disabled={act.busy} onClick={() => void act.run("turn")}>{t(w.on ? "turnOff" : "turnOn")}</button>
        <button type="button" className="button" disabled={act.busy} onClick={() => { if (window.confirm(t("newKeySure"))) void act.run("key"); }}>{t("newKey")}</button>
        <button type="button" className="button" disabled={act.busy} onClick={() => { if (window.confirm(t("removeSure"))) void act.run("remove"); }}>{t("remove")}</button>
      </p>
      <p role="status">{sent && t("sent")}</p>
      {secret && <div className="note" role="status"><p>{t("key")}</p><p className="secret">{secret}</p></div>}
      <Refused error={act.error} />
    </div>
  );
}

function Edit({ w, events }: { w: Webhook; events: readonly string[] }) {
  const t = hookWords.use();
  const renew = useRenew();
  const places = useTerritories();
  const [value, setValue] = useState<WebhookInput>(w);
  const save = useAction(async () => {
    await sendJson("PUT", `/webhooks/${w.id}`, changed(w, value, w.on));
    await renew();
  });
  return (
    <Card>
      <form className="form form-wide" onSubmit={(e) => { e.preventDefault(); void save.run(); }}>
        <HookFields value={value} onChange={setValue} events={events} places={places} />
        <Refused error={save.error} />
        <p><button type="submit" className="button" disabled={save.busy || value.events.length === 0}>{t("save")}</button></p>
      </form>
    </Card>
  );
}

function Log({ w }: { w: Webhook }) {
  const t = hookWords.use();
  const lang = useLang();
  const { next } = useSearchParams();
  const set = useSetSearch();
  const renew = useRenew();
  const q = useApi<DeliveryList>(`/webhooks/${w.id}/deliveries`, { after: next });
  const again = useAction(async (id: string) => {
    await sendJson("POST", `/webhooks/${w.id}/deliveries/${id}/replay`);
    await renew();
  });
  const items = q.data?.items ?? [];
  const waiting = items.some((d) => d.state === "waiting");
  const refetch = q.refetch;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => { if (document.visibilityState === "visible") void refetch(); }, lookAgainMs);
    return () => clearInterval(timer);
  }, [waiting, refetch]);
  return (
    <Card title={t("log")}>
      {q.error ? <Failure inner error={q.error} retry={() => void q.refetch()} /> : !q.data ? <Waiting rows={4} /> : items.length === 0 ? <p>{t("noLog")}</p> : (
        <>
          <Refused error={again.error} />
          <table className="table folds">
            <thead><tr><th scope="col">{t("event")}</th><th scope="col">{t("at")}</th><th scope="col">{t("result")}</th><th scope="col">{t("body")}</th><th scope="col"><span className="sr">{t("again")}</span></th></tr></thead>
            <tbody>
              {items.map((d) => (
                <tr key={d.id}>
                  <th scope="row">{t(`event_${d.event}` as HookWord)}</th>
                  <td data-label={t("at")}>{formatMoment(d.at, lang)}</td>
                  <td data-label={t("result")} className="wide">{t(d.state)}{d.status > 0 && ` · HTTP ${d.status}`}{d.attempts > 0 && ` · ${t("attempts", { n: d.attempts })}`}{d.problem && <><br /><span lang="en" className="small quiet">{d.problem}</span></>}</td>
                  <td data-label={t("body")} className="wide"><Body d={d} /></td>
                  <td className="r">{d.state !== "waiting" && <button type="button" className="button button-small" disabled={again.busy} aria-label={t("againOf", { id: d.id })} onClick={() => void again.run(d.id)}>{t("again")}</button>}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {(next || q.data.next) && (
            <p className="row">
              {next && <button type="button" className="button" onClick={() => set({ next: undefined })}>{t("newest")}</button>}
              {q.data.next && <button type="button" className="button" onClick={() => set({ next: q.data?.next ?? undefined })}>{t("older")}</button>}
            </p>
          )}
        </>
      )}
    </Card>
  );
}

function Body({ d }: { d: DeliveryList["items"][number] }) {
  return (
    <details>
      <summary>{d.id}</summary>
      <pre className="hook-body">{JSON.stringify(d.body, null, 2)}</pre>
    </details>
  );
}
