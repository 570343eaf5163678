// Passkeys in the browser: what the server asks and what the device answers,
// with binary values in base64url on the way.

/** The device made or showed no passkey: its owner said no, took too long, or it has none. */
export class NoPasskey extends Error {
  /** The device holds a passkey of this account already. */
  readonly known: boolean;
  constructor(known: boolean) {
    super("the device gave no passkey");
    this.name = "NoPasskey";
    this.known = known;
  }
}

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
}

export function toText(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

interface Named { id: string; type: PublicKeyCredentialType; transports?: AuthenticatorTransport[] }
type Asked<T, Binary extends keyof T> = Omit<T, Binary> & { challenge: string };
type AskedNew = Asked<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials"> & { user: { id: string; name: string; displayName: string }; excludeCredentials?: Named[] };
type AskedAny = Asked<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials">;

/** Waits for the device, and tells its refusals from other failures. */
async function device(work: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const c = await work();
    if (c instanceof PublicKeyCredential) return c;
  } catch (e) {
    throw new NoPasskey(e instanceof DOMException && e.name === "InvalidStateError");
  }
  throw new NoPasskey(false);
}

const said = (c: PublicKeyCredential, response: Record<string, unknown>) => ({ id: c.id, rawId: toText(c.rawId), type: c.type, response, clientExtensionResults: {} });

/** Lets the device make a passkey. */
export async function makePasskey(options: unknown): Promise<unknown> {
  const o = options as AskedNew;
  const publicKey = { ...o, challenge: toBytes(o.challenge), user: { ...o.user, id: toBytes(o.user.id) }, excludeCredentials: (o.excludeCredentials ?? []).map((x) => ({ ...x, id: toBytes(x.id) })) };
  const c = await device(() => navigator.credentials.create({ publicKey }));
  const r = c.response as AuthenticatorAttestationResponse;
  return said(c, { clientDataJSON: toText(r.clientDataJSON), attestationObject: toText(r.attestationObject), transports: r.getTransports?.() ?? [] });
}

/** Lets the owner choose a passkey and answers with it. */
export async function showPasskey(options: unknown): Promise<unknown> {
  const o = options as AskedAny;
  const c = await device(() => navigator.credentials.get({ publicKey: { ...o, challenge: toBytes(o.challenge) } }));
  const r = c.response as AuthenticatorAssertionResponse;
  return said(c, { clientDataJSON: toText(r.clientDataJSON), authenticatorData: toText(r.authenticatorData), signature: toText(r.signature), userHandle: r.userHandle ? toText(r.userHandle) : undefined });
}

/** Whether this browser knows passkeys at all. */
export const knowsPasskeys = (): boolean => typeof window.PublicKeyCredential === "function";
