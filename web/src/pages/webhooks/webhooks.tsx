// The programs that are told what happens, and a new one.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sendJson } from "../../api/client.ts";
import { useApi } from "../../api/queries.ts";
import type { WebhookInput, WebhookList, WebhookSecret } from "../../api/types.ts";
import { A } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Refused, useAction } from "../../ui/form.tsx";
import { Card, PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWords } from "../../words.tsx";
import { HookFields, useTerritories } from "./fields.tsx";
import { hookWords, type HookWord } from "./words.ts";

export default function WebhooksPage() {
  const t = hookWords.use();
  const words = useWords();
  const q = useApi<WebhookList>("/webhooks");
  const [made, setMade] = useState<WebhookSecret | null>(null);
  usePageTitle(t("title"));
  if (q.error) return <><PageHead title={t("title")} /><Failure inner error={q.error} retry={() => void q.refetch()} /></>;
  if (!q.data) return <Waiting rows={8} />;
  const items = q.data.items;
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack">
        {made && <div className="note" role="status"><p><b>{made.webhook.name}</b>: {t("key")}</p><p className="secret">{made.secret}</p></div>}
        {items.length === 0 ? <p>{t("none")}</p> : (
          <Card><table className="table folds">
            <thead><tr><th scope="col">{t("name")}</th><th scope="col">{t("territory")}</th><th scope="col">{t("events")}</th><th scope="col">{t("state")}</th></tr></thead>
            <tbody>
              {items.map((w) => (
                <tr key={w.id}>
                  <th scope="row"><A to={`/webhooks/${w.id}`}>{w.name}</A></th>
                  <td data-label={t("territory")}>{words.place(w.territory)}</td>
                  <td data-label={t("events")} className="wide">{w.events.map((e) => t(`event_${e}` as HookWord)).join("; ")}</td>
                  <td data-label={t("state")}>{w.on ? t("on") : t(w.reason || "off")}</td>
                </tr>
              ))}
            </tbody>
          </table></Card>
        )}
        <Add events={q.data.events} onMade={setMade} />
      </div>
    </>
  );
}

function Add({ events, onMade }: { events: readonly string[]; onMade: (w: WebhookSecret) => void }) {
  const t = hookWords.use();
  const client = useQueryClient();
  const places = useTerritories();
  const fresh = (): WebhookInput => ({ name: "", url: "", events: [], territory: places[0]?.value ?? "" });
  const [value, setValue] = useState<WebhookInput>(fresh);
  const [id, setId] = useState(() => crypto.randomUUID());
  const add = useAction(async () => {
    const w = await sendJson<WebhookSecret>("POST", "/webhooks", { id, ...value });
    setValue(fresh());
    setId(crypto.randomUUID());
    await client.invalidateQueries({ queryKey: ["/api/webhooks"] });
    onMade(w);
  });
  return (
    <Card title={t("add")}>
      <form className="form form-wide" onSubmit={(e) => { e.preventDefault(); void add.run(); }}>
        <HookFields value={value} onChange={setValue} events={events} places={places} />
        <Refused error={add.error} />
        <p><button type="submit" className="button button-main" disabled={add.busy || value.events.length === 0}>{t("add")}</button></p>
      </form>
    </Card>
  );
}
