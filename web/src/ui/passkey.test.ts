import { expect, test } from "vitest";
import { toBytes, toText } from "./passkey.ts";

test("bytes come back as they went, in the letters of base64url", () => {
  for (let n = 0; n < 70; n++) {
    const bytes = Uint8Array.from({ length: n }, (_, i) => (i * 151 + n * 7) % 256);
    const text = toText(bytes.buffer);
    expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
    expect(toBytes(text)).toEqual(bytes);
  }
  expect(toText(Uint8Array.of(251, 255, 254).buffer)).toBe("-__-");
});
