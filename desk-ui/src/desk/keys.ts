import { chord, typing } from "./typing";

/** One key for whatever carries data-key: a link or a button is pressed, a field is gone to. */
export function keys(): void {
  addEventListener("keydown", (e) => {
    if (chord(e) || typing(e) || e.defaultPrevented) return;
    const one = document.querySelector<HTMLElement>('[data-key="' + CSS.escape(e.key) + '"]');
    if (!one) return;
    e.preventDefault();
    if (one.matches("input")) one.focus();
    else one.click();
  });
}
