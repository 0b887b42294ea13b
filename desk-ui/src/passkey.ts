// Passkeys: questions of the desk to the browser's own window, and back. Bytes
// travel as base64url (WebAuthn, sections 5.1.8 to 5.1.10).
import { tell } from "./ask";

export const canPasskey = typeof PublicKeyCredential !== "undefined" && !!navigator.credentials;

interface Ceremony {
  options: any;
  ticket: string;
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}

function text(data: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(data))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const described = (list: any[] | undefined): PublicKeyCredentialDescriptor[] => (list ?? []).map((d) => ({ ...d, id: bytes(d.id) }));

/** Who came in, and where they wanted to go. */
export interface Entered {
  person: { id: number; name: string };
  to: string;
}

/** Signs in by a passkey. Quietly: it is offered in the field for the e-mail, until the signal ends. */
export async function signInByPasskey(to: string, quietly?: AbortSignal): Promise<Entered> {
  const { options, ticket } = await tell<Ceremony>("/sign-in/passkey/ask", {});
  const publicKey: PublicKeyCredentialRequestOptions = { ...options, challenge: bytes(options.challenge), allowCredentials: described(options.allowCredentials) };
  const made = (await navigator.credentials.get(quietly ? { publicKey, mediation: "conditional", signal: quietly } : { publicKey })) as PublicKeyCredential | null;
  if (!made) throw new DOMException("no passkey", "NotAllowedError");
  const said = made.response as AuthenticatorAssertionResponse;
  const answer = {
    id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: {},
    response: { clientDataJSON: text(said.clientDataJSON), authenticatorData: text(said.authenticatorData), signature: text(said.signature), userHandle: said.userHandle ? text(said.userHandle) : "" },
  };
  return tell<Entered>("/sign-in/passkey", { ticket, to, answer });
}

/** Makes a passkey for one's own account; the answer says where to go on. */
export async function addPasskey(name: string): Promise<{ to: string }> {
  const { options, ticket } = await tell<Ceremony>("/account/passkeys/ask", {});
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: described(options.excludeCredentials),
  };
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null;
  if (!made) throw new DOMException("no passkey", "NotAllowedError");
  const said = made.response as AuthenticatorAttestationResponse;
  const answer = {
    id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: {},
    response: { clientDataJSON: text(said.clientDataJSON), attestationObject: text(said.attestationObject), transports: said.getTransports?.() ?? [] },
  };
  return tell<{ to: string }>("/account/passkeys", { ticket, name, answer });
}
