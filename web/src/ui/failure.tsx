// What a reader sees when the server refuses or cannot be reached: the reason
// in words, and what can be done.
import { lazy, Suspense } from "react";
import { ApiError } from "../api/client.ts";
import { common } from "../i18n/words.ts";

/** There is nothing at this address, or it cannot be an address at all. */
const missingStatus = new Set([400, 404, 422]);

/** Inside a page that has its own heading, `inner` makes it the lesser one. */
export function Failure({ error, retry, inner }: { error: Error; retry?: () => void; inner?: boolean }) {
  const H = inner ? "h2" : "h1";
  const t = common.use();
  if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return <Missing error={error} inner={inner} />;
  const missing = error instanceof ApiError && missingStatus.has(error.status);
  return (
    <div className="failure" role="alert">
      <H>{missing ? t("notFound") : t("failed")}</H>
      <p>{missing ? t("notFoundHint") : t("failedHint")}</p>
      {error instanceof ApiError && error.message && <p className="small quiet" lang="en">{error.message}</p>}
      {!missing && retry && (
        <button type="button" className="button" onClick={retry}>
          {t("retry")}
        </button>
      )}
    </div>
  );
}

const MissingRight = lazy(() => import("./missing-right.tsx"));

/** Why the server refuses this reader: to sign in, or which right is missing where and who can give it. */
export function Missing({ error, inner }: { error: ApiError; inner?: boolean }) {
  return <Suspense fallback={<Waiting rows={3} />}><MissingRight error={error} inner={inner} /></Suspense>;
}

/** Grey shapes in the place of what is on its way. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  const t = common.use();
  return (
    <div className="waiting" role="status">
      <span className="sr">{t("loading")}</span>
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} className="bone" style={{ width: `${[92, 76, 84, 60, 88, 70][i % 6]}%` }} />
      ))}
    </div>
  );
}
