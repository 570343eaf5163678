// What can be told of a file before it is sent. The server decides; this saves
// the way there.
export const maxFileBytes = 25 * 1024 * 1024;

/** For the dialogue of the system. HEIC is left out, so that phones hand out JPEG; whoever has one can still choose it. */
export const acceptFiles = "image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,.odt,.csv,.txt";

const endings = new Set(["jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "hif", "pdf", "docx", "xlsx", "odt", "csv", "tsv", "txt"]);

export type FileTrouble = "empty" | "large" | "type";

/** Why a file will not be taken, undefined when nothing speaks against it. */
export function troubleWith(f: { name: string; size: number }): FileTrouble | undefined {
  const dot = f.name.lastIndexOf(".");
  if (f.size === 0) return "empty";
  if (f.size > maxFileBytes) return "large";
  if (dot < 0 || !endings.has(f.name.slice(dot + 1).toLowerCase())) return "type";
  return undefined;
}
