import type { WorkPage } from "../../api/works.ts";

export interface Last {
  percent: number;
  on: string;
}

/** The percentage that was said last of a stage, or of the whole for an empty code; undefined when nobody said one. */
export function lastOf(page: Pick<WorkPage, "row" | "stages">, stage: string): Last | undefined {
  if (stage === "") return page.row.percent === null ? undefined : { percent: page.row.percent, on: page.row.percent_on ?? "" };
  const s = page.stages.find((x) => x.code === stage);
  return s && s.percent !== null && s.on ? { percent: s.percent, on: s.on } : undefined;
}
