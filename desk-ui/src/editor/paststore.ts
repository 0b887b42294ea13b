// The browser's own store of the logs of steps. Whatever it refuses (private
// windows, a full disk) is gone without: only undo over a reload needs it.
import type { DocNode } from "../sheet";
import type { Entry } from "./past";

interface Log {
  begin: DocNode;
  entries: Entry[];
}

interface Begin {
  name: string;
  at: number;
  begin: DocNode;
}

const DAYS = 14; // after these an untouched log is dropped

export class PastStore {
  private readonly open: Promise<IDBDatabase | null> = database();

  async read(name: string): Promise<Log | null> {
    const db = await this.open;
    if (!db) return null;
    try {
      const t = db.transaction(["begin", "entry"]);
      const begin = await done<Begin | undefined>(t.objectStore("begin").get(name));
      if (!begin) return null;
      const list = await done<{ list: Entry[] }[]>(t.objectStore("entry").index("name").getAll(name));
      return { begin: begin.begin, entries: list.flatMap((e) => e.list) };
    } catch {
      return null;
    }
  }

  /** Writes a log from its beginning, in the place of what stood under the name. */
  write(name: string, begin: DocNode, entries: Entry[]): Promise<void> {
    return this.change((t) => {
      const keys = t.objectStore("entry").index("name").openKeyCursor(name);
      keys.onsuccess = () => {
        if (keys.result) {
          t.objectStore("entry").delete(keys.result.primaryKey);
          keys.result.continue();
          return;
        }
        t.objectStore("entry").add({ name, list: entries });
      };
      t.objectStore("begin").put({ name, at: Date.now(), begin } satisfies Begin);
    });
  }

  add(name: string, list: Entry[]): Promise<void> {
    return this.change((t) => { t.objectStore("entry").add({ name, list }); });
  }

  drop(name: string): Promise<void> {
    return this.change((t) => remove(t, name));
  }

  private async change(act: (t: IDBTransaction) => void): Promise<void> {
    const db = await this.open;
    if (!db) return;
    try {
      const t = db.transaction(["begin", "entry"], "readwrite");
      act(t);
      await new Promise<void>((resolve) => { t.oncomplete = t.onabort = t.onerror = () => resolve(); });
    } catch {
      // see above
    }
  }
}

function remove(t: IDBTransaction, name: string): void {
  t.objectStore("begin").delete(name);
  const keys = t.objectStore("entry").index("name").openKeyCursor(name);
  keys.onsuccess = () => {
    if (!keys.result) return;
    t.objectStore("entry").delete(keys.result.primaryKey);
    keys.result.continue();
  };
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function database(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open("broadsheet-past", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("begin", { keyPath: "name" });
        request.result.createObjectStore("entry", { autoIncrement: true }).createIndex("name", "name");
      };
      request.onsuccess = () => {
        resolve(request.result);
        dropOld(request.result);
      };
      request.onerror = request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

function dropOld(db: IDBDatabase): void {
  const t = db.transaction(["begin", "entry"], "readwrite");
  const all = t.objectStore("begin").openCursor();
  all.onsuccess = () => {
    if (!all.result) return;
    const { name, at } = all.result.value as Begin;
    if (Date.now() - at > DAYS * 86_400_000) remove(t, name);
    all.result.continue();
  };
}
