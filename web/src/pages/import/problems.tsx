// What is wrong, cell by cell, and the way to correct it here or in the file.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { apiUrl, get } from "../../api/client.ts";
import type { Import, ImportProblem, ImportProblems } from "../../api/types.ts";
import { say } from "../../format/text.ts";
import { useLang } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { Refused, useAction } from "../../ui/form.tsx";
import { Card } from "../../ui/page.tsx";
import { withMeaning } from "./roles.ts";
import type { useStep } from "./use-import.ts";
import { importWords } from "./words.ts";

const pageSize = 50;

/** Codes of problems whose cell names a thing: what it means can be said for the whole table. */
const namedCodes: Record<string, string> = { place: "place", measure: "measure", unit: "unit", document: "source" };

interface Props {
  i: Import;
  step: ReturnType<typeof useStep>;
  editable: boolean;
}

export function Problems({ i, step, editable }: Props) {
  const t = importWords.use();
  const lang = useLang();
  const [cells, setCells] = useState<Record<string, string>>({});
  const [rows, setRows] = useState<readonly number[]>([]);
  const [meanings, setMeanings] = useState<Record<string, [role: string, text: string, code: string]>>({});
  const q = useInfiniteQuery({
    queryKey: [`/api/imports/${i.id}/problems`, i.version],
    queryFn: ({ pageParam, signal }) => get<ImportProblems>(apiUrl(`/imports/${i.id}/problems`, { limit: pageSize, after: pageParam }), signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
  });
  const send = useAction(async () => {
    let now = i;
    const said = Object.values(meanings);
    if (said.length) {
      const mapping = said.reduce((m, [role, text, code]) => withMeaning(m, role, text, code), i.mapping);
      now = await step("PUT", "/mapping", { version: now.version, encoding: ["Windows-1251", "KZ-1048"].includes(i.encoding) ? i.encoding : "", mapping });
    }
    now = await step("PUT", "/cells", { version: now.version, cells: Object.entries(cells).map(([cell, text]) => ({ cell, text })), leave: rows });
    await step("POST", "/check", { version: now.version });
  });
  const undo = useAction(async (body: { undo?: string[]; keep?: number[] }) => void (await step("PUT", "/cells", { version: i.version, ...body })));
  const pending = Object.keys(cells).length + rows.length + Object.keys(meanings).length;
  const c = i.check;
  const items = q.data?.pages.flatMap((p) => p.items) ?? [];
  const put = (cell: string, text: string | null) => setCells((was) => {
    const next = { ...was };
    if (text === null) delete next[cell];
    else next[cell] = text;
    return next;
  });
  const roleFor = (p: ImportProblem) => (p.code === "document" && i.mapping.columns?.document && !i.mapping.columns.source ? "document" : namedCodes[p.code]);
  const file = (format: string) => apiUrl(`/imports/${i.id}/annotated`, { format, lang });
  return (
    <Card id="problems" title={c?.problems ? t("problems", { n: c.problems }) : t("corrections", { n: i.cells.length })} aside={c?.problems ? <p>{t("faulty", { n: c.faulty })}</p> : undefined}>
      <div className="stack-s">
        {c && c.problems > 0 && (
          <div className="row">
            <a className="button button-small" href={file("xlsx")} download>{t("annotatedXlsx")}</a>
            <a className="button button-small" href={file("csv")} download>{t("annotatedCsv")}</a>
          </div>
        )}
        {c && c.listed < c.problems && <p className="small quiet">{t("listed", { n: c.listed })}</p>}
        {q.error && <Failure inner error={q.error} retry={() => void q.refetch()} />}
        {q.isPending && <Waiting rows={4} />}
        <ol className="bads">
          {items.map((p, n) => (
            <Bad key={`${p.cell}${p.row}${p.code}${n}`} p={p} editable={editable} left={rows.includes(p.row)} text={cells[p.cell]}
              role={roleFor(p)} everywhere={Boolean(meanings[`${p.code} ${p.text}`])}
              onText={(v) => put(p.cell, v)}
              onLeave={() => setRows(rows.includes(p.row) ? rows.filter((r) => r !== p.row) : [...rows, p.row])}
              onEverywhere={(role) => setMeanings((was) => ({ ...was, [`${p.code} ${p.text}`]: [role, p.text.trim(), p.suggestion] }))} />
          ))}
        </ol>
        {q.hasNextPage && <button type="button" className="button" disabled={q.isFetchingNextPage} onClick={() => void q.fetchNextPage()}>{t("moreProblems")}</button>}
        {i.cells.length + i.leave.length > 0 && (
          <details>
            <summary>{t("corrections", { n: i.cells.length })}{i.leave.length > 0 && `; ${t("nLeft").toLowerCase()}: ${i.leave.length}`}</summary>
            <ul className="fixes">
              {i.cells.map((x) => (
                <li key={x.cell}><span className="tag">{x.cell}</span><code>{x.text || t("emptyCell")}</code>{editable && <button type="button" className="button button-small" disabled={undo.busy} aria-label={`${t("undo")}: ${x.cell}`} onClick={() => void undo.run({ undo: [x.cell] })}>{t("undo")}</button>}</li>
              ))}
              {i.leave.map((r) => (
                <li key={r}><span className="tag">{t("inRow", { n: r })}</span>{t("rowLeft")}{editable && <button type="button" className="button button-small" disabled={undo.busy} aria-label={`${t("keepRow")}: ${r}`} onClick={() => void undo.run({ keep: [r] })}>{t("keepRow")}</button>}</li>
              ))}
            </ul>
          </details>
        )}
        <Refused error={send.error ?? undo.error} />
        {pending > 0 && (
          <div className="bar" role="status">
            <span>{t("pending", { n: pending })}</span>
            <button type="button" className="button button-main" disabled={send.busy} onClick={() => void send.run()}>{t("saveAndCheck")}</button>
          </div>
        )}
      </div>
    </Card>
  );
}

interface BadProps {
  p: ImportProblem;
  editable: boolean;
  left: boolean;
  text: string | undefined;
  role: string | undefined;
  everywhere: boolean;
  onText: (v: string | null) => void;
  onLeave: () => void;
  onEverywhere: (role: string) => void;
}

function Bad({ p, editable, left, text, role, everywhere, onText, onLeave, onEverywhere }: BadProps) {
  const t = importWords.use();
  const lang = useLang();
  const where = p.cell ? t("inCell", { cell: p.cell }) : p.row > 0 ? t("inRow", { n: p.row }) : t("inTable");
  const at = p.cell ? columnOf(p.cell) : -1;
  const gone = left || everywhere;
  return (
    <li className={gone ? "bad-gone" : undefined}>
      <div className="bad-top"><strong>{where}</strong>{p.column && <span className="tag">{p.column}</span>}<span>{say(p.message, lang)}</span></div>
      {p.cells.length > 0 && (
        <div className="bad-row" tabIndex={0} role="group" aria-label={t("inRow", { n: p.row })}>
          {p.cells.map((s, n) => (n === at ? <mark key={n}>{s || t("emptyCell")}</mark> : <span key={n}>{s}</span>))}
        </div>
      )}
      {editable && p.row > 0 && (
        <div className="bad-fix">
          {p.cell && !gone && (
            <label className="field">
              <span>{t("newText", { cell: p.cell })}</span>
              <input className="input" value={text ?? p.text} maxLength={4000} onChange={(e) => onText(e.target.value === p.text ? null : e.target.value)} />
            </label>
          )}
          {p.cell && p.suggestion && !gone && <button type="button" className="button button-small" onClick={() => onText(p.suggestion)}>{t("useThis", { code: p.suggestion })}</button>}
          {p.suggestion && role && !gone && <button type="button" className="button button-small" onClick={() => onEverywhere(role)}>{t("useEverywhere")}</button>}
          {everywhere ? <span className="tag tag-good">{p.suggestion}: {t("useEverywhere").toLowerCase()}</span> : (
            <button type="button" className="button button-small" aria-pressed={left} onClick={onLeave}>{left ? t("keepRow") : t("leaveRow")}</button>
          )}
        </div>
      )}
    </li>
  );
}

/** The column of a cell such as D17, from 0. */
export function columnOf(cell: string): number {
  let n = 0;
  for (const ch of cell) {
    if (ch < "A" || ch > "Z") break;
    n = n * 26 + ch.charCodeAt(0) - 64;
  }
  return n - 1;
}
