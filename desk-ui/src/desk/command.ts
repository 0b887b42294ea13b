// The command box: finds articles by number, words, author and state, and runs
// whatever the page itself offers, or in the editor the article's own page. It
// presses the pages' own links and buttons, so rights and confirmations stay
// where they are; what changes something by itself is asked for once more.
import { ask } from "../ask";
import { el, freshID } from "../dom";
import { page } from "../live/page";
import { announce, t } from "../live/words";
import { nameOf, openKeySheet } from "./keysheet";

interface Hit {
  number: string;
  headline: string;
  word: string;
  when: string;
  by?: string;
  edition?: string;
  language: string;
  direction: string;
  desk: string;
}

/** A line of the box. */
interface Choice {
  label: string;
  about: string;
  lang?: string;
  dir?: string;
  run: () => void;
  sure?: boolean; // a second Enter does it
  far?: boolean; // leads to another place: what belongs to this one comes first
}

const offered = 8; // acts shown at once; articles have their own limit

export function commandBox(): void {
  arrived();
  if (!document.querySelector("header nav")) return; // nobody is signed in
  addEventListener("keydown", (e) => {
    const k = (e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === "k";
    // in the text, the key without Shift makes a link
    if (!k || e.defaultPrevented || (!e.shiftKey && e.target instanceof Element && e.target.closest(".ProseMirror"))) return;
    e.preventDefault();
    if (!document.querySelector("dialog[open]")) new Box();
  });
  for (const b of document.querySelectorAll<HTMLElement>("[data-command]")) {
    b.hidden = false;
    b.addEventListener("click", () => new Box());
  }
}

/** Letters without accents and of one shape, as the desk's search folds them. */
function fold(s: string): string {
  return s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ي/g, "ی").replace(/ك/g, "ک");
}

const LED = "desk:led";

/** What may be done with an article stands on its own page: a link there is followed, to a button one is led, to see what is saved before it is pressed. */
function actsOfStory(story: Document, path: string, known: Choice[]): Choice[] {
  const out: Choice[] = [];
  for (const e of story.querySelectorAll<HTMLElement>("main .bar a, main .bar button, main .acts a, main .acts button, main .danger a, main .acts ~ details > summary, main .margin p > a")) {
    const label = nameOf(e);
    if (!label || [...known, ...out].some((c) => c.label === label)) continue;
    const href = e.getAttribute("href");
    out.push({ label, about: t("command.story"), run: () => {
      try { if (!href) sessionStorage.setItem(LED, label); } catch { /* then one finds it oneself */ }
      location.assign(href ?? path);
    } });
  }
  return out;
}

/** Puts the focus on the act that one was led to. */
function arrived(): void {
  let label: string | null = null;
  try {
    label = sessionStorage.getItem(LED);
    sessionStorage.removeItem(LED);
  } catch { /* no store, no focus */ }
  if (!label) return;
  const act = [...document.querySelectorAll<HTMLElement>("main .bar button, main .acts button, main summary")].find((e) => nameOf(e) === label);
  if (act?.tagName === "SUMMARY") press(act);
  else act?.focus();
}

/** What can be pressed on this page, each once. */
function actsHere(): Choice[] {
  const places = "main .bar a, main .bar button, main .acts a, main .acts button, main summary, main .danger a, main .more a, main .more button, main .margin p > a, main .margin li > a, main .links a, main .views a, header nav a, .self a, .self button";
  const seen = new Set<string>();
  const out: Choice[] = [];
  for (const e of document.querySelectorAll<HTMLElement>(places)) {
    const label = nameOf(e);
    if (!label || seen.has(label) || e.hidden || e.matches("[data-command]") || !e.checkVisibility()) continue;
    seen.add(label);
    const sure = e instanceof HTMLButtonElement && e.type === "submit" && e.form?.method === "post" && !e.form.matches("[data-edit]");
    const far = e.closest("header") !== null;
    out.push({ label, about: far ? t("command.place") : t("command.act"), run: () => press(e), sure, far });
  }
  out.push({ label: t("keys.title"), about: t("command.act"), run: openKeySheet });
  return out;
}

function press(e: HTMLElement): void {
  if (e instanceof HTMLElement && e.tagName === "SUMMARY") {
    (e.parentElement as HTMLDetailsElement).open = true;
    e.parentElement!.querySelector<HTMLElement>("textarea, input:not([type=hidden]), select, a, button")?.focus();
    return;
  }
  e.click();
}

class Box {
  private acts = actsHere();
  private readonly says = el("p", { class: "quiet", role: "status" });
  private asking: Choice | null = null; // waits for its second Enter
  private readonly list = el("ul", { id: freshID("choices"), role: "listbox", "aria-label": t("command.title") });
  private readonly input = el("input", {
    type: "text", role: "combobox", "aria-expanded": "true", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-label": t("command.title"),
    placeholder: t("command.hint"), dir: "auto", autocomplete: "off", spellcheck: "false",
  });
  private readonly dialog: HTMLDialogElement;
  private choices: Choice[] = [];
  private articles: Choice[] = [];
  private at = 0;
  private timer = 0;
  private asked = 0;

  constructor() {
    this.dialog = el("dialog", { class: "panel command", "aria-label": t("command.title"), close: () => this.dialog.remove() }, this.input, this.list, this.says);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (e) => this.key(e));
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.input.focus();
    this.typed();
    void this.readStory();
  }

  private async readStory(): Promise<void> {
    const path = /^\/articles\/\d+(?=\/)/.exec(location.pathname)?.[0];
    const answer = path ? await page(path).catch(() => null) : null;
    if (answer?.status !== 200 || !this.dialog.isConnected) return;
    this.acts = [...this.acts, ...actsOfStory(answer.document, path!, this.acts)];
    this.show();
  }

  private typed(): void {
    this.calm();
    this.at = 0;
    this.show();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.find(), 120);
  }

  private async find(): Promise<void> {
    const mine = ++this.asked;
    const began = performance.now();
    try {
      const answer = await ask<{ articles: Hit[] }>("/find?q=" + encodeURIComponent(this.input.value.trim()));
      if (mine !== this.asked || !this.dialog.isConnected) return;
      this.articles = answer.articles.map((a) => ({
        label: a.headline, lang: a.language, dir: a.direction,
        about: [a.number, a.word, a.by, a.when, a.edition].filter(Boolean).join(" · "),
        run: () => location.assign(a.desk),
      }));
    } catch {
      if (mine !== this.asked) return;
      this.articles = []; // without a line the page's own acts are left
    }
    this.show();
    performance.measure("find", { start: began });
    announce(t("command.found", this.choices.length));
  }

  private show(): void {
    const words = fold(this.input.value).split(/\s+/).filter(Boolean);
    const fits = this.acts.filter((a) => words.every((w) => fold(a.label).includes(w)));
    const acts = [...fits.filter((a) => !a.far), ...fits.filter((a) => a.far)];
    this.choices = words.length > 0 ? [...acts.slice(0, offered), ...this.articles] : [...acts.slice(0, offered), ...this.articles.slice(0, 5)];
    this.at = Math.min(this.at, Math.max(0, this.choices.length - 1));
    this.list.replaceChildren(...this.choices.map((c, i) => this.line(c, i)));
    if (this.choices.length === 0) this.list.append(el("li", { class: "empty", role: "presentation" }, t("command.none")));
    this.mark();
  }

  private line(c: Choice, i: number): HTMLElement {
    const li = el("li", { id: this.list.id + "-" + i, role: "option", click: () => this.take(i) },
      el("bdi", { lang: c.lang, dir: c.dir }, c.label), " ", el("span", { class: "quiet" }, c.about));
    li.addEventListener("mousemove", () => { if (this.at !== i) { this.at = i; this.calm(); this.mark(); } });
    return li;
  }

  private mark(): void {
    [...this.list.children].forEach((li, i) => { if (li.getAttribute("role") === "option") li.setAttribute("aria-selected", String(i === this.at)); });
    const here = this.choices.length > 0 ? this.list.children[this.at] : undefined;
    if (here) this.input.setAttribute("aria-activedescendant", here.id);
    else this.input.removeAttribute("aria-activedescendant");
    here?.scrollIntoView({ block: "nearest" });
  }

  private key(e: KeyboardEvent): void {
    if (e.isComposing) return;
    const last = this.choices.length - 1;
    if (e.key === "ArrowDown") this.at = this.at >= last ? 0 : this.at + 1;
    else if (e.key === "ArrowUp") this.at = this.at <= 0 ? Math.max(0, last) : this.at - 1;
    else if (e.key === "Enter") this.take(this.at);
    else return;
    e.preventDefault();
    if (e.key !== "Enter") this.calm();
    this.mark();
  }

  private calm(): void {
    this.asking = null;
    this.says.textContent = "";
  }

  private take(i: number): void {
    const choice = this.choices[i];
    if (!choice) return;
    if (choice.sure && this.asking !== choice) {
      this.asking = choice;
      this.at = i;
      this.says.textContent = t("command.again", choice.label);
      return;
    }
    this.dialog.close();
    // once the page has its focus again: a form may look for it
    queueMicrotask(choice.run);
  }
}
