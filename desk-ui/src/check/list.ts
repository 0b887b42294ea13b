// The list of findings in the margin.
import type { Sheet } from "../sheet";
import type { Placed } from "./finding";

export interface Acts {
  go(f: Placed): void;
  accept(f: Placed): void;
  later(f: Placed): void;
  all(): void; // brings back what was put off
}

export class List {
  private readonly root = document.createElement("section");
  private readonly body = document.createElement("div");
  private readonly status = document.createElement("p");
  private readonly wait = document.createElement("p");
  private spoken = "";

  constructor(private readonly sheet: Sheet, private readonly acts: Acts) {
    const head = document.createElement("h2");
    head.id = "checks-head";
    head.textContent = sheet.t("check.title");
    this.root.className = "checks";
    this.root.id = "checks";
    this.root.setAttribute("aria-labelledby", head.id);
    this.status.className = "hidden";
    this.status.setAttribute("role", "status");
    this.wait.className = "quiet";
    this.wait.hidden = true;
    this.root.append(head, this.wait, this.body, this.status);
  }

  show(list: Placed[], hidden: number, here: string): void {
    if (!this.root.isConnected) this.sheet.say("checks", this.root);
    const focused = this.root.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.of ?? "" : "";
    const parts: HTMLElement[] = [];
    if (list.length) {
      const ol = document.createElement("ol");
      for (const f of list) ol.append(this.item(f, f.key === here));
      parts.push(ol);
    } else parts.push(line("clean", this.sheet.t("check.clean")));
    if (hidden) {
      const p = line("quiet", "");
      p.append(button("plain", this.sheet.t("check.hidden", hidden), () => this.acts.all()));
      parts.push(p);
    }
    this.body.replaceChildren(...parts);
    if (focused) this.body.querySelector<HTMLElement>('[data-of="' + CSS.escape(focused) + '"]')?.focus();
    this.wait.hidden = true;
  }

  waits(why: string): void {
    if (!this.root.isConnected) this.sheet.say("checks", this.root);
    this.wait.textContent = why;
    this.wait.hidden = false;
  }

  /** Says something to a screen reader, once. */
  speak(text: string): void {
    if (text === this.spoken) return;
    this.spoken = text;
    this.status.textContent = text;
  }

  scrollTo(f: Placed): void {
    this.body.querySelector("li.here")?.scrollIntoView({ block: "nearest" });
    if (!f.range && !f.field) this.body.querySelector<HTMLElement>("li.here button")?.focus();
  }

  private item(f: Placed, here: boolean): HTMLElement {
    const li = document.createElement("li");
    li.className = f.level + (here ? " here" : "");
    if (here) li.setAttribute("aria-current", "true");
    const rule = line("rule", "");
    const go = button("plain", f.name, () => this.acts.go(f));
    go.dataset.of = f.key;
    rule.append(go, " ", span("quiet", this.place(f)));
    if (f.level !== "warning") rule.append(" ", span("flag " + f.level, this.sheet.t("check." + f.level)));
    const place = line("place", "");
    place.dir = "auto";
    const mark = document.createElement("mark");
    mark.textContent = short(f.text);
    place.append(f.before, mark, f.after);
    li.append(rule, place, line("", f.message));
    const acts = line("fix", "");
    if (f.fix !== null) acts.append(...this.fix(f.fix), " ", button("small", this.sheet.t("check.apply"), () => this.acts.accept(f)), " ");
    if (f.level !== "block") acts.append(button("small plain", this.sheet.t("check.later"), () => this.acts.later(f)));
    li.append(acts);
    return li;
  }

  private place(f: Placed): string {
    if (f.field) return this.sheet.form.querySelector('label[for="' + CSS.escape(f.field) + '"]')?.firstChild?.textContent?.trim() ?? f.field;
    return f.end > 0 ? this.sheet.t("check.paragraph", f.paragraph) : this.sheet.t("check.dateline");
  }

  private fix(fix: string): (HTMLElement | string)[] {
    if (fix === "") return [this.sheet.t("check.fix.nothing")];
    if (fix.trim() === "") return [this.sheet.t("check.fix.space")];
    const ins = document.createElement("ins");
    ins.dir = "auto";
    ins.textContent = short(fix);
    return [this.sheet.t("check.fix") + " ", ins];
  }
}

function line(name: string, text: string): HTMLParagraphElement {
  const p = document.createElement("p");
  if (name) p.className = name;
  p.textContent = text;
  return p;
}

function span(name: string, text: string): HTMLSpanElement {
  const s = document.createElement("span");
  s.className = name;
  s.textContent = text;
  return s;
}

function button(name: string, text: string, press: () => void): HTMLButtonElement {
  const b = document.createElement("button");
  b.type = "button";
  b.className = name;
  b.textContent = text;
  b.addEventListener("click", press);
  return b;
}

const LONGEST = 120;

/** Both ends of a long text. */
function short(text: string): string {
  const chars = [...text];
  return chars.length <= LONGEST ? text : chars.slice(0, LONGEST / 2).join("") + " … " + chars.slice(-LONGEST / 2).join("");
}
