// One file large, with what is known of it. Arrow keys go on, Escape closes;
// the dialogue of the browser keeps the focus and gives it back.
import { useEffect, useRef, type KeyboardEvent } from "react";
import type { FileInfo } from "../api/types.ts";
import { formatDate } from "../format/date.ts";
import { common } from "../i18n/words.ts";
import { useWords } from "../words.tsx";
import { FileActs } from "./file-acts.tsx";
import { FileTags, contentUrl, fileName, fileSize, takenAt, thumbUrl } from "./files.tsx";
import { fileWords } from "./file-words.ts";

interface Props {
  files: readonly FileInfo[];
  at: number;
  onAt: (i: number) => void;
  onClose: () => void;
  /** The published thing beside which the files lie here. */
  about?: string;
  /** Something was changed: the files must be asked for again. Without it nothing can be. */
  onChanged?: () => void;
}

export function Lightbox({ files, at, onAt, onClose, about, onChanged }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const t = fileWords.use();
  const c = common.use();
  const words = useWords();
  useEffect(() => {
    const d = box.current;
    if (d && !d.open) d.showModal();
    return () => d?.close();
  }, []);
  const f = files[Math.min(at, files.length - 1)];
  if (!f) return null;
  const go = (step: number) => onAt((at + step + files.length) % files.length);
  const key = (e: KeyboardEvent) => {
    if (e.target instanceof HTMLInputElement || e.target instanceof HTMLTextAreaElement) return;
    if (e.key === "ArrowRight" || e.key === "ArrowDown") go(1);
    else if (e.key === "ArrowLeft" || e.key === "ArrowUp") go(-1);
    else return;
    e.preventDefault();
  };
  const name = fileName(f, words);
  return (
    <dialog ref={box} className="lightbox" aria-label={t("viewer")} onClose={onClose} onKeyDown={key} onClick={(e) => e.target === box.current && onClose()}>
      <div className="lightbox-bar">
        <span className="small" role="status">{t("count", { i: at + 1, n: files.length })}</span>
        {files.length > 1 && (
          <>
            <button type="button" className="button button-small" onClick={() => go(-1)}>{t("previous")}</button>
            <button type="button" className="button button-small" onClick={() => go(1)}>{t("next")}</button>
          </>
        )}
        <button type="button" className="button button-small" onClick={onClose}>{c("close")}</button>
      </div>
      <div className="lightbox-face">
        {f.thumb ? <img key={f.id} src={thumbUrl(f.id, "large")} alt={name} /> : <p className="note">{f.erased ? t("erasedWhy", { reason: f.reason ?? "" }) : t("noPicture")}</p>}
      </div>
      <div className="lightbox-text">
        <p><strong>{name}</strong> <FileTags file={f} /></p>
        <Known file={f} />
        {!f.erased && (
          <p className="row">
            <a className="button button-small" href={contentUrl(f.id)} target="_blank" rel="noreferrer">{t("open")}</a>
            <a className="button button-small" href={contentUrl(f.id)} download={f.name}>{t("save")}</a>
          </p>
        )}
        {onChanged && f.may.length > 0 && <FileActs key={`${f.id}-${f.version}`} file={f} about={about} onChanged={onChanged} />}
      </div>
    </dialog>
  );
}

/** Five places are a metre. */
const degrees = (v: number) => v.toFixed(5);

/** Who, where, when and how large. */
function Known({ file: f }: { file: FileInfo }) {
  const t = fileWords.use();
  const words = useWords();
  return (
    <dl className="dl small">
      {f.taken_at && <><dt>{t("taken")}</dt><dd>{takenAt(f, words.lang)}{f.taken_at.offset === null && <span className="quiet"> ({t("cameraClock")})</span>}</dd></>}
      <dt>{t("sentAt")}</dt><dd>{formatDate(f.sent_at.slice(0, 10), words.lang)}</dd>
      <dt>{t("place")}</dt><dd>{words.place(f.place)}</dd>
      {f.point && <><dt>{t("point")}</dt><dd>{degrees(f.point.lat)}; {degrees(f.point.lon)}</dd></>}
      {f.office && <><dt>{t("office")}</dt><dd>{words.office(f.office)}</dd></>}
      <dt>{t("size")}</dt><dd>{fileSize(f.size, words.lang)}</dd>
      <dt>{t("fingerprint")}</dt><dd className="sum">{f.sha256}</dd>
    </dl>
  );
}
