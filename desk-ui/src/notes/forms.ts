// Notes are plain forms; a script only saves the walk to another page. What is
// written in the margin is nobody else's to hear: the forms may stand inside
// the article's own form, whose listeners they do not concern.
import { page, swap } from "../live/page";
import { announce, t } from "../live/words";

const ours = (e: Event): HTMLFormElement | null => e.target instanceof Element ? e.target.closest<HTMLFormElement>(".notes form") : null;

export function noteForms(): void {
  document.addEventListener("submit", (e) => {
    const form = ours(e);
    if (!form) return;
    e.preventDefault();
    e.stopPropagation();
    void send(form);
  }, true);
  document.addEventListener("formdata", (e) => { if (ours(e)) e.stopPropagation(); }, true);
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey) || !(e.target instanceof HTMLTextAreaElement)) return;
    const form = ours(e);
    if (!form) return;
    e.preventDefault();
    e.stopPropagation();
    form.requestSubmit();
  }, true);
}

async function send(form: HTMLFormElement): Promise<void> {
  const here = form.closest(".notes")!;
  const thread = form.closest<HTMLElement>(".thread")?.id;
  const buttons = [...form.querySelectorAll("button")];
  for (const b of buttons) b.disabled = true;
  const data = new FormData(form);
  const answer = await page(form.getAttribute("action")!, data).catch(() => null);
  for (const b of buttons) b.disabled = false;
  const fresh = answer?.document.querySelector(".notes");
  if (answer?.status !== 200 || !fresh) {
    refuse(form, answer?.document.querySelector(".fault")?.textContent?.trim() || t("failed"));
    return;
  }
  form.reset();
  for (const field of form.querySelectorAll("textarea")) field.value = "";
  const details = form.closest("details");
  if (details) details.open = false;
  const were = new Set([...here.querySelectorAll(".thread")].map((e) => e.id));
  swap(here, fresh);
  document.dispatchEvent(new CustomEvent("desk:notes"));
  const now = document.querySelector<HTMLElement>(thread ? "#" + CSS.escape(thread) : ".notes > .thread:last-of-type");
  if (now && (thread || !were.has(now.id))) now.focus({ preventScroll: false });
}

function refuse(form: HTMLFormElement, why: string): void {
  let says = form.querySelector<HTMLElement>(".wrong");
  if (!says) {
    says = document.createElement("p");
    says.className = "wrong";
    says.setAttribute("role", "alert");
    form.append(says);
  }
  says.textContent = why;
  announce(why);
}
