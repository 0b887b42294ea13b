// Findings that were put off, kept in this browser for this article and person.
// What was put off before the article had a number moves to it in the same tab.
const MOST = 300;
const NEW = "check:new:";

export class Later {
  private readonly keys: Set<string>;
  private readonly name: string;

  /** article is 0 while it has no number. */
  constructor(article: number, person: number) {
    this.name = article ? "check:" + article + ":" + person : NEW + person;
    this.keys = new Set(read(this.name));
    if (!article) return;
    const moved = read(NEW + person);
    for (const key of moved) this.keys.add(key);
    if (moved.length) this.keep();
    try { sessionStorage.removeItem(NEW + person); } catch { /* as below */ }
  }

  has(key: string): boolean {
    return this.keys.has(key);
  }

  add(key: string): void {
    this.keys.add(key);
    this.keep();
  }

  clear(): void {
    this.keys.clear();
    this.keep();
  }

  /** A full or closed store loses nothing but the comfort. */
  private keep(): void {
    try {
      const store = storeOf(this.name);
      if (this.keys.size) store.setItem(this.name, JSON.stringify([...this.keys].slice(-MOST)));
      else store.removeItem(this.name);
    } catch { /* see above */ }
  }
}

const storeOf = (name: string): Storage => (name.startsWith(NEW) ? sessionStorage : localStorage);

function read(name: string): string[] {
  try {
    const list: unknown = JSON.parse(storeOf(name).getItem(name) ?? "[]");
    return Array.isArray(list) ? list.filter((x) => typeof x === "string") : [];
  } catch {
    return [];
  }
}
