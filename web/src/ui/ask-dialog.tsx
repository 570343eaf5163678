// Asking: which office answers, what is asked, by when. For those without the
// right there is the prepared letter.
import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useId, useMemo, useRef, useState } from "react";
import { ApiError, sendJson } from "../api/client.ts";
import { useApi } from "../api/queries.ts";
import type { AskPage, Asking } from "../api/types.ts";
import { sortBy } from "../format/collate.ts";
import { langs, type Lang } from "../format/number.ts";
import { say } from "../format/text.ts";
import { define } from "../i18n/define.ts";
import { common } from "../i18n/words.ts";
import { A } from "../route.tsx";
import { useWords, Words } from "../words.tsx";
import type { Message } from "./ask.ts";
import { AskFacts } from "./asked.tsx";
import { Combo, type Option } from "./combo.tsx";
import { Dialog } from "./dialog.tsx";
import { Failure, Waiting } from "./failure.tsx";
import { Refused, useAction } from "./form.tsx";
import { Icon } from "./icons.tsx";
import { langNames } from "./lang-names.ts";
import { useRights } from "./rights-words.ts";

export const askDialogWords = define({
  title: ["Мекемеден сұрау", "Спросить ведомство", "Ask an office"],
  office: ["Кімнен сұралады", "Кого спрашиваем", "Which office is asked"],
  text: ["Сұрақ мәтіні", "Текст вопроса", "The question"],
  others: ["Басқа тілдерде (міндетті емес)", "На других языках (необязательно)", "In other languages (optional)"],
  due: ["Жауап мерзімі", "Ответить до", "Answer by"],
  send: ["Сұрау", "Спросить", "Ask"],
  letter: ["Хат ашу", "Открыть письмо", "Write a letter"],
  copy: ["Мәтінін көшіру", "Скопировать текст", "Copy the text"],
  copied: ["Көшірілді", "Скопировано", "Copied"],
  public: [
    "Кімнен не сұралғаны және жауаптың келген-келмегені бәріне көрінеді. Кім сұрағаны жарияланбайды.",
    "Все увидят, кого и о чём спросили и есть ли ответ. Кто спросил, не публикуется.",
    "Everybody will see which office was asked, what, and whether it answered. Who asked is not published.",
  ],
  already: ["Бұл мекемеден дәл осы сұралған, әлі жауап жоқ.", "Это ведомство уже спросили о том же, ответа пока нет.", "This office was asked the same and has not answered yet."],
  noRight: [
    "Мекемеден сұрауға құқық керек: {place}. Ондай құқық мына рөлдерде бар: {roles}. Дайын хатты өз поштаңыздан жібере аласыз.",
    "Чтобы спросить ведомство, нужно право: {place}. Оно есть у ролей: {roles}. Готовое письмо можно отправить из своей почты.",
    "To ask an office takes a right in {place}. These roles have it: {roles}. The prepared letter can be sent from your own mail.",
  ],
} as const);

/** The prepared text in every language; the names come in that language too. */
function useDrafts(message: (w: Words) => Message): Record<Lang, Message> {
  const words = useWords();
  return useMemo(() => Object.fromEntries(langs.map((l) => [l, message(new Words(words.vocabulary, l))])) as Record<Lang, Message>, [words.vocabulary, message]);
}

/** Offices that can answer, by name. */
export function useOfficeOptions(): Option[] {
  const words = useWords();
  return useMemo(() => {
    const list = Object.entries(words.vocabulary.offices).filter(([, o]) => o.kind !== "press").map(([code, o]) => ({ value: code, text: say(o.name, words.lang) || code }));
    return sortBy(words.lang, list, (o) => o.text);
  }, [words]);
}

export default function AskDialog({ about, message, onClose }: { about: string; message: (w: Words) => Message; onClose: () => void }) {
  const t = askDialogWords.use();
  const q = useApi<Asking>("/asking", { about }, false);
  return (
    <Dialog title={t("title")} onClose={onClose}>
      {q.error ? <Failure inner error={q.error} retry={() => void q.refetch()} /> : q.data ? <Form asking={q.data} message={message} onClose={onClose} /> : <Waiting rows={6} />}
    </Dialog>
  );
}

function Form({ asking: a, message, onClose }: { asking: Asking; message: (w: Words) => Message; onClose: () => void }) {
  const words = useWords();
  const t = askDialogWords.use();
  const c = common.use();
  const rights = useRights();
  const id = useRef(crypto.randomUUID());
  const drafts = useDrafts(message);
  const options = useOfficeOptions();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [office, setOffice] = useState(a.office);
  const [due, setDue] = useState(a.due);
  const [text, setText] = useState<Partial<Record<Lang, string>>>({ [words.lang]: drafts[words.lang].body });
  const [copied, setCopied] = useState(false);
  const may = a.may.includes("ask");
  const before = a.waiting.find((x) => x.office === office);
  const others = langs.filter((l) => l !== words.lang);
  const put = (l: Lang, v: string) => setText((old) => ({ ...old, [l]: v }));
  const ask = useAction(async () => {
    const page = await sendJson<AskPage>("POST", "/asks", { id: id.current, about: a.about.id, office, due, text: Object.fromEntries(Object.entries(text).filter(([, v]) => v.trim())) });
    await client.invalidateQueries();
    onClose();
    await navigate({ to: `/${words.lang}/asks/${page.ask.id}` as never });
  });
  const conflict = ask.error instanceof ApiError && ask.error.see ? ask.error.see : "";
  const own = text[words.lang] ?? "";
  const href = `mailto:?subject=${encodeURIComponent(drafts[words.lang].subject)}&body=${encodeURIComponent(own)}`;
  const copy = async () => {
    await navigator.clipboard.writeText(`${drafts[words.lang].subject}\n\n${own}`);
    setCopied(true);
  };
  return (
    <form className="stack-s" noValidate onSubmit={(e) => { e.preventDefault(); if (may && !before) void ask.run(); }}>
      <p><strong>{say(a.about.title, words.lang) || a.about.id}</strong></p>
      <div className="dialog-pair">
        <Combo label={t("office")} options={options} value={office} onChange={setOffice} required />
        <label className="field">
          <span>{t("due")}</span>
          <input type="date" className="input" value={due} required onChange={(e) => setDue(e.target.value)} />
        </label>
      </div>
      {before && <div className="note" role="status"><p>{t("already")}</p><AskFacts asked={before} /></div>}
      <Area label={`${t("text")} (${langNames[words.lang]})`} lang={words.lang} value={own} onChange={(v) => put(words.lang, v)} />
      <details onToggle={(e) => { if (e.currentTarget.open) setText((old) => ({ ...Object.fromEntries(others.map((l) => [l, drafts[l].body])), ...old })); }}>
        <summary>{t("others")}</summary>
        <div className="stack-s">{others.map((l) => <Area key={l} label={langNames[l]} lang={l} value={text[l] ?? ""} onChange={(v) => put(l, v)} />)}</div>
      </details>
      {may ? <p className="small quiet">{t("public")}</p> : <p className="note">{t("noRight", { place: words.place(a.missing ?? words.root), roles: a.givers.map(rights.role).join(", ") })}</p>}
      {conflict ? <p className="note" role="alert">{t("already")} <A to={conflict}>{c("open")} →</A></p> : <Refused error={ask.error} />}
      <p className="row">
        {may && <button type="submit" className="button button-main" disabled={ask.busy || before !== undefined || own.trim() === ""}>{t("send")}</button>}
        <a className={`button${may ? "" : " button-main"}`} href={href}><Icon name="mail" />{t("letter")}</a>
        <button type="button" className="button" onClick={() => void copy()}>{t("copy")}</button>
        <span role="status" className="small">{copied ? t("copied") : ""}</span>
      </p>
    </form>
  );
}

export function Area({ label, lang, value, onChange, invalid, hint }: { label: string; lang?: string; value: string; onChange: (v: string) => void; invalid?: boolean; hint?: string }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}><span>{label}</span></label>
      <textarea id={id} className="input" lang={lang} value={value} maxLength={10_000} aria-invalid={invalid || undefined} aria-describedby={hint ? `${id}-h` : undefined} onChange={(e) => onChange(e.target.value)} />
      {hint && <span id={`${id}-h`} className="small quiet">{hint}</span>}
    </div>
  );
}
