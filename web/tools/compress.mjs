// Packs every text file of dist beside itself, so that the server sends it
// without work: FILE.gz at the highest level.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url).pathname;
const text = /\.(html|js|mjs|css|svg|json|txt)$/;
const worthBytes = 256; // smaller files travel in one packet anyway

for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !text.test(entry.name)) continue;
  const file = join(entry.parentPath ?? entry.path, entry.name);
  const raw = await readFile(file);
  if (raw.length >= worthBytes) await writeFile(`${file}.gz`, gzipSync(raw, { level: 9 }));
}
