// Reads a number as it is typed in Kazakh, Russian or English: 1 234,5 or
// 1234.5. Comma and point are both the decimal mark and blanks divide
// thousands, so nothing has to be guessed. The server does the same in
// ledger/reporting/number.go; both run the cases of one file.

const most = 40; // characters that may be a number
const maxDigits = 18;
const blank = "[ \\u00a0\\u202f\\u2009\\u2007]";
const pattern = new RegExp(`^([-−]?)(\\d+|\\d{1,3}(?:${blank}\\d{3})+)(?:[.,](\\d+))?$`);
const around = new RegExp(`^(?:${blank}|[\\t\\r\\n])+|(?:${blank}|[\\t\\r\\n])+$`, "g");

/** The number as plain digits with a point, "" for an empty text, undefined for what is no number. */
export function parseNumber(text: string): string | undefined {
  const s = text.replace(around, "");
  if (s === "") return "";
  const m = s.length <= most ? pattern.exec(s) : null;
  if (!m) return undefined;
  const whole = (m[2] ?? "").replace(/\D/g, "").replace(/^0+(?=\d)/, "");
  const fraction = (m[3] ?? "").replace(/0+$/, "");
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits.length > maxDigits || fraction.length > maxDigits) return undefined;
  const minus = m[1] && digits !== "" ? "-" : "";
  return minus + whole + (fraction ? `.${fraction}` : "");
}

const places = 18;

/** A plain number as a whole count of 10⁻¹⁸, so that sums and comparisons are exact. */
export function exact(plain: string): bigint {
  const [whole = "0", fraction = ""] = plain.replace("-", "").split(".");
  const v = BigInt(whole + fraction.padEnd(places, "0"));
  return plain.startsWith("-") ? -v : v;
}

/** How many decimals a plain number has. */
export function decimalsOf(plain: string): number {
  return plain.split(".")[1]?.length ?? 0;
}
