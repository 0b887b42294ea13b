// Elements without markup: nothing that a person typed is ever read as HTML.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((e: any) => void)>;

/** An element; an attribute that is a function listens to the event of its name, true stands without a value, false and null are left out. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") e.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) e.setAttribute(name, value === true ? "" : String(value));
  }
  for (const c of children) if (c || c === "") e.append(c);
  return e;
}

let made = 0;

/** An id that no other element of the page has. */
export function freshID(beginning: string): string {
  return beginning + "-" + ++made;
}

export const onMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** A key of the editor as people know it: "Mod-Alt-2" is ⌘⌥2 or Ctrl+Alt+2. */
export function keyName(key: string): string {
  const parts = key.split("-");
  const last = parts.pop()!;
  const name = last.length === 1 ? last.toUpperCase() : last;
  const signs: Record<string, string> = onMac ? { Mod: "⌘", Alt: "⌥", Shift: "⇧", Ctrl: "⌃" } : { Mod: "Ctrl", Alt: "Alt", Shift: "Shift", Ctrl: "Ctrl" };
  return [...parts.map((p) => signs[p] ?? p), name].join(onMac ? "" : "+");
}
