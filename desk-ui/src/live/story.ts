// The page of one story, and the count of notes in the head of every page: what
// stands beside the text changes by itself, the text only when its reader says so.
import { listen, type Happened } from "./line";
import { page, swap } from "./page";
import { announce, number, t } from "./words";

export function liveStory(): void {
  listen((h) => { if (h.mentions !== undefined) calls(h.mentions); });
  const story = document.querySelector<HTMLElement>("[data-article]");
  const called = document.querySelector("[data-live=called]");
  if (!story && !called) return;
  const again = soon(() => refresh(story));
  listen((h) => {
    if (called && h.kind.startsWith("note.") || story && String(h.article) === story.dataset.article) again();
    if (story && String(h.article) === story.dataset.article) saved(story, h);
  }, again);
}

/** Does something once, a moment after it was last asked for, when the page is seen. */
function soon(what: () => void): () => void {
  let timer = 0;
  const ask = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (document.visibilityState === "visible") what();
      else document.addEventListener("visibilitychange", ask, { once: true });
    }, 300);
  };
  return ask;
}

async function refresh(story: HTMLElement | null): Promise<void> {
  const answer = await page(location.pathname).catch(() => null);
  if (answer?.status !== 200) return;
  // what acts on the text stays with the text it was shown with
  const same = story?.dataset.head === answer.document.querySelector<HTMLElement>("[data-article]")?.dataset.head;
  for (const here of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const fresh = answer.document.querySelector('[data-live="' + here.dataset.live + '"]');
    if (fresh && (same || !here.hasAttribute("data-with-text"))) swap(here, fresh);
  }
  document.dispatchEvent(new CustomEvent("desk:notes"));
}

/** Says that the text shown is not the newest any more. */
function saved(story: HTMLElement, h: Happened): void {
  const place = document.querySelector<HTMLElement>("[data-live-saved]");
  if (!place || h.kind !== "article.edited" || h.head <= Number(story.dataset.head)) return;
  const link = document.createElement("a");
  link.href = location.pathname;
  link.textContent = t("show");
  place.replaceChildren(t("saved", h.by, h.time), " ", link);
  place.hidden = false;
  announce(t("saved", h.by, h.time));
}

function calls(n: number): void {
  const place = document.querySelector<HTMLElement>("[data-calls]");
  if (!place) return;
  const more = n > (place.dataset.calls ? Number(place.dataset.calls) : place.hidden ? 0 : n);
  place.dataset.calls = String(n);
  place.textContent = number(n);
  place.hidden = n === 0;
  if (more) announce(place.parentElement?.textContent?.trim() ?? "");
}
