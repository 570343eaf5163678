import { define } from "../i18n/define.ts";

export const evidenceWords = define({
  evidence: ["Дәлелдер", "Доказательства", "Evidence"],
  evidenceNone: ["Бұл уәдеге қатысты ештеңе жарияланбаған.", "Ничего об этом обещании не опубликовано.", "Nothing about this promise has been published."],
  rel_supports: ["растайды", "подтверждает", "supports"],
  rel_contradicts: ["қайшы келеді", "противоречит", "contradicts"],
  rel_progress: ["барысы", "ход работ", "progress"],
  rel_context: ["қосымша дерек", "контекст", "context"],
});
