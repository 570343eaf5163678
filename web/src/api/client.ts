// One client for the API. Errors are those of RFC 9457, with a code that the
// pages put into the words of the reader.
import type { Problem } from "./types.ts";

/** An answer other than success. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** The right that is missing, and the roles that have it. */
  readonly missing: Problem["missing"];
  readonly givers: readonly string[];
  /** The page of what stands in the way, "" when there is none. */
  readonly see: string;
  /** Seconds to wait, 0 when there is no need to. */
  readonly retryAfter: number;
  /** What is wrong where, as body.lines[0].reason. */
  readonly fields: readonly { location: string; message: string }[];
  /** What stands now, where somebody was faster. */
  readonly version: number;
  readonly current: unknown;
  constructor(p: Problem) {
    super(p.detail ?? p.title ?? `HTTP ${p.status}`);
    this.name = "ApiError";
    this.status = p.status;
    this.code = p.code ?? "";
    this.missing = p.missing;
    this.givers = p.givers ?? [];
    this.see = p.see ?? "";
    this.retryAfter = p.retry_after ?? 0;
    this.fields = p.errors ?? [];
    this.version = p.version ?? 0;
    this.current = p.current;
  }
}

export type Params = Record<string, string | number | boolean | undefined>;

/** Path with query, parameters without a value left out, in a stable order. */
export function apiUrl(path: string, params: Params = {}): string {
  const q = new URLSearchParams();
  for (const k of Object.keys(params).sort()) {
    const v = params[k];
    if (v !== undefined && v !== "" && v !== false) q.set(k, String(v));
  }
  const s = q.toString();
  return `/api${path}${s ? `?${s}` : ""}`;
}

/** Requests that boot.js began before this program was loaded. */
function early(url: string): Promise<Response> | undefined {
  const begun = window.shanyraqEarly;
  const r = begun?.[url];
  if (begun && r) delete begun[url];
  return r;
}

async function problemOf(r: Response): Promise<ApiError> {
  if (r.headers.get("Content-Type")?.includes("json")) {
    const p = (await r.json()) as Problem;
    return new ApiError({ ...p, status: r.status });
  }
  return new ApiError({ status: r.status, title: r.statusText });
}

/** Reads JSON; throws ApiError when the server refuses and TypeError when it cannot be reached. */
export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  const r = (await early(url)) ?? (await fetch(url, { headers: { Accept: "application/json" }, signal }));
  if (!r.ok) throw await problemOf(r);
  return (await r.json()) as T;
}

/** Sends a body and reads the JSON answer. The key makes a repetition harmless. */
export async function send<T>(method: "POST" | "PUT", path: string, body: BodyInit, type: string, key: string): Promise<T> {
  const r = await fetch(`/api${path}`, {
    method,
    body,
    headers: { "Content-Type": type, Accept: "application/json", "Idempotency-Key": key },
  });
  if (!r.ok) throw await problemOf(r);
  return (await r.json()) as T;
}

/** Sends what is written as JSON, or nothing, and reads the JSON answer. */
export async function sendJson<T>(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const r = await fetch(`/api${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  if (!r.ok) throw await problemOf(r);
  return (await r.json()) as T;
}

declare global {
  interface Window {
    shanyraqEarly?: Record<string, Promise<Response>>;
  }
}
