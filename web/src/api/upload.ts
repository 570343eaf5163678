// Sending files. A request that tells how far it is needs XMLHttpRequest; all
// else is like the client beside.
import type { FileInfo } from "./types.ts";
import { ApiError, apiUrl } from "./client.ts";

/** What a file belongs to; where nothing is said, to the sender's own territory. */
export interface UploadOptions {
  about?: string;
  place?: string;
  kind?: string;
  restricted?: boolean;
}

/** A file that somebody chose. It is sent when `id` is there; until then the bytes are in `blob`. */
export interface PickedFile {
  /** Name within this browser, also while there is no network. */
  localId: string;
  id: string | null;
  name: string;
  type: string;
  size: number;
  blob: Blob | null;
}

/** Sends one file; the same content sent again for the same thing is kept once. */
export function uploadFile(file: Pick<PickedFile, "name" | "blob">, o: UploadOptions = {}, onProgress?: (share: number) => void, signal?: AbortSignal): Promise<FileInfo> {
  return new Promise((resolve, reject) => {
    if (!file.blob) {
      reject(new TypeError("the bytes of the file are gone"));
      return;
    }
    const x = new XMLHttpRequest();
    x.open("POST", apiUrl("/files", { name: file.name, about: o.about, place: o.place, kind: o.kind, restricted: o.restricted }));
    x.setRequestHeader("Content-Type", "application/octet-stream");
    x.setRequestHeader("Accept", "application/json");
    x.responseType = "json";
    x.upload.addEventListener("progress", (e) => e.lengthComputable && onProgress?.(e.loaded / e.total));
    x.addEventListener("load", () => {
      if (x.status >= 200 && x.status < 300) resolve(x.response as FileInfo);
      else reject(new ApiError({ ...(x.response as object | null), status: x.status, title: x.statusText }));
    });
    x.addEventListener("error", () => reject(new TypeError("the server cannot be reached")));
    x.addEventListener("abort", () => reject(new DOMException("given up", "AbortError")));
    signal?.addEventListener("abort", () => x.abort(), { once: true });
    x.send(file.blob);
  });
}

/**
 * Sends what is not sent yet and returns the ids of all, in order. Give it the
 * files of an entry that waited for the network; `done` hears of each one, so
 * that it is not sent again when a later one fails.
 */
export async function sendPicked(files: readonly PickedFile[], o: UploadOptions = {}, done?: (localId: string, id: string) => void): Promise<string[]> {
  const ids: string[] = [];
  for (const f of files) {
    const id = f.id ?? (await uploadFile(f, o)).id; // one after the other: phones have little to send with
    if (!f.id) done?.(f.localId, id);
    ids.push(id);
  }
  return ids;
}
