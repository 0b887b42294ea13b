import { chord, typing } from "./typing";

/** Walks from change to change of two texts side by side: by n and p, or by the links at the head of the page. */
export function changes(): void {
  const list = [...document.querySelectorAll<HTMLElement>("[data-change]")];
  if (list.length === 0) return;
  let here = -1;
  const go = (to: number): void => {
    here = Math.max(0, Math.min(to, list.length - 1));
    list[here]?.focus({ preventScroll: true });
    list[here]?.scrollIntoView({ block: "center" });
  };
  const steps: Record<string, () => void> = {
    next: () => go(here + 1),
    previous: () => go(here < 0 ? list.length - 1 : here - 1),
  };
  addEventListener("focusin", (e) => {
    const at = list.findIndex((change) => e.target instanceof Node && change.contains(e.target));
    if (at >= 0) here = at;
  });
  for (const link of document.querySelectorAll<HTMLElement>("[data-step]")) {
    link.addEventListener("click", (e) => {
      e.preventDefault();
      steps[link.dataset.step ?? ""]?.();
    });
  }
  const keys: Record<string, string> = { n: "next", p: "previous" };
  addEventListener("keydown", (e) => {
    const step = keys[e.key];
    if (!step || chord(e) || typing(e) || e.defaultPrevented) return;
    e.preventDefault();
    steps[step]?.();
  });
}
