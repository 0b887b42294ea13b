import { chord, typing } from "./typing";

/** Walks a list by j and k; a key of the row's own (data-do) presses there. */
export function list(): void {
  const list = document.querySelector("[data-list]");
  if (!list) return;
  let here: Element | null = null;
  const go = (to: Element | null | undefined): void => {
    if (!to) return;
    here?.classList.remove("here");
    here = to;
    here.classList.add("here");
    here.scrollIntoView({ block: "nearest" });
    here.querySelector<HTMLElement>("a, input")?.focus({ preventScroll: true });
  };
  addEventListener("keydown", (e) => {
    if (chord(e) || typing(e)) return;
    if (here && !here.isConnected) here = null;
    if (e.key === "j") go(here ? here.nextElementSibling : list.firstElementChild);
    else if (e.key === "k") go(here?.previousElementSibling);
    else {
      const act = here?.querySelector<HTMLElement>('[data-do="' + CSS.escape(e.key) + '"]');
      if (!act) return;
      act.click();
    }
    e.preventDefault();
  });
}
