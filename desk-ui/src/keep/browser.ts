// The browser's own store of what is being typed. Each window of the editor
// has one entry: its newest state. An entry goes when the desk has it and its
// window is closed.

/** A window's newest state. */
export interface Waiting {
  window: string; // names the entry
  person: number;
  article: number; // 0 = not made yet; then token names it
  token: string;
  tab: string; // its log on the server
  seq: number;
  acked: number; // the newest state that the server has
  base: number;
  copy: string; // JSON
  title: string;
  at: number; // by this browser's clock: only to compare entries of this store
}

/** Why the store did not take it. */
export type Refused = "full" | "forbidden";

let open: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  open ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open("broadsheet-kept", 1);
    request.onupgradeneeded = () => { request.result.createObjectStore("window", { keyPath: "window" }); };
    request.onsuccess = () => {
      request.result.onclose = () => { open = null; };
      request.result.onversionchange = () => { request.result.close(); open = null; };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new DOMException("blocked", "InvalidStateError"));
  });
  open.catch(() => { open = null; });
  return open;
}

async function change(act: (s: IDBObjectStore) => void): Promise<void> {
  const t = (await database()).transaction("window", "readwrite");
  act(t.objectStore("window"));
  t.commit(); // at once: the window may be closing
  await new Promise<void>((resolve, reject) => {
    t.oncomplete = () => resolve();
    t.onabort = t.onerror = () => reject(t.error);
  });
}

/** Keeps a window's newest state; an answer says why it could not. */
export async function keepHere(w: Waiting): Promise<Refused | null> {
  try {
    await change((s) => { s.put(w); });
    return null;
  } catch (e) {
    return (e as DOMException | null)?.name === "QuotaExceededError" ? "full" : "forbidden";
  }
}

export async function dropHere(window: string): Promise<void> {
  await change((s) => { s.delete(window); }).catch(() => undefined);
}

/** What a person typed in this browser and what is not known to be elsewhere, the last first. */
export async function keptHere(person: number): Promise<Waiting[]> {
  try {
    const s = (await database()).transaction("window").objectStore("window");
    const all = await new Promise<Waiting[]>((resolve, reject) => {
      const request = s.getAll();
      request.onsuccess = () => resolve(request.result as Waiting[]);
      request.onerror = () => reject(request.error);
    });
    return all.filter((w) => w.person === person).sort((a, b) => b.at - a.at);
  } catch {
    return [];
  }
}

const windowLock = (window: string): string => "broadsheet-window-" + window;

/** Says that this window lives, as long as it does. */
export function live(window: string): void {
  void navigator.locks?.request(windowLock(window), () => new Promise(() => undefined));
}

const toClose = 700; // milliseconds that a window may take to let go of its lock after it closed

/**
 * Whether another window with this name is open. One that has just been left,
 * as by a reload, is given the time to go: its last words are waited for.
 * Without locks nobody knows, and it counts as closed.
 */
export function lives(window: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(false);
  return navigator.locks.request(windowLock(window), { signal: AbortSignal.timeout(toClose) }, () => false).catch(() => true);
}

/** A name of letters and digits that nobody else has. */
export function freshName(): string {
  return [...crypto.getRandomValues(new Uint8Array(14))].map((b) => (b % 36).toString(36)).join("");
}
