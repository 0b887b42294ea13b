// Findings that were put off, kept in this browser for this article and person.
const MOST = 300;

export class Later {
  private readonly keys: Set<string>;

  constructor(private readonly name: string) {
    this.keys = new Set(read(name));
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
      if (this.keys.size) localStorage.setItem(this.name, JSON.stringify([...this.keys].slice(-MOST)));
      else localStorage.removeItem(this.name);
    } catch { /* see above */ }
  }
}

function read(name: string): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(name) ?? "[]");
    return Array.isArray(list) ? list.filter((x) => typeof x === "string") : [];
  } catch {
    return [];
  }
}
