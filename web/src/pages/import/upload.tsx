// The way in: a file is dropped or chosen, sent with a bar that shows how far it
// is, and looked at.
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState, type DragEvent } from "react";
import { ApiError } from "../../api/client.ts";
import { useSession } from "../../api/queries.ts";
import type { Import, Problem } from "../../api/types.ts";
import { A, useLang } from "../../route.tsx";
import { Failure } from "../../ui/failure.tsx";
import { PageHead, usePageTitle } from "../../ui/page.tsx";
import { Refused } from "../../ui/form.tsx";
import { importWords } from "./words.ts";
import "./import.css";

/** Sends a file; fetch does not tell how much of it is gone. */
function sendFile(file: File, onPart: (share: number) => void): Promise<Import> {
  return new Promise((resolve, reject) => {
    const x = new XMLHttpRequest();
    const id = crypto.randomUUID();
    x.open("POST", `/api/imports?id=${id}&name=${encodeURIComponent(file.name.slice(-200))}`);
    x.setRequestHeader("Content-Type", "application/octet-stream");
    x.setRequestHeader("Accept", "application/json");
    x.upload.addEventListener("progress", (e) => { if (e.lengthComputable) onPart(e.loaded / e.total); });
    x.addEventListener("error", () => reject(new TypeError("network")));
    x.addEventListener("load", () => {
      let body: unknown;
      try {
        body = JSON.parse(x.responseText);
      } catch {
        body = { title: x.statusText }; // a proxy on the way answered
      }
      if (x.status < 300) resolve(body as Import);
      else reject(new ApiError({ ...(body as Problem), status: x.status }));
    });
    x.send(file);
  });
}

export default function UploadPage() {
  const t = importWords.use();
  const lang = useLang();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<Error | null>(null);
  usePageTitle(t("title"));
  const session = useSession().data;
  const take = async (file: File | undefined) => {
    if (!file || share !== null) return;
    setError(null);
    setShare(0);
    try {
      const i = await sendFile(file, setShare);
      await navigate({ to: `/${lang}/imports/${i.id}` as never });
    } catch (e) {
      setError(e instanceof Error ? e : new Error(String(e)));
      setShare(null);
      if (input.current) input.current.value = "";
    }
  };
  const drop = (e: DragEvent) => {
    e.preventDefault();
    setOver(false);
    void take(e.dataTransfer.files[0]);
  };
  if (session && !session.acts.includes("import_figures")) {
    const refusal = new ApiError({ title: "", status: session.account ? 403 : 401, missing: { act: "import_figures", territory: "" } });
    return <><PageHead title={t("title")} /><Failure inner error={refusal} /></>;
  }
  return (
    <>
      <PageHead title={t("title")}><p className="lead">{t("lead")}</p></PageHead>
      <div className="stack">
        <div className={`drop ${over ? "drop-over" : ""}`} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
          {share === null ? (
            <>
              <p>{t("drop")}</p>
              <label className="button button-main file-button">
                {t("chooseFile")}
                <input ref={input} type="file" className="sr" accept=".csv,.txt,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" onChange={(e) => void take(e.target.files?.[0])} />
              </label>
              <p className="small quiet">{t("limits")}</p>
            </>
          ) : (
            <div role="status" className="going">
              <progress aria-label={t("title")} value={share < 1 ? share : undefined} max={1} />
              <p>{share < 1 ? t("uploading", { n: Math.floor(share * 100) }) : t("looking")}</p>
            </div>
          )}
        </div>
        <Refused error={error} />
        <p><A to="/imports">{t("all")}</A></p>
      </div>
    </>
  );
}
