// The first page: what was promised, what is confirmed, whom to ask today. The
// sentence comes computed from the server and appears before anything else.
import { lazy, Suspense, useMemo } from "react";
import { useStages } from "../../ui/use-stages.ts";
import { useApi } from "../../api/queries.ts";
import type { Board, Promise as Item } from "../../api/types.ts";
import { formatPercent } from "../../format/number.ts";
import { say } from "../../format/text.ts";
import { useSearchParams } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { usePageTitle } from "../../ui/page.tsx";
import { useWords, WithWords } from "../../words.tsx";
import { common } from "../../i18n/words.ts";
import { AskToday, DueNext, NoDate } from "./lists.tsx";
import { Claims } from "./claims.tsx";
import { Happened } from "./happened.tsx";
import { Hero } from "./hero.tsx";
import { MoneyBlock } from "./money.tsx";
import { PromiseTable } from "./promise-table.tsx";
import { Regions } from "./regions.tsx";
import { Timeline } from "./timeline.tsx";
import { Totals } from "./totals.tsx";
import { boardWords } from "./words.ts";
import "./board.css";

const AccessLine = lazy(() => import("./access-line.tsx"));
const WorksLine = lazy(() => import("./works-line.tsx"));

export function BoardPage() {
  const t = common.use();
  usePageTitle(t("product"));
  const s = useSearchParams();
  const whole = useApi<Board>("/board");
  const narrowed = Boolean(s.place || s.theme || s.due || s.evidence);
  const filtered = useApi<Board>(narrowed ? "/board" : "", { place: s.place, theme: s.theme, due: s.due, evidence: s.evidence });
  if (whole.error) return <Failure error={whole.error} retry={() => void whole.refetch()} />;
  return (
    <div className="board">
      <Hero board={whole.data} />
      {whole.data && (
        <WithWords waiting={<Waiting rows={14} />}>
          <Sections board={whole.data} shown={narrowed ? filtered.data?.promises : whole.data.promises} />
        </WithWords>
      )}
    </div>
  );
}

export type ById = (id: string) => Item | undefined;

function Sections({ board, shown }: { board: Board; shown: Item[] | undefined }) {
  const byId = useMemo(() => {
    const map = new Map(board.promises.map((p) => [p.id, p]));
    return (id: string) => map.get(id);
  }, [board]);
  const sections = [
    <div key="ask" className="board-two">
      <AskToday board={board} byId={byId} />
      <div className="stack">
        <Claims board={board} />
        <MoneyBlock board={board} />
      </div>
    </div>,
    <Suspense key="works" fallback={null}><WorksLine /></Suspense>,
    <Suspense key="access" fallback={null}><AccessLine /></Suspense>,
    <Totals key="totals" board={board} />,
    <div key="lists" className="board-halves">
      <DueNext board={board} byId={byId} />
      <NoDate board={board} byId={byId} />
    </div>,
    <Happened key="happened" board={board} />,
    <Timeline key="timeline" board={board} byId={byId} />,
    <Regions key="regions" board={board} />,
    <PromiseTable key="all" promises={shown} board={board} />,
    <Undated key="undated" board={board} />,
  ];
  const ready = useStages(sections.length);
  return (
    <>
      {sections.slice(0, ready)}
      {ready < sections.length && <div className="board-rest" aria-busy="true" />}
    </>
  );
}

function Undated({ board }: { board: Board }) {
  const words = useWords();
  const t = boardWords.use();
  const assumed = board.assumed.filter((a) => a.share > 0);
  if (board.undated_documents.length + assumed.length === 0) return null;
  return (
    <p className="note">
      {board.undated_documents.length > 0 && t("undatedDocs", { list: board.undated_documents.map((d) => words.document(d)).join("; ") })}
      {assumed.map((a) => <span key={say(a.what, words.lang)}> {t("assumed", { what: say(a.what, words.lang), share: formatPercent(Math.round(a.share * 100), words.lang) })}</span>)}
    </p>
  );
}
