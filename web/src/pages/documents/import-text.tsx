// How to bring in the text of a document, and the way to do it here when this
// visitor may.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { send } from "../../api/client.ts";
import { useSession } from "../../api/queries.ts";
import type { Document, TextReceipt } from "../../api/types.ts";
import { Card } from "../../ui/page.tsx";
import { documentWords } from "./words.ts";

type State = { at: "idle" } | { at: "busy" } | { at: "done"; receipt: TextReceipt } | { at: "refused"; why: string };

export function ImportText({ document: d }: { document: Document }) {
  const t = documentWords.use();
  const session = useSession();
  const client = useQueryClient();
  const [state, setState] = useState<State>({ at: "idle" });
  const bring = async (file: File | undefined) => {
    if (!file) return;
    setState({ at: "busy" });
    try {
      const receipt = await send<TextReceipt>("PUT", `/documents/${encodeURIComponent(d.name)}/text`, file, "text/plain", crypto.randomUUID());
      setState({ at: "done", receipt });
      await client.invalidateQueries();
    } catch (e) {
      setState({ at: "refused", why: e instanceof Error ? e.message : String(e) });
    }
  };
  return (
    <Card id="import" title={t("howTitle")}>
      <div className="stack-s">
        <p>{t("how")}</p>
        <p className="small quiet">{t("command")}</p>
        <pre className="command">shanyraq import document {d.name}</pre>
        {session.data?.administrator && (
          <label className="button file-button">
            {state.at === "busy" ? t("importing") : t("choose")}
            <input type="file" accept=".txt,text/plain" className="sr" disabled={state.at === "busy"} onChange={(e) => void bring(e.target.files?.[0])} />
          </label>
        )}
        <div role="status">
          {state.at === "done" && <p className="note">{t("importDone", { n: state.receipt.lines, spans: state.receipt.spans, misses: state.receipt.misses.length })} {!state.receipt.same && t("importOther")}</p>}
          {state.at === "refused" && <p className="note"><strong>{t("refused")}:</strong> <span lang="en">{state.why}</span></p>}
        </div>
      </div>
    </Card>
  );
}
