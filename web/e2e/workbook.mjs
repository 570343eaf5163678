// A workbook with one sheet, made here, so that the suite needs no other program.
import { crc32 } from "node:zlib";

const escape = (s) => String(s).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const letter = (n) => String.fromCharCode(65 + n);

/** Rows of texts and numbers as an XLSX file. */
export function workbook(rows, sheet = "Лист1") {
  const cell = (v, c, r) => (typeof v === "number" ? `<c r="${letter(c)}${r}"><v>${v}</v></c>` : `<c r="${letter(c)}${r}" t="inlineStr"><is><t>${escape(v)}</t></is></c>`);
  const body = rows.map((row, i) => `<row r="${i + 1}">${row.map((v, c) => (v === null ? "" : cell(v, c, i + 1))).join("")}</row>`).join("");
  const head = `<?xml version="1.0" encoding="UTF-8"?>`;
  const doc = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return zip({
    "_rels/.rels": `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${doc}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${doc}"><sheets><sheet name="${escape(sheet)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${doc}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `${head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${body}</sheetData></worksheet>`,
  });
}

/** A ZIP file whose parts are not packed. */
function zip(parts) {
  const out = [];
  const list = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const file = Buffer.from(text);
    const label = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(file), 10);
    fields.writeUInt32LE(file.length, 14);
    fields.writeUInt32LE(file.length, 18);
    fields.writeUInt16LE(label.length, 22);
    out.push(Buffer.from("PK\u0003\u0004"), fields, label, file);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    list.push(Buffer.from("PK\u0001\u0002"), Buffer.from([20, 0]), fields, rest, label);
    at += 30 + label.length + file.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(18);
  const n = Object.keys(parts).length;
  end.writeUInt16LE(n, 4);
  end.writeUInt16LE(n, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...out, directory, Buffer.from("PK\u0005\u0006"), end]);
}
