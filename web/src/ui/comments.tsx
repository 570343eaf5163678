// Talk among those who may read drafts: a comment is never changed, its author
// can take it back, and offices that it names are told.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ApiError, apiUrl, get, sendJson } from "../api/client.ts";
import { useSession } from "../api/queries.ts";
import type { Comment, List } from "../api/types.ts";
import { formatMoment } from "../format/date.ts";
import { define } from "../i18n/define.ts";
import { useWords } from "../words.tsx";
import { Area, useOfficeOptions } from "./ask-dialog.tsx";
import { Combo } from "./combo.tsx";
import { Refused, useAction } from "./form.tsx";
import { Card } from "./page.tsx";
import "./asked.css";

export const commentWords = define({
  title: ["Пікірлер", "Комментарии", "Comments"],
  hint: ["Тек жобаларды көре алатындарға көрінеді", "Видны только тем, кто видит черновики", "Seen only by those who may read drafts"],
  none: ["Әзірге пікір жоқ.", "Пока комментариев нет.", "No comments yet."],
  write: ["Пікір жазу", "Написать комментарий", "Write a comment"],
  mention: ["Мекемені хабардар ету", "Уведомить ведомство", "Tell an office"],
  send: ["Жіберу", "Отправить", "Send"],
  withdraw: ["Қайтарып алу", "Убрать", "Take back"],
  gone: ["Пікір қайтарып алынды", "Комментарий убран автором", "The author took this comment back"],
  mine: ["сіз", "вы", "you"],
  told: ["Хабардар етілді: {list}", "Уведомлены: {list}", "Told: {list}"],
} as const);

/** The comments on a thing: kind and id, such as promise:C7p. Nothing for those who may not read drafts there. */
export function Comments({ about }: { about: string }) {
  const session = useSession().data;
  if (!session?.acts.includes("read_drafts")) return null;
  return <Thread about={about} />;
}

/** The same behind a button, for things that stand in a list. */
export function CommentsFold({ about }: { about: string }) {
  const t = commentWords.use();
  const session = useSession().data;
  const [open, setOpen] = useState(false);
  if (!session?.acts.includes("read_drafts")) return null;
  return open ? <Thread about={about} /> : <button type="button" className="button button-small no-print" onClick={() => setOpen(true)}>{t("title")}</button>;
}

function Thread({ about }: { about: string }) {
  const t = commentWords.use();
  const url = apiUrl("/comments", { about });
  const q = useQuery<List<Comment>, Error>({ queryKey: [url], queryFn: ({ signal }) => get<List<Comment>>(url, signal) });
  if (q.error instanceof ApiError && (q.error.status === 403 || q.error.status === 404)) return null; // not in this territory
  if (!q.data) return null;
  return (
    <Card id="comments" title={t("title")} aside={<p>{t("hint")}</p>} className="no-print">
      <div className="stack-s">
        {q.data.items.length === 0 && <p className="quiet">{t("none")}</p>}
        {q.data.items.map((c) => <Said key={c.id} comment={c} url={url} />)}
        <Write about={about} url={url} />
      </div>
    </Card>
  );
}

function Said({ comment: c, url }: { comment: Comment; url: string }) {
  const words = useWords();
  const t = commentWords.use();
  const client = useQueryClient();
  const back = useAction(async () => {
    await sendJson("POST", `/comments/${c.id}/withdraw`);
    await client.invalidateQueries({ queryKey: [url] });
  });
  return (
    <article className="asked">
      <p className="asked-facts">
        <strong>{words.office(c.office) || "—"}</strong>
        {c.mine && <span>{t("mine")}</span>}
        <time dateTime={c.at}>{formatMoment(c.at, words.lang)}</time>
        {c.mine && !c.withdrawn && <button type="button" className="button button-small" disabled={back.busy} onClick={() => void back.run()}>{t("withdraw")}</button>}
      </p>
      {c.withdrawn ? <p className="quiet"><em>{t("gone")}</em></p> : <p className="reply-text">{c.text}</p>}
      {c.mentions.length > 0 && <p className="small quiet">{t("told", { list: c.mentions.map((o) => words.office(o)).join(", ") })}</p>}
      <Refused error={back.error} />
    </article>
  );
}

function Write({ about, url }: { about: string; url: string }) {
  const t = commentWords.use();
  const client = useQueryClient();
  const options = useOfficeOptions();
  const id = useRef(crypto.randomUUID());
  const [text, setText] = useState("");
  const [office, setOffice] = useState("");
  const send = useAction(async () => {
    await sendJson("POST", "/comments", { id: id.current, about, text, mentions: office ? [office] : [] });
    id.current = crypto.randomUUID();
    setText("");
    setOffice("");
    await client.invalidateQueries({ queryKey: [url] });
  });
  return (
    <form className="stack-s" onSubmit={(e) => { e.preventDefault(); if (text.trim()) void send.run(); }}>
      <Area label={t("write")} value={text} onChange={setText} />
      <Combo label={t("mention")} options={options} value={office} onChange={setOffice} empty="—" />
      <Refused error={send.error} />
      <p><button type="submit" className="button" disabled={send.busy || text.trim() === ""}>{t("send")}</button></p>
    </form>
  );
}
