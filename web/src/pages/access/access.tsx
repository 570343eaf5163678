// Who reaches care, and in how many minutes: the answer in a sentence, the
// question that can be turned, the map, and everything on which it rests.
import { lazy, Suspense, useMemo, useState } from "react";
import { questionParams, type AccessPage as Answered } from "../../api/access.ts";
import { useApi } from "../../api/queries.ts";
import { useSearchParams, useSetSearch } from "../../route.tsx";
import { Failure, Waiting } from "../../ui/failure.tsx";
import { PageHead, usePageTitle } from "../../ui/page.tsx";
import { ValidationLink } from "../access-validation/link.tsx";
import { Answer } from "./answer.tsx";
import { Controls } from "./controls.tsx";
import { MapCard } from "./map.tsx";
import { PlacesCard } from "./places.tsx";
import { switchKeys } from "./question.ts";
import { Regions } from "./regions.tsx";
import { accessWords } from "./words.ts";
import "../../chart/chart.css";
import "./access.css";

const Curve = lazy(() => import("./curve.tsx"));
const Candidates = lazy(() => import("./candidates.tsx"));
const Decides = lazy(() => import("./decides.tsx"));
const Hubs = lazy(() => import("./hubs.tsx"));
const Rests = lazy(() => import("./hubs.tsx").then((m) => ({ default: m.Rests })));
const Record = lazy(() => import("./record.tsx"));

export default function AccessPage() {
  const t = accessWords.use();
  const s = useSearchParams();
  const set = useSetSearch();
  const q = useApi<Answered>("/access", questionParams(s));
  const [kept, setKept] = useState<Answered>();
  if (q.data && q.data !== kept) setKept(q.data);
  const data = q.data ?? kept; // a question that is refused leaves the last answer in view
  const asked = data?.question.limit_minutes ?? 0;
  // The slider runs ahead of the address; what it says holds until the answer has come.
  const [sliding, setSliding] = useState<{ to: number; from: number }>();
  const limit = sliding && sliding.from === asked ? sliding.to : asked;
  usePageTitle(t("title"));
  // What does not follow the slider is not made anew while it moves.
  const above = useMemo(() => data && <Regions data={data} />, [data]);
  const below = useMemo(() => data && (
    <>
      <PlacesCard />
      <Candidates />
      <Decides data={data} />
      <Hubs data={data} />
      <Rests data={data} />
      {data.may.includes("plan_access") && <Record data={data} />}
    </>
  ), [data]);
  return (
    <>
      <PageHead title={t("title")}>
        <p className="lead">{data?.register ? t("leadRegister") : t("lead")}</p>
        <p className="small no-print"><ValidationLink /></p>
      </PageHead>
      <div className="stack">
        {q.error && (
          <div className="stack-s">
            <Failure inner error={q.error} retry={() => void q.refetch()} />
            <p><button type="button" className="button" onClick={() => set({ ...Object.fromEntries(switchKeys.map((k) => [k, undefined])), set: undefined, span: undefined, mode: undefined, limit: undefined })}>{t("takeBack")}</button></p>
          </div>
        )}
        {!data && !q.error && <Waiting rows={16} />}
        {data && (
          <>
            <div className="acc-top">
              <Answer data={data} />
              <Controls data={data} limit={limit} slide={(n) => setSliding(n === undefined ? undefined : { to: n, from: asked })} />
            </div>
            <MapCard data={data} limit={limit} />
            {above}
            <Suspense fallback={<Waiting rows={10} />}>
              <Curve data={data} limit={limit} />
              {below}
            </Suspense>
          </>
        )}
      </div>
    </>
  );
}
