// The link to this page from those that show minutes. Its words stand here, so
// that those pages do not load the others.
import { define } from "../../i18n/define.ts";
import { A } from "../../route.tsx";

export const linkWords = define({
  link: ["Минуттар қаншалықты дұрыс: бақылаулармен салыстыру", "Насколько верны минуты: сравнение с наблюдениями", "How right the minutes are: compared with observed ones"],
} as const);

export function ValidationLink() {
  const t = linkWords.use();
  return <A to="/access/validation">{t("link")}</A>;
}
