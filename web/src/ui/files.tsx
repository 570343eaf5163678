// Files of evidence: choosing and sending them, and showing them. An entry
// keeps what FilePicker hands out; what could not be sent yet carries its bytes
// (`blob`) and goes with `sendPicked` when the entry itself is sent.
import { useEffect, useMemo, useRef, useState, type DragEvent } from "react";
import { useQuery } from "@tanstack/react-query";
import { ApiError, apiUrl, get } from "../api/client.ts";
import type { FileInfo, List } from "../api/types.ts";
import { uploadFile, type PickedFile, type UploadOptions } from "../api/upload.ts";
import { formatDate } from "../format/date.ts";
import { formatNumber, type Lang } from "../format/number.ts";
import { say } from "../format/text.ts";
import { useLang } from "../route.tsx";
import { useWords, type Words } from "../words.tsx";
import { Failure, Waiting } from "./failure.tsx";
import { acceptFiles, troubleWith } from "./file-check.ts";
import { fileWords, type FileWord } from "./file-words.ts";
import { Icon } from "./icons.tsx";
import { Lightbox } from "./lightbox.tsx";
import "./files.css";

export type { PickedFile, UploadOptions } from "../api/upload.ts";
export { sendPicked } from "../api/upload.ts";

/** Bytes as people read them. */
export function fileSize(bytes: number, lang: Lang): string {
  const t = fileWords.in(lang);
  const mb = bytes / (1024 * 1024);
  return mb >= 1 ? t("mb", { n: formatNumber(Math.round(mb * 10) / 10, lang) }) : t("kb", { n: formatNumber(Math.max(1, Math.round(bytes / 1024)), lang) });
}

interface Going {
  share?: number;
  trouble?: FileWord;
  detail?: string;
}

interface PickerProps extends UploadOptions {
  value: readonly PickedFile[];
  onChange: (files: PickedFile[]) => void;
  /** Files are only chosen; whoever holds them sends them later with `sendPicked`. */
  later?: boolean;
  max?: number;
  disabled?: boolean;
  /** Names the field for those who do not see its surroundings. */
  label?: string;
}

function troubleOf(e: unknown): Going {
  if (!(e instanceof ApiError)) return { trouble: "waiting" };
  if (e.status === 401 || e.status === 403) return { trouble: "rights" };
  if (e.status === 413) return { trouble: "large", detail: e.message };
  if (e.status === 422 || e.status === 409) return { trouble: "refused", detail: e.message };
  return { trouble: "failed", detail: e.message };
}

const newLocalId = () => Array.from(crypto.getRandomValues(new Uint8Array(10)), (b) => b.toString(36).padStart(2, "0")).join("");

export function FilePicker({ value, onChange, later = false, max = 20, disabled, label, ...upload }: PickerProps) {
  const t = fileWords.use();
  const lang = useLang();
  const chosen = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const latest = useRef(value); // answers come long after they were asked for
  const [going, setGoing] = useState<Record<string, Going | undefined>>({});
  const [over, setOver] = useState(false);
  const [note, setNote] = useState("");
  const stop = useRef(new Map<string, AbortController>());
  useEffect(() => {
    latest.current = value;
  }, [value]);
  useEffect(() => {
    const running = stop.current;
    return () => running.forEach((c) => c.abort());
  }, []);

  const change = (files: PickedFile[]) => {
    latest.current = files;
    onChange(files);
  };
  const progress = (id: string, g: Going | undefined) => setGoing((old) => ({ ...old, [id]: g }));

  const start = async (f: PickedFile) => {
    const control = new AbortController();
    stop.current.set(f.localId, control);
    progress(f.localId, { share: 0 });
    try {
      const got = await uploadFile(f, upload, (share) => progress(f.localId, { share }), control.signal);
      change(latest.current.map((x) => (x.localId === f.localId ? { ...x, id: got.id, name: got.name, type: got.type, blob: null } : x)));
      progress(f.localId, undefined);
    } catch (e) {
      if (!control.signal.aborted) progress(f.localId, troubleOf(e));
    } finally {
      stop.current.delete(f.localId);
    }
  };

  const add = (list: FileList | null) => {
    const files = [...(list ?? [])];
    const room = Math.max(0, max - latest.current.length);
    setNote(files.length > room ? t("many", { n: max }) : "");
    const fresh: PickedFile[] = [];
    for (const f of files.slice(0, room)) {
      const p: PickedFile = { localId: newLocalId(), id: null, name: f.name, type: f.type, size: f.size, blob: f };
      const trouble = troubleWith(f);
      if (trouble) setNote(`${f.name}: ${t(trouble)}`);
      else fresh.push(p);
    }
    if (fresh.length === 0) return;
    change([...latest.current, ...fresh]);
    if (!later) fresh.forEach((f) => void start(f));
  };
  const remove = (f: PickedFile) => {
    stop.current.get(f.localId)?.abort();
    progress(f.localId, undefined);
    change(latest.current.filter((x) => x.localId !== f.localId));
  };
  const take = (input: HTMLInputElement) => {
    add(input.files);
    input.value = ""; // the same file can be chosen again
  };
  const drop = (e: DragEvent) => {
    e.preventDefault();
    setOver(false);
    if (!disabled) add(e.dataTransfer.files);
  };

  return (
    <div className={`picker${over ? " picker-over" : ""}`} role="group" aria-label={label ?? t("add")} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <p className="row">
        <button type="button" className="button" disabled={disabled} onClick={() => chosen.current?.click()}>{t("add")}</button>
        <button type="button" className="button picker-camera" disabled={disabled} onClick={() => camera.current?.click()}>{t("camera")}</button>
      </p>
      <input ref={chosen} type="file" hidden multiple accept={acceptFiles} onChange={(e) => take(e.currentTarget)} data-files />
      <input ref={camera} type="file" hidden accept="image/jpeg,image/png" capture="environment" onChange={(e) => take(e.currentTarget)} />
      <p className="small quiet">{t("hint")} <span className="picker-drop">{t("drop")}</span></p>
      <p className="small picker-note" role="status">{note}</p>
      {value.length > 0 && (
        <ul className="picker-list" aria-label={t("chosen")}>
          {value.map((f) => (
            <Chosen key={f.localId} file={f} going={going[f.localId]} later={later} lang={lang} onRemove={() => remove(f)} onAgain={() => void start(f)} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Chosen({ file, going, later, lang, onRemove, onAgain }: { file: PickedFile; going?: Going; later: boolean; lang: Lang; onRemove: () => void; onAgain: () => void }) {
  const t = fileWords.use();
  const url = useObjectUrl(file.type.startsWith("image/") ? file.blob : null);
  const src = url ?? (file.id && file.type.startsWith("image/") ? thumbUrl(file.id) : undefined);
  const share = going?.share === undefined ? undefined : Math.round(going.share * 100);
  const state: string = going?.trouble ? t(going.trouble) : share !== undefined ? t("sending", { n: share }) : file.id ? t("sent") : later ? t("waiting") : "";
  return (
    <li className="picker-item">
      {src ? <img className="picker-thumb" src={src} alt="" width={48} height={48} /> : <span className="picker-thumb picker-doc" aria-hidden="true">{ending(file.name)}</span>}
      <span className="picker-name">
        <span className="cut">{file.name}</span>
        <span className={`small ${going?.trouble && going.trouble !== "waiting" ? "picker-bad" : "quiet"}`} role={going?.trouble ? "alert" : undefined}>
          {fileSize(file.size, lang)}{state && ` · ${state}`}
        </span>
        {going?.detail && <span className="small quiet" lang="en">{going.detail}</span>}
        {share !== undefined && <progress max={100} value={share} aria-label={t("sending", { n: share })} />}
      </span>
      {going?.trouble && <button type="button" className="button button-small" onClick={onAgain}>{t("again")}</button>}
      <button type="button" className="picker-remove" onClick={onRemove} aria-label={t("remove", { name: file.name })}>×</button>
    </li>
  );
}

/** An address for bytes in memory, as long as they are shown. */
function useObjectUrl(blob: Blob | null): string | undefined {
  const url = useMemo(() => (blob ? URL.createObjectURL(blob) : undefined), [blob]);
  useEffect(() => () => {
    if (url) URL.revokeObjectURL(url);
  }, [url]);
  return url;
}

const ending = (name: string) => name.slice(name.lastIndexOf(".") + 1).slice(0, 4).toUpperCase();

export const thumbUrl = (id: string, size: "small" | "large" = "small") => apiUrl(`/files/${encodeURIComponent(id)}/thumb`, { size });
export const contentUrl = (id: string) => apiUrl(`/files/${encodeURIComponent(id)}/content`);

/** What a file shows, for those who do not see it. */
export function fileName(f: FileInfo, words: Words): string {
  return say(f.caption, words.lang) || `${fileWords.in(words.lang)(f.kind as FileWord)}: ${f.name}`;
}

/** Day and minute on the clock of the camera. */
export function takenAt(f: FileInfo, lang: Lang): string {
  if (!f.taken_at) return "";
  return `${formatDate(f.taken_at.local.slice(0, 10), lang)}, ${f.taken_at.local.slice(11, 16)}`;
}

/** The files that an answer, a promise or a place has. Only one of the three says which. */
export interface FileFilter {
  ids?: readonly string[];
  about?: string;
  place?: string;
}

/** Asks for files as they are now: whatever day the page is seen from, evidence is not hidden. */
export function useFiles({ ids, about, place }: FileFilter) {
  const url = ids?.length === 0 ? "" : apiUrl("/files", { ids: ids?.join(","), about, place });
  return useQuery<List<FileInfo>, Error>({ queryKey: [url || "/api/files/none"], queryFn: ({ signal }) => get<List<FileInfo>>(url, signal), enabled: url !== "" });
}

/** A gallery of files by their ids, or by what they are about, or by place. */
export function FileList({ empty, ...filter }: FileFilter & { empty?: boolean }) {
  const t = fileWords.use();
  const q = useFiles(filter);
  if (filter.ids?.length === 0) return empty ? <p className="quiet">{t("nothing")}</p> : null;
  if (q.error) return <Failure error={q.error} retry={() => void q.refetch()} inner />;
  if (!q.data) return <Waiting rows={2} />;
  if (q.data.items.length === 0) return empty ? <p className="quiet">{t("nothing")}</p> : null;
  return <FileGallery files={q.data.items} />;
}

export function FileGallery({ files, about, onChanged }: { files: readonly FileInfo[]; about?: string; onChanged?: () => void }) {
  const [at, setAt] = useState<number>();
  const t = fileWords.use();
  return (
    <>
      <ul className="files" aria-label={t("evidence")}>
        {files.map((f, i) => (
          <FileCard key={f.id} file={f} onShow={() => setAt(i)} />
        ))}
      </ul>
      {at !== undefined && <Lightbox files={files} at={at} onAt={setAt} onClose={() => setAt(undefined)} about={about} onChanged={onChanged} />}
    </>
  );
}

function FileCard({ file: f, onShow }: { file: FileInfo; onShow: () => void }) {
  const words = useWords();
  const t = fileWords.use();
  const name = fileName(f, words);
  const date = takenAt(f, words.lang) || formatDate(f.sent_at.slice(0, 10), words.lang);
  return (
    <li className="file" id={`file-${f.id}`}>
      <button type="button" className="file-face" onClick={onShow} aria-label={t("show", { name })}>
        {f.thumb ? (
          <img src={thumbUrl(f.id)} alt={t("photoOf", { name, date: takenAt(f, words.lang) || t("noDate"), place: words.place(f.place) })} loading="lazy" width={f.width} height={f.height} />
        ) : (
          <span className="file-doc"><Icon name="down" size={20} />{f.erased ? t("erased") : ending(f.name)}</span>
        )}
      </button>
      <p className="file-text">
        <span className="cut" title={name}>{name}</span>
        <span className="small quiet">{date} · {words.placeShort(f.place)}</span>
        <FileTags file={f} />
      </p>
    </li>
  );
}

/** What those who work with a file have to know of it. */
export function FileTags({ file: f }: { file: FileInfo }) {
  const t = fileWords.use();
  return (
    <>
      {f.restricted && <span className="tag tag-late">{t("restricted")}</span>}
      {!f.restricted && !f.public && <span className="tag">{t("unpublished")}</span>}
      {f.flags.map((x) => <span key={x} className="tag tag-wait file-flag">{t(`flag_${x}` as FileWord)}</span>)}
    </>
  );
}
