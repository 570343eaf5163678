import { common } from "../../i18n/words.ts";
import { PageHead } from "../../ui/page.tsx";

export default function QuestionsPage() {
  const t = common.use();
  return <PageHead title={t("loading")} />;
}
