// Requests to the desk itself.

/** What the desk refused, in a sentence of its own. */
export class Refusal extends Error {
  constructor(message: string, readonly code: string, readonly status: number, readonly answer: unknown) {
    super(message);
  }
}

/** Asks for JSON; a refusal carries the desk's sentence, a lost line is a TypeError. */
export async function ask<T>(address: string, init: RequestInit = {}): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set("Accept", "application/json");
  const response = await fetch(address, { ...init, headers, credentials: "same-origin" });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok || answer === null) {
    const said = (answer ?? {}) as { error?: string; code?: string };
    throw new Refusal(said.error ?? response.statusText, said.code ?? "", response.status, answer);
  }
  return answer as T;
}

/** Sends JSON and reads JSON. */
export function tell<T>(address: string, data: unknown, init: RequestInit = {}): Promise<T> {
  return ask<T>(address, { ...init, method: "POST", body: JSON.stringify(data), headers: { "Content-Type": "application/json" } });
}

/** A picture, as POST /media answers. */
export interface Kept {
  src: string;
  width: number;
  height: number;
}

export function upload(file: File): Promise<Kept> {
  const data = new FormData();
  data.set("file", file, file.name);
  return ask<Kept>("/media", { method: "POST", body: data });
}
