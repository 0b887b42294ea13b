// The list of articles, as it changes. A row that changed is fetched as the
// desk prints it. Nothing moves under a reader's eyes or hand: whoever has
// scrolled, has marked words or is at a row with the mouse is told first.
import { listen, type Happened } from "./line";
import { page } from "./page";
import { announce, t } from "./words";

const calm = 3_000; // so long after the mouse last moved over the list it may move
const atOnce = 40; // rows of one request; of more the whole list is read

export function liveList(): void {
  const list = document.querySelector<HTMLOListElement>("[data-stories]");
  if (list) new List(list).watch();
}

class List {
  private readonly changed = new Map<string, Happened | null>();
  private readonly held = new Map<string, HTMLLIElement | null>(); // what waits for the reader; null = it belongs here no longer
  private readonly above = document.querySelector<HTMLElement>("[data-above]")!;
  private readonly empty = document.querySelector<HTMLElement>("[data-empty]");
  private timer = 0;
  private touched = -calm;

  constructor(private readonly list: HTMLOListElement) {}

  watch(): void {
    listen((h) => {
      if (h.kind.startsWith("comment.")) this.comments();
      if (h.article && h.kind.startsWith("article.")) this.note(String(h.article), h);
    }, () => { for (const row of this.rows()) this.note(row.dataset.id!, null); this.whole = true; });
    document.addEventListener("visibilitychange", () => this.plan());
    this.list.addEventListener("pointermove", () => { this.touched = performance.now(); });
    this.above.querySelector("button")!.addEventListener("click", () => {
      this.settle();
      this.list.scrollIntoView({ block: "center" });
      this.list.querySelector("a")?.focus({ preventScroll: true });
    });
    addEventListener("scroll", () => { if (this.held.size > 0 && !this.busy()) this.settle(); }, { passive: true });
  }

  private whole = false;

  private note(id: string, h: Happened | null): void {
    this.changed.set(id, h);
    this.plan();
  }

  private plan(): void {
    if (this.timer || this.changed.size === 0 && !this.whole || document.visibilityState !== "visible") return;
    this.timer = window.setTimeout(() => { this.timer = 0; void this.fetch(); }, 300);
  }

  private async fetch(): Promise<void> {
    const asked = new Map(this.changed);
    const whole = this.whole || asked.size > atOnce;
    this.changed.clear();
    this.whole = false;
    const query = new URLSearchParams(location.search);
    for (const key of ["below", "done"]) if (whole ? key === "done" : true) query.delete(key);
    if (!whole) query.set("ids", [...asked.keys()].join(","));
    try {
      const answer = await page((whole ? "/?" : "/rows?") + query.toString());
      if (answer.status !== 200) return;
      const fresh = new Map([...answer.document.querySelectorAll<HTMLLIElement>("li[data-id]")].map((row) => [row.dataset.id!, document.importNode(row, true)]));
      if (whole) for (const row of [...this.rows()]) asked.set(row.dataset.id!, null);
      for (const id of whole ? new Set([...asked.keys(), ...fresh.keys()]) : asked.keys()) this.take(id, fresh.get(id) ?? null, asked.get(id) ?? null);
      this.show();
      this.say(asked, fresh);
    } catch {
      for (const [id, h] of asked) if (!this.changed.has(id)) this.changed.set(id, h);
      this.whole ||= whole;
      this.timer = window.setTimeout(() => { this.timer = 0; this.plan(); }, 5_000);
    }
  }

  /** One row as it is now. What it says changes at once, where it stands only when nobody minds. */
  private take(id: string, fresh: HTMLLIElement | null, h: Happened | null): void {
    const here = this.row(id);
    const search = new URLSearchParams(location.search);
    const still = search.has("q") || search.has("below"); // what these lists hold is not decided by what changes now
    if (!fresh && (!here || still) || fresh && !here && (still || !this.reaches(fresh))) return;
    if (fresh && here) {
      const moves = !still && fresh.dataset.at !== here.dataset.at && this.place(fresh, here) !== here.nextElementSibling;
      if (!moves) fresh.dataset.at = still ? here.dataset.at : fresh.dataset.at;
      this.held.delete(id);
      if (!moves || h?.kind === "article.held" || h?.kind === "article.released") return this.put(here, fresh);
      if (this.busy()) {
        const copy = fresh.cloneNode(true) as HTMLLIElement;
        copy.dataset.at = here.dataset.at;
        this.put(here, copy);
      }
    }
    if (!fresh && here && this.busy()) here.classList.add("gone");
    this.held.set(id, fresh);
  }

  private show(): void {
    if (this.busy()) {
      const n = this.held.size;
      this.above.hidden = n === 0;
      this.above.querySelector("button")!.textContent = t("above", n);
      if (n > 0 && scrollY === 0) setTimeout(() => this.show(), calm);
      return;
    }
    this.settle();
  }

  /** Puts everything where it belongs. */
  private settle(): void {
    for (const [id, fresh] of this.held) {
      const here = this.row(id);
      if (!fresh) here?.remove();
      else {
        const at = here?.contains(document.activeElement) ?? false;
        const place = this.place(fresh, here);
        here?.remove();
        fresh.classList.add("new");
        fresh.addEventListener("animationend", () => fresh.classList.remove("new"), { once: true });
        this.list.insertBefore(fresh, place);
        if (at) fresh.querySelector("a")?.focus({ preventScroll: true });
      }
    }
    this.held.clear();
    this.above.hidden = true;
    if (this.empty) this.empty.hidden = this.list.children.length > 0;
  }

  private put(here: HTMLLIElement, fresh: HTMLLIElement): void {
    const at = here.contains(document.activeElement);
    if (here.classList.contains("here")) fresh.classList.add("here");
    here.replaceWith(fresh);
    if (at) fresh.querySelector("a")?.focus({ preventScroll: true });
  }

  /** Whether somebody reads, marks or points at what would move. */
  private busy(): boolean {
    const marked = getSelection();
    return this.list.getBoundingClientRect().top < 0 || this.list.contains(document.activeElement) || performance.now() - this.touched < calm ||
      !!marked && !marked.isCollapsed && marked.rangeCount > 0 && marked.getRangeAt(0).intersectsNode(this.list);
  }

  /** Before which row it stands, by the time of its change. */
  private place(fresh: HTMLLIElement, not: Element | null): Element | null {
    for (const row of this.rows()) if (row !== not && Number(row.dataset.at) < Number(fresh.dataset.at)) return row;
    return null;
  }

  /** Whether a new row is of this page and not of an older one. */
  private reaches(fresh: HTMLLIElement): boolean {
    const last = [...this.rows()].at(-1);
    return !last || !document.querySelector("a[rel=next]") || Number(fresh.dataset.at) > Number(last.dataset.at);
  }

  private row(id: string): HTMLLIElement | null {
    return this.list.querySelector<HTMLLIElement>('li[data-id="' + CSS.escape(id) + '"]');
  }

  private rows(): NodeListOf<HTMLLIElement> {
    return this.list.querySelectorAll<HTMLLIElement>("li[data-id]");
  }

  private say(asked: Map<string, Happened | null>, fresh: Map<string, HTMLLIElement>): void {
    const told = [...asked].filter(([id, h]) => h && h.by && String(h.actor) !== document.body.dataset.person && fresh.has(id));
    if (told.length === 0) return;
    const [id, h] = told[0]!;
    announce(told.length > 1 ? t("several", told.length) : t("changed", h!.by, fresh.get(id)!.querySelector("a")?.textContent ?? ""));
  }

  private waiting = 0;

  /** How many comments wait is on the page of the list. */
  private comments(): void {
    const here = document.querySelector("[data-live=held]");
    if (!here || this.waiting) return;
    this.waiting = window.setTimeout(async () => {
      this.waiting = 0;
      const fresh = (await page("/").catch(() => null))?.document.querySelector("[data-live=held]");
      if (fresh) here.replaceChildren(...[...document.importNode(fresh, true).childNodes]);
    }, 5_000);
  }
}
