// The open suggestions beside the text: what, by whom, when; yes or no.
import { TextSelection } from "prosemirror-state";
import { el, freshID, keyName } from "../dom";
import type { Sheet } from "../sheet";
import { lookAt, lookedAt, suggesting, toggle } from "./mode";
import { at, settle, unsettled, type Suggestion } from "./settle";
import { moment } from "./moment";
import type { Remark } from "./track";

export const KEYS = { toggle: "Mod-Alt-s", next: "Mod-Alt-.", previous: "Mod-Alt-,", accept: "Mod-Alt-a", refuse: "Mod-Alt-r" };

export class Margin {
  private readonly head = el("h2", { id: freshID("suggestions") });
  private readonly mode: HTMLButtonElement;
  private readonly list = el("ol");
  private readonly all = el("p", { class: "choices" });
  private readonly status = el("p", { class: "quiet", role: "status" });
  private suggestions: Suggestion[] = [];
  private shown = "";
  private timer = 0;

  constructor(private readonly sheet: Sheet) {
    this.mode = el("button", { type: "button", class: "small", "aria-pressed": "false", title: keyName(KEYS.toggle), click: () => this.switch() }, sheet.t("suggest.mode"));
    this.head.append(sheet.t("suggest"));
    this.all.append(
      el("button", { type: "button", class: "small", click: () => this.settleAll(true) }, sheet.t("suggest.accept.all")), " ",
      el("button", { type: "button", class: "small", click: () => this.settleAll(false) }, sheet.t("suggest.refuse.all")));
    sheet.say("suggestions", el("div", { class: "suggestions", role: "group", "aria-labelledby": this.head.id }, this.head, el("p", {}, this.mode), this.status, this.list, this.all));
    const spoken = sheet.view.dom.style;
    for (const name of ["inserted", "deleted", "end"]) spoken.setProperty("--said-" + name, JSON.stringify(" " + sheet.t("suggest." + name) + " "));
    this.draw();
    this.say();
  }

  /** Called after the text changed. */
  changed(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.draw(), 120);
  }

  switch(): void {
    const { view } = this.sheet;
    toggle(this.sheet)(view.state, view.dispatch);
    this.say();
    this.tell(suggesting(view.state) ? "on" : "off");
  }

  tell(what: Remark | "on" | "off" | "accepted" | "refused"): void {
    this.status.textContent = this.sheet.t("suggest." + what);
  }

  /** Goes to the next suggestion, or to the one before. */
  go(step: 1 | -1): boolean {
    this.draw();
    if (this.suggestions.length === 0) return false;
    const { view } = this.sheet;
    const pos = view.state.selection.from;
    const here = this.suggestions.findIndex((s) => s.id === (lookedAt(view.state) ?? at(view.state)));
    const count = this.suggestions.length;
    const next = here >= 0 ? (here + step + count) % count : step > 0 ? Math.max(0, this.suggestions.findIndex((s) => s.from >= pos)) : this.before(pos);
    this.show(this.suggestions[next]!);
    return true;
  }

  /** Settles the suggestion that is looked at, or the one at the cursor, and goes to the next. */
  settleHere(accept: boolean): boolean {
    const { view } = this.sheet;
    const id = lookedAt(view.state) ?? at(view.state);
    return id !== null && this.settle(id, accept);
  }

  private before(pos: number): number {
    let last = this.suggestions.length - 1;
    while (last > 0 && this.suggestions[last]!.from > pos) last--;
    return last;
  }

  private settle(id: string, accept: boolean): boolean {
    const { view } = this.sheet;
    const index = this.suggestions.findIndex((s) => s.id === id);
    if (!settle(new Set([id]), accept)(view.state, view.dispatch)) return false;
    this.draw();
    this.tell(accept ? "accepted" : "refused");
    const next = this.suggestions[Math.min(index, this.suggestions.length - 1)];
    if (next) this.show(next);
    else lookAt(null)(view.state, view.dispatch);
    return true;
  }

  private settleAll(accept: boolean): void {
    const { view } = this.sheet;
    settle(new Set(unsettled(view.state.doc).map((s) => s.id)), accept)(view.state, view.dispatch);
    this.draw();
    this.tell(accept ? "accepted" : "refused");
    view.focus();
  }

  /** Shows a suggestion in the text and beside it. */
  private show(s: Suggestion): void {
    const { view } = this.sheet;
    view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(s.from), 1)).scrollIntoView());
    this.look(s.id);
    this.list.querySelector('[data-id="' + s.id + '"]')?.scrollIntoView({ block: "nearest" });
  }

  /** Connects a suggestion in the text with its words in the margin. */
  look(id: string | null): void {
    const { view } = this.sheet;
    lookAt(id)(view.state, view.dispatch);
    for (const item of this.list.children) item.toggleAttribute("data-here", item.getAttribute("data-id") === id);
  }

  private say(): void {
    this.mode.setAttribute("aria-pressed", String(suggesting(this.sheet.view.state)));
  }

  private draw(): void {
    clearTimeout(this.timer);
    this.suggestions = unsettled(this.sheet.view.state.doc);
    const shown = JSON.stringify(this.suggestions.map(({ from: _, to: __, ...s }) => s));
    if (shown === this.shown) return;
    this.shown = shown;
    const focus = document.activeElement instanceof HTMLElement && this.list.contains(document.activeElement) ? document.activeElement.dataset.act : undefined;
    const index = focus === undefined ? -1 : [...this.list.children].findIndex((i) => i.contains(document.activeElement));
    this.list.replaceChildren(...this.suggestions.map((s) => this.item(s)));
    this.all.hidden = this.suggestions.length < 2;
    if (focus === undefined) return;
    const item = this.list.children[Math.min(index, this.list.children.length - 1)];
    (item?.querySelector<HTMLElement>('[data-act="' + focus + '"]') ?? this.sheet.view.dom).focus();
  }

  private item(s: Suggestion): HTMLElement {
    const { sheet } = this;
    const id = freshID("suggestion");
    const words = (tag: "del" | "ins", text: string): HTMLElement => el(tag, {}, el("span", { class: "hidden" }, sheet.t(tag === "del" ? "suggest.deleted" : "suggest.inserted") + " "), text);
    const act = (name: "accept" | "refuse"): HTMLElement => el("button", {
      type: "button", class: "small", "data-act": name, "aria-describedby": id, title: keyName(KEYS[name]), click: () => this.settle(s.id, name === "accept"),
    }, sheet.t("suggest." + name));
    const at = new Date(s.at * 1000);
    return el("li", { "data-id": s.id, pointerenter: () => this.look(s.id), pointerleave: () => this.look(null), focusin: () => this.look(s.id) },
      el("button", { type: "button", class: "place", dir: "auto", id, "data-act": "go", click: () => { this.show(s); sheet.view.focus(); } },
        s.deleted ? words("del", s.deleted) : null, s.deleted && s.inserted ? " " : null, s.inserted ? words("ins", s.inserted) : null),
      el("p", { class: "quiet" }, el("bdi", {}, sheet.facts.people[s.by] ?? (s.by === sheet.facts.person.id ? sheet.facts.person.name : sheet.t("suggest.colleague"))), " ",
        el("time", { datetime: at.toISOString() }, moment(sheet, at))),
      el("p", { class: "choices" }, act("accept"), " ", act("refuse")));
  }
}
