// Who holds the article. Whoever opens its editor does; a second person reads,
// writes notes, or asks to take over. It is a courtesy: what is typed is kept
// and what is saved is joined, whoever holds it.
import { Plugin } from "prosemirror-state";
import { tell } from "../ask";
import { el } from "../dom";
import type { Sheet } from "../sheet";
import { tab } from "../tab";
import { listen, type Happened } from "./line";

/** Who holds the article, as POST /articles/{id}/hold answers. */
interface Holder {
  person: number;
  name: string;
  sinceAt?: string;
  here: boolean;
  own: boolean;
  asker?: number;
  asks?: string;
  passes?: number;
  moment?: boolean;
}

type Act = "open" | "stay" | "look" | "take" | "give" | "wait" | "leave";

const signEvery = 10_000;
const longHidden = 4 * 60_000; // an editor that nobody looks at gives no more signs
const keepAtMost = 3_000; // so long a hand-over waits for what was typed last

/** Parts that keep what is typed listen for this before the article passes on: detail.wait(promise). */
export const keepNow = "desk:keep";

let locked = false;

/** While a colleague holds the article nothing is typed into it here; what comes from elsewhere still arrives. */
export function plugins(_sheet: Sheet): Plugin[] {
  return [new Plugin({
    props: { editable: () => !locked },
    filterTransaction: (tr) => !locked || !tr.docChanged || tr.getMeta("put") !== undefined,
  })];
}

export function part(sheet: Sheet): void {
  new Hold(sheet).begin();
}

class Hold {
  private now: Holder | null = null;
  private had = false; // this window held it before
  private asked = 0; // the article that was opened here
  private due = 0; // when it passes on, by this window's clock
  private hiddenAt = 0;
  private reloading = false;
  private saved: Happened | null = null;

  constructor(private readonly sheet: Sheet) {}

  begin(): void {
    void this.say("open");
    setInterval(() => void this.sign(), signEvery);
    setInterval(() => this.count(), 1_000);
    document.addEventListener("visibilitychange", () => {
      this.hiddenAt = document.visibilityState === "hidden" ? performance.now() : 0;
      if (!this.hiddenAt) void this.sign();
    });
    addEventListener("pagehide", () => { if (!this.reloading) void this.say("leave"); });
    addEventListener("pageshow", (e) => { if (e.persisted) void this.say("open"); });
    listen((h) => {
      if (h.article !== this.sheet.facts.article) return;
      if (["article.held", "article.asked", "article.released", "article.taken"].includes(h.kind)) void this.say("stay");
      if (h.kind === "article.edited" && locked && h.actor !== this.sheet.facts.person.id) {
        this.saved = h;
        this.show();
      }
    }, () => void this.say("stay"));
  }

  private async sign(): Promise<void> {
    if (this.hiddenAt && performance.now() - this.hiddenAt > longHidden) return;
    await this.say("stay");
  }

  private async say(act: Act): Promise<void> {
    const id = this.sheet.facts.article;
    if (id === 0) return; // not made yet: nobody else knows of it
    if (act === "stay") act = this.asked !== id ? "open" : locked ? "look" : "stay";
    this.asked = id;
    try {
      const now = await tell<Holder>("/articles/" + id + "/hold", { tab: tab(), do: act }, act === "leave" ? { keepalive: true } : {});
      if (act !== "leave") this.take(now);
    } catch { /* without a line everyone writes on: what is typed is kept and joined */ }
  }

  private take(now: Holder): void {
    const was = this.now;
    this.now = now;
    this.due = now.passes ? performance.now() + now.passes * 1_000 : 0;
    if (was && !was.here && locked && now.here) return this.renew();
    if (now.here) this.had = true;
    // a window that only reads goes on reading when the colleague has left
    this.lock(!now.here && (locked || now.person !== 0));
    this.show();
  }

  /** The article has come here: its newest text is read first, which may be the colleague's last words. */
  private renew(): void {
    this.reloading = true;
    void this.keep().then(() => location.reload());
  }

  private lock(yes: boolean): void {
    if (locked === yes) return;
    locked = yes;
    this.sheet.form.classList.toggle("held", yes);
    this.sheet.view.setProps({}); // asks anew whether it may be edited
    for (const e of this.sheet.form.elements) {
      if (e.closest(".notes")) continue;
      if (e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement) e.readOnly = yes;
      if (e instanceof HTMLSelectElement) e.toggleAttribute("data-held", yes);
    }
    for (const kind of ["mousedown", "keydown"] as const) {
      if (yes) this.sheet.form.addEventListener(kind, still, true);
      else this.sheet.form.removeEventListener(kind, still, true);
    }
  }

  /** The seconds until it passes on. */
  private left(): number {
    return Math.max(0, Math.ceil((this.due - performance.now()) / 1_000));
  }

  private count(): void {
    if (!this.due) return;
    if (performance.now() >= this.due) {
      this.due = 0;
      setTimeout(() => void this.say("stay"), 1_500); // the desk passes it on within a second
      return;
    }
    const place = document.querySelector("[data-slot=holder] [data-left]");
    if (place) place.textContent = this.passing();
  }

  private passing(): string {
    const { sheet, now } = this;
    if (!now) return "";
    const s = this.left();
    if (now.here) return now.moment ? sheet.t("hold.waits", now.asks ?? "", s) : sheet.t("hold.passes", s);
    return sheet.t(now.moment ? "hold.moment" : "hold.asked", now.name, s);
  }

  private show(): void {
    const { sheet, now } = this;
    if (!now) return;
    const act = (key: string, what: () => void, main = false): HTMLButtonElement => el("button", { type: "button", class: main ? "primary" : null, click: what }, sheet.t(key));
    const left = (): HTMLElement => el("p", { class: "quiet", "data-left": true }, this.passing());
    const lines: Node[] = [];
    const acts: Node[] = [];
    if (now.here && now.asker) {
      lines.push(el("p", { role: "alert" }, sheet.t("hold.asks", now.asks ?? "")), left());
      acts.push(act("hold.give", () => void this.give(), true));
      if (!now.moment) acts.push(act("hold.wait", () => void this.say("wait")));
    } else if (now.own && !now.here) {
      lines.push(el("p", { role: "status" }, sheet.t("hold.elsewhere")));
      acts.push(act("hold.here", () => void this.say("take"), true));
    } else if (now.person === 0 && locked) {
      lines.push(el("p", { role: "status" }, sheet.t("hold.free")));
      acts.push(act("hold.here", () => void this.say("take"), true));
      if (this.saved) lines.push(this.newer(this.saved));
    } else if (now.person !== 0 && !now.here) {
      lines.push(el("p", { role: "status" }, this.had ? sheet.t("hold.taken", now.name) : sheet.t("hold.other", now.name, now.sinceAt ?? "")));
      if (now.asker === sheet.facts.person.id) lines.push(left());
      else if (now.asker) lines.push(el("p", { class: "quiet" }, sheet.t("hold.first", now.asks ?? "")));
      else acts.push(act(this.had ? "hold.back" : "hold.take", () => void this.say("take"), true));
      if (this.saved) lines.push(this.newer(this.saved));
    }
    if (acts.length > 0) lines.push(el("p", { class: "choices" }, ...acts));
    const at = document.activeElement?.closest("[data-slot=holder]") ? document.activeElement.textContent : null;
    sheet.say("holder", lines.length > 0 ? el("div", { class: "holder" }, ...lines) : "");
    if (at) document.querySelector<HTMLElement>("[data-slot=holder] button")?.focus();
  }

  /** A colleague has saved what is only read here. */
  private newer(h: Happened): HTMLElement {
    const { sheet } = this;
    const again = el("a", { href: location.pathname, click: () => { this.reloading = true; } }, sheet.t("hold.show"));
    return el("p", {}, sheet.t("hold.saved", h.by, h.head), " ", again);
  }

  private async give(): Promise<void> {
    await this.keep();
    await this.say("give");
  }

  /** Has what was typed last kept, but does not wait for ever. */
  private async keep(): Promise<void> {
    const waits: Promise<unknown>[] = [];
    document.dispatchEvent(new CustomEvent(keepNow, { detail: { wait: (p: Promise<unknown>) => waits.push(p) } }));
    await Promise.race([Promise.allSettled(waits), new Promise((done) => setTimeout(done, keepAtMost))]);
  }
}

/** A select has no readOnly of its own. */
function still(e: Event): void {
  if (!(e.target instanceof HTMLSelectElement) || !e.target.hasAttribute("data-held")) return;
  if (e instanceof KeyboardEvent && e.key === "Tab") return;
  e.preventDefault();
}
