import type { Sheet } from "../sheet";

/** Ctrl-S saves by the plain form; a window that closes on unsaved words asks first. */
export function part(sheet: Sheet): void {
  let changed = document.querySelector("main .fault, main .conflict, main .notice") !== null;
  sheet.onChange(() => { changed = true; });
  sheet.form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (e) => { if (changed) e.preventDefault(); });
  addEventListener("keydown", (e) => {
    if (!(e.ctrlKey || e.metaKey) || e.altKey || e.shiftKey || e.key !== "s") return;
    e.preventDefault();
    document.querySelector<HTMLElement>("[data-save]")?.click();
  });
}
