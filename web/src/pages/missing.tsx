import { common } from "../i18n/words.ts";

/** Answers an address that no page has. */
export function MissingPage() {
  const t = common.use();
  return (
    <div className="page-head">
      <h1>{t("notFound")}</h1>
      <p className="lead">{t("notFoundHint")}</p>
      <p><a href="/">{t("board")}</a></p>
    </div>
  );
}
