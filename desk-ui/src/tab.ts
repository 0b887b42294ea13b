// The name of this window, so that one person's two windows are told apart. A
// reload keeps it; a window made as the copy of another gets its own: while a
// page is open its name stands in no storage that a copy would inherit.

const key = "broadsheet-tab";
let name = "";

export function tab(): string {
  if (name) return name;
  try {
    name = sessionStorage.getItem(key) ?? "";
    sessionStorage.removeItem(key);
    addEventListener("pagehide", () => sessionStorage.setItem(key, name));
    addEventListener("pageshow", (e) => { if (e.persisted) sessionStorage.removeItem(key); });
  } catch { /* no storage: then a reload is another window */ }
  if (!/^[a-z0-9]{8,32}$/.test(name)) name = [...crypto.getRandomValues(new Uint8Array(12))].map((b) => (b % 36).toString(36)).join("");
  return name;
}
