// The table as it stands in the file, with the row numbers and column letters of
// the spreadsheet, and the choice of sheet and header.
import type { Import } from "../../api/types.ts";
import { Choice, Refused, useAction } from "../../ui/form.tsx";
import { Card } from "../../ui/page.tsx";
import { importWords } from "./words.ts";

export interface Plan {
  sheet?: string;
  header_row?: number;
  encoding?: string;
  propose?: boolean;
  use?: string;
}

export function TableCard({ i, onPlan }: { i: Import; onPlan: (p: Plan) => Promise<void> }) {
  const t = importWords.use();
  const plan = useAction(onPlan);
  const width = Math.max(...i.head.map((r) => r.cells.length), i.columns.length);
  const letters = Array.from({ length: width }, (_, n) => i.columns[n]?.letter ?? letterOf(n));
  return (
    <Card title={t("table")}>
      <div className="stack-s">
        <div className="filters">
          {i.sheets.length > 1 && (
            <Choice label={t("sheet")} value={i.sheet} onChange={(v) => void plan.run({ sheet: v })}
              options={i.sheets.map((s) => [s, i.hidden_sheets.includes(s) ? t("hiddenSheet", { name: s }) : s] as const)} />
          )}
          <Choice label={t("headerRow")} value={String(i.header_row)} onChange={(v) => void plan.run({ header_row: Number(v) })}
            options={[...new Set([...i.head.map((r) => r.number), i.header_row])].sort((a, b) => a - b).map((n) => [String(n), String(n)] as const)} />
          {(i.encoding === "Windows-1251" || i.encoding === "KZ-1048") && (
            <Choice label={t("encoding")} value={i.encoding} onChange={(v) => void plan.run({ encoding: v })} options={[["Windows-1251", "Windows-1251"], ["KZ-1048", "KZ-1048"]]} />
          )}
        </div>
        <div className="grid-box" tabIndex={0} role="region" aria-label={t("previewOf")}>
          <table className="grid">
            <caption className="sr">{t("previewOf")}</caption>
            <thead>
              <tr><th scope="col"><span className="sr">{t("row")}</span></th>{letters.map((l) => <th key={l} scope="col">{l}</th>)}</tr>
            </thead>
            <tbody>
              {i.head.map((r) => (
                <tr key={r.number} className={r.number === i.header_row ? "grid-head" : undefined}>
                  <th scope="row">{r.number}</th>
                  {letters.map((l, n) => <td key={l}>{r.cells[n] ?? ""}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Refused error={plan.error} />
      </div>
    </Card>
  );
}

function letterOf(n: number): string {
  let s = "";
  for (let k = n; k >= 0; k = Math.floor(k / 26) - 1) s = String.fromCharCode(65 + (k % 26)) + s;
  return s;
}
