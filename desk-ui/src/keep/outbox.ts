// What waits in the browser's store is sent by every page of the desk: text of
// a window that was closed, or whose browser was, before the desk had it.
import { Refusal, ask } from "../ask";
import { dropHere, freshName, keepHere, keptHere, lives, type Waiting } from "./browser";

const patience = 15_000; // milliseconds for one answer

/** What arrived, and where it is now. */
export interface Arrived {
  article: number;
  title: string;
}

/** Sends what waits of a person, once at a time in all windows, and says what arrived. A lost line rejects. */
export async function sendWaiting(person: number): Promise<Arrived[]> {
  if (!navigator.locks) return sendAll(person);
  return navigator.locks.request("broadsheet-outbox", () => sendAll(person));
}

async function sendAll(person: number): Promise<Arrived[]> {
  const arrived: Arrived[] = [];
  for (const w of await keptHere(person)) {
    if (await lives(w.window)) continue;
    if (w.acked < w.seq) {
      const article = await send(w);
      if (article === 0) continue; // refused: it stays
      arrived.push({ article, title: w.title });
    }
    await dropHere(w.window);
  }
  return arrived;
}

async function send(w: Waiting): Promise<number> {
  try {
    if (w.article === 0) w.article = await create(w);
    else await state(w);
    return w.article;
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    if (e.code === "signed_out") throw e;
    if (field(e) !== "tab" && field(e) !== "base") return 0;
    w.tab = freshName();
    if (field(e) === "base") w.base = 0;
    await keepHere(w);
    return send(w);
  }
}

/** Makes the article that was begun without a line. */
async function create(w: Waiting): Promise<number> {
  const made = await post<{ id: number }>("/articles", { person: w.person, token: w.token, tab: w.tab, seq: w.seq }, w.copy);
  w.article = made.id;
  w.base = 1;
  await keepHere(w);
  await state(w); // the token may have made it before, of an older state
  return made.id;
}

function state(w: Waiting): Promise<unknown> {
  return post("/articles/" + w.article + "/draft", { person: w.person, tab: w.tab, seq: w.seq, base: w.base }, w.copy);
}

/** Sends a copy, which is JSON already, among other things. */
export function post<T>(address: string, data: Record<string, unknown>, copy: string | null, init: RequestInit = {}): Promise<T> {
  let body = JSON.stringify(data);
  if (copy !== null) body = body.slice(0, -1) + ',"copy":' + copy + "}";
  return ask<T>(address, { signal: AbortSignal.timeout(patience + body.length / 20), ...init, method: "POST", body, headers: { "Content-Type": "application/json" } });
}

/** The field that a refusal speaks of. */
export function field(e: Refusal): string {
  return (e.answer as { field?: string } | null)?.field ?? "";
}
