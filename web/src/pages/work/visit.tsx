// The form of a site visit, for a phone held in one hand and a place without a
// connection: photos, a percentage, a remark. What is written is kept on the
// device first and sent when it can be.
import { useEffect, useRef, useState } from "react";
import { ApiError, get } from "../../api/client.ts";
import { useSession } from "../../api/queries.ts";
import type { WorkPage } from "../../api/works.ts";
import { parseNumber } from "../../format/parse-number.ts";
import { say } from "../../format/text.ts";
import { startQueue, startWorker, useOnline } from "../../offline/offline.ts";
import type { Queued } from "../../offline/queue.ts";
import { A, usePathId } from "../../route.tsx";
import { acceptFiles, troubleWith } from "../../ui/file-check.ts";
import { fileWords } from "../../ui/file-words.ts";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Icon } from "../../ui/icons.tsx";
import { PageHead, usePageTitle } from "../../ui/page.tsx";
import { useWorkNames } from "./by-line.tsx";
import { SelectField, TextField, type Wrongs } from "./fields.tsx";
import { workFormWords } from "./form-words.ts";
import { keepVisit, readVisit, sendVisit, visitOf, visitPage, type Visit, type VisitPage } from "./visit-queue.ts";
import { WaitingVisits } from "./waiting.tsx";
import "./work.css";
import "./visit.css";

const maxPhotos = 20;

export default function VisitForm() {
  const id = usePathId();
  const t = workFormWords.use();
  const { lang } = useWorkNames();
  const [page, setPage] = useState<VisitPage>();
  const [error, setError] = useState<Error>();
  const [never, setNever] = useState(false);
  usePageTitle(page ? `${t("visitTitle")}: ${say(page.title, lang)}` : t("visitTitle"));
  useEffect(() => {
    startQueue();
    startWorker();
    let on = true;
    const load = async () => {
      try {
        const p = visitPage(await get<WorkPage>(`/api/works/${encodeURIComponent(id)}`));
        if (p.may.includes("report_works")) await keepVisit(p);
        if (on) setPage(p);
      } catch (e) {
        const old = e instanceof ApiError && e.status < 500 ? undefined : await readVisit(id);
        if (!on) return;
        if (old) setPage(old);
        else if (e instanceof ApiError) setError(e);
        else setNever(true);
      }
    };
    void load();
    return () => {
      on = false;
    };
  }, [id]);
  if (error) return <Failure error={error} />;
  if (never) return <><PageHead title={t("visitTitle")} /><p className="note">{t("never")}</p><WaitingVisits work={id} /></>;
  if (!page) return <Waiting rows={8} />;
  return <Form key={page.id} page={page} />;
}

const emptyVisit = (on: string): Visit => ({ key: crypto.randomUUID(), on, stage: "", percent: null, reason: "", remark: "", point: null, photos: [] });

/** Today where the reader is, when the server cannot be asked. */
function localToday(): string {
  const d = new Date();
  return new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function Form({ page }: { page: VisitPage }) {
  const t = workFormWords.use();
  const names = useWorkNames();
  const today = useSession().data?.today ?? localToday();
  const online = useOnline();
  const [v, setV] = useState<Visit>(() => emptyVisit(today));
  const [percent, setPercent] = useState("");
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState(false);
  const patch = (p: Partial<Visit>) => setV((old) => ({ ...old, ...p }));
  const stage = page.stages.find((s) => s.code === v.stage);
  const last = v.stage === "" ? page.whole : stage && stage.percent !== null ? { percent: stage.percent, on: stage.on ?? "" } : null;
  const value = percent.trim() === "" ? null : Number(parseNumber(percent) ?? Number.NaN);
  const falls = value !== null && last !== null && value < last.percent;
  const wrong: Wrongs = {};
  if (value !== null && !(value >= 0 && value <= 100 && Math.abs(Math.round(value * 100) - value * 100) < 1e-9)) wrong.percent = { key: "wrong_percent" };
  if (falls && v.reason.trim() === "") wrong.reason = { key: "reasonFalls" };
  if (v.on > today || v.on === "") wrong.on = { key: "wrong_on" };
  const empty = v.photos.length === 0 && value === null && v.remark.trim() === "";
  const mend = (e: Queued) => {
    const old = visitOf(e);
    setV(old);
    setPercent(old.percent === null ? "" : String(old.percent));
    setSent(false);
    window.scrollTo({ top: 0 });
  };
  const submit = async () => {
    setTried(true);
    if (empty || Object.keys(wrong).length > 0) return;
    await sendVisit(page.id, { ...v, percent: value });
    setV(emptyVisit(today));
    setPercent("");
    setTried(false);
    setSent(true);
  };
  if (!page.may.includes("report_works")) return <><PageHead title={t("visitTitle")} eyebrow={say(page.title, names.lang)} /><p className="note">{t("notYours")}</p></>;
  const shown = tried ? wrong : {};
  return (
    <div className="visit">
      <PageHead above={<ol className="crumbs"><li><A to={`/works/${page.id}`}>{say(page.title, names.lang)}</A></li></ol>} title={t("visitTitle")} eyebrow={names.words.place(page.place)}>
        {!online && <p className="note visit-offline" role="status">{t("offline")}</p>}
      </PageHead>
      <WaitingVisits work={page.id} onMend={mend} />
      {sent ? <Done work={page.id} onAnother={() => setSent(false)} /> : (
        <form className="visit-form" noValidate onSubmit={(e) => { e.preventDefault(); void submit(); }}>
          <Photos photos={v.photos} onChange={(photos) => patch({ photos })} />
          <div className="visit-percent">
            <SelectField label={t("what")} value={v.stage} onChange={(s) => patch({ stage: s })} options={[["", t("whole")], ...page.stages.map((s) => [s.code, say(s.name, names.lang)] as const)]} />
            <TextField label={t("percent")} inputMode="decimal" value={percent} onChange={setPercent} wrong={shown.percent} hint={last ? t("last", { value: names.percent(last.percent), date: names.date(last.on) }) : t("lastNone")} />
          </div>
          {falls && <TextField label={t("reasonFalls")} rows={2} maxLength={2000} value={v.reason} onChange={(reason) => patch({ reason })} wrong={shown.reason} />}
          <TextField label={t("remark")} hint={t("remarkHint")} rows={3} maxLength={2000} value={v.remark} onChange={(remark) => patch({ remark })} />
          <TextField label={t("on")} type="date" max={today} value={v.on} onChange={(on) => patch({ on })} wrong={shown.on} />
          <Position point={v.point} onChange={(point) => patch({ point })} />
          {tried && empty && <p className="small wrong" role="alert">{t("visitEmpty")}</p>}
          <button type="submit" className="button button-main visit-send">{t("visitSend")}</button>
        </form>
      )}
    </div>
  );
}

function Done({ work, onAnother }: { work: string; onAnother: () => void }) {
  const t = workFormWords.use();
  const online = useOnline();
  return (
    <div className="visit-done" role="status">
      <p className="strong">{online ? t("sent") : t("keptHere")}</p>
      <p className="row">
        <A to={`/works/${work}`} className="button">{t("toWork")}</A>
        <button type="button" className="button" onClick={onAnother}>{t("another")}</button>
      </p>
    </div>
  );
}

function Photos({ photos, onChange }: { photos: Visit["photos"]; onChange: (p: Visit["photos"]) => void }) {
  const t = workFormWords.use();
  const f = fileWords.use();
  const camera = useRef<HTMLInputElement>(null);
  const chosen = useRef<HTMLInputElement>(null);
  const [note, setNote] = useState("");
  const add = (input: HTMLInputElement) => {
    const fresh: Visit["photos"] = [];
    setNote("");
    for (const file of input.files ?? []) {
      const trouble = troubleWith(file);
      if (trouble) setNote(`${file.name}: ${f(trouble)}`);
      else if (photos.length + fresh.length >= maxPhotos) setNote(t("tooMany", { n: maxPhotos }));
      else fresh.push({ name: file.name, blob: file });
    }
    input.value = ""; // the same file can be chosen again
    if (fresh.length > 0) onChange([...photos, ...fresh]);
  };
  return (
    <section className="visit-photos" aria-label={t("evidence")}>
      <button type="button" className="button button-main visit-camera" onClick={() => camera.current?.click()}><Icon name="device" />{t("photo")}</button>
      <button type="button" className="button visit-choose" onClick={() => chosen.current?.click()}>{t("choose")}</button>
      <input ref={camera} type="file" hidden accept="image/jpeg,image/png" capture="environment" onChange={(e) => add(e.currentTarget)} data-camera />
      <input ref={chosen} type="file" hidden multiple accept={acceptFiles} onChange={(e) => add(e.currentTarget)} data-files />
      {photos.length === 0 ? <p className="small quiet visit-none">{t("photosNone")}</p> : (
        <ul className="visit-thumbs">
          {photos.map((p, i) => <Thumb key={`${p.name}${i}`} photo={p} onRemove={() => onChange(photos.filter((_, j) => j !== i))} />)}
        </ul>
      )}
      {note && <p className="small wrong" role="alert">{note}</p>}
    </section>
  );
}

function Thumb({ photo, onRemove }: { photo: Visit["photos"][number]; onRemove: () => void }) {
  const t = workFormWords.use();
  const [url, setUrl] = useState("");
  useEffect(() => {
    const made = photo.blob.type.startsWith("image/") ? URL.createObjectURL(photo.blob) : "";
    const soon = window.setTimeout(() => setUrl(made), 0);
    return () => {
      window.clearTimeout(soon);
      if (made) URL.revokeObjectURL(made);
    };
  }, [photo.blob]);
  return (
    <li>
      {url ? <img src={url} alt={photo.name} /> : <span className="visit-doc">{photo.name}</span>}
      <button type="button" onClick={onRemove} aria-label={t("removePhoto", { name: photo.name })}>×</button>
    </li>
  );
}

/** Where somebody stands, when they say so and the phone allows it. */
function Position({ point, onChange }: { point: Visit["point"]; onChange: (p: Visit["point"]) => void }) {
  const t = workFormWords.use();
  const [metres, setMetres] = useState<number>();
  const [no, setNo] = useState(false);
  const ask = () => {
    setNo(false);
    if (!("geolocation" in navigator)) {
      setNo(true);
      return;
    }
    navigator.geolocation.getCurrentPosition(
      (p) => {
        setMetres(Math.round(p.coords.accuracy));
        onChange({ lat: Number(p.coords.latitude.toFixed(5)), lon: Number(p.coords.longitude.toFixed(5)) });
      },
      () => setNo(true),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  };
  return (
    <section className="visit-position">
      {point ? (
        <p className="row"><span>{t("positionGot", { n: metres ?? 0 })}</span><button type="button" className="button" onClick={() => onChange(null)}>{t("positionDrop")}</button></p>
      ) : (
        <button type="button" className="button" onClick={ask}>{t("position")}</button>
      )}
      <p className="small quiet" role="status">{no ? t("positionNo") : t("positionWhy")}</p>
    </section>
  );
}
