// The toolbar: one stop of the Tab key, arrows inside (ARIA, toolbar and menu
// button patterns). Words where a word is shorter than a riddle.
import { Plugin, type EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { el, freshID, keyName } from "../dom";
import type { Sheet } from "../sheet";
import { inTable, type Act, type Group } from "./acts";

export function toolbar(sheet: Sheet, acts: Act[]): Plugin {
  return new Plugin({ view: (view) => new Toolbar(sheet, view, acts) });
}

class Toolbar {
  private readonly dom: HTMLElement;
  private readonly stops: HTMLButtonElement[] = [];
  private readonly watched: { act: Act; item: HTMLElement }[] = [];
  private readonly style: HTMLElement;
  private readonly tableMenu: HTMLElement;
  private open: HTMLElement | null = null;

  constructor(private readonly sheet: Sheet, private readonly view: EditorView, private readonly acts: Act[]) {
    const style = this.menu("style", "block", "paragraph");
    this.style = style.querySelector("button")!;
    this.tableMenu = this.menu("table", "table");
    this.dom = el("div", { role: "toolbar", class: "toolbar", "aria-label": sheet.t("toolbar"), keydown: (e: KeyboardEvent) => this.key(e) },
      style, ...this.buttons("mark"), this.menu("insert", "insert"), this.menu("more", "more"), this.tableMenu,
      el("span", { class: "gap" }), ...this.buttons("history"), ...this.buttons("find"));
    view.dom.before(this.dom);
    this.stops.forEach((b, i) => { b.tabIndex = i === 0 ? 0 : -1; });
    document.addEventListener("pointerdown", this.away);
    this.update(view);
  }

  private readonly away = (e: Event): void => {
    if (this.open && !(e.target instanceof Node && this.open.contains(e.target))) this.close(false);
  };

  destroy(): void {
    document.removeEventListener("pointerdown", this.away);
    this.dom.remove();
  }

  private buttons(group: Group): HTMLElement[] {
    return this.acts.filter((a) => a.group === group).map((act) => {
      const name = this.sheet.t(act.name);
      const b = this.stop(el("button", { type: "button", class: "tool tool-" + act.name, title: titleOf(name, act.key), "aria-keyshortcuts": ariaKeys(act.key) }, name));
      b.addEventListener("click", () => this.run(act));
      this.watched.push({ act, item: b });
      return b;
    });
  }

  /** A button that opens a list of acts. */
  private menu(name: string, group: Group, label = name): HTMLElement {
    const id = freshID("menu");
    const button = this.stop(el("button", { type: "button", class: "tool menu-button tool-" + name, "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id, title: this.sheet.t(name === "style" ? "style" : label) },
      el("span", {}, this.sheet.t(label))));
    const items = this.acts.filter((a) => a.group === group).map((act) => {
      const item = el("button", { type: "button", role: act.active ? "menuitemcheckbox" : "menuitem", tabindex: -1, "aria-keyshortcuts": ariaKeys(act.key) },
        el("span", {}, this.sheet.t(act.name)), act.key ? el("kbd", { "aria-hidden": "true", dir: "ltr" }, keyName(act.key)) : null);
      item.addEventListener("click", () => { this.close(false); this.run(act); });
      this.watched.push({ act, item });
      return item;
    });
    const list = el("div", { role: "menu", id, hidden: true, "aria-label": this.sheet.t(name === "style" ? "style" : label) }, ...items);
    const holder = el("div", { class: "menu" }, button, list);
    button.addEventListener("click", () => (this.open === holder ? this.close(true) : this.show(holder)));
    return holder;
  }

  private stop(b: HTMLButtonElement): HTMLButtonElement {
    this.stops.push(b);
    b.addEventListener("mousedown", (e) => e.preventDefault()); // the cursor stays in the text
    b.addEventListener("focus", () => this.stops.forEach((s) => { s.tabIndex = s === b ? 0 : -1; }));
    return b;
  }

  private run(act: Act): void {
    this.view.focus();
    act.command(this.view.state, this.view.dispatch, this.view);
  }

  private show(holder: HTMLElement): void {
    this.close(false);
    this.open = holder;
    this.refresh(this.view.state);
    holder.querySelector("button")!.setAttribute("aria-expanded", "true");
    holder.querySelector<HTMLElement>("[role=menu]")!.hidden = false;
    itemsOf(holder)[0]?.focus();
  }

  private close(back: boolean): void {
    const holder = this.open;
    if (!holder) return;
    this.open = null;
    holder.querySelector<HTMLElement>("[role=menu]")!.hidden = true;
    const button = holder.querySelector("button")!;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus();
  }

  private key(e: KeyboardEvent): void {
    const holder = this.open;
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    if (holder && e.key === "Tab") { this.close(false); return; }
    if (holder && e.key === "Escape") this.close(true);
    else if (holder && e.key !== forward && e.key !== backward) { if (!walk(e.key, itemsOf(holder), "ArrowDown", "ArrowUp")) return; }
    else if (e.key === "Escape") this.view.focus();
    else if (e.key === "ArrowDown" && e.target instanceof HTMLElement && e.target.getAttribute("aria-haspopup")) e.target.click();
    else {
      if (holder) this.close(true);
      if (!walk(e.key, this.stops.filter((s) => !s.closest("[hidden]")), forward, backward)) return;
    }
    e.preventDefault();
    e.stopPropagation();
  }

  update(view: EditorView, before?: EditorState): void {
    if (before && before.doc === view.state.doc && before.selection.eq(view.state.selection) && before.storedMarks === view.state.storedMarks) return;
    this.tableMenu.hidden = !inTable(view.state);
    const style = this.acts.filter((a) => a.group === "block").reverse().find((a) => a.active!(view.state));
    const says = this.sheet.t(style?.name ?? "paragraph");
    const label = this.style.firstElementChild!;
    if (label.textContent !== says) label.textContent = says;
    for (const { act, item } of this.watched) if (act.active && item.classList.contains("tool")) press(item, act.active(view.state), "aria-pressed");
    if (this.open) this.refresh(view.state);
  }

  /** What a menu offers is asked when it opens, not at each key. */
  private refresh(state: EditorState): void {
    for (const { act, item } of this.watched) {
      if (item.classList.contains("tool")) continue;
      press(item, act.command(state) ? false : true, "aria-disabled");
      if (act.active) press(item, act.active(state), "aria-checked");
    }
  }
}

function press(item: HTMLElement, on: boolean, attribute: string): void {
  const value = String(on);
  if (item.getAttribute(attribute) !== value) item.setAttribute(attribute, value);
}

function itemsOf(holder: HTMLElement): HTMLElement[] {
  return [...holder.querySelectorAll<HTMLElement>("[role^=menuitem]")];
}

/** Moves the focus along a row; whether the key was one of the row's. */
function walk(key: string, row: HTMLElement[], forward: string, backward: string): boolean {
  const at = row.indexOf(document.activeElement as HTMLElement);
  const to = key === forward ? (at + 1) % row.length : key === backward ? (at + row.length - 1) % row.length : key === "Home" ? 0 : key === "End" ? row.length - 1 : -1;
  if (to < 0) return false;
  row[to]?.focus();
  return true;
}

function titleOf(name: string, key?: string): string {
  return key ? name + " (" + keyName(key) + ")" : name;
}

function ariaKeys(key?: string): string | null {
  if (!key) return null;
  const mod = keyName("Mod-x").startsWith("⌘") ? "Meta" : "Control";
  return key.split("-").map((p) => (p === "Mod" ? mod : p.length === 1 ? p.toUpperCase() : p)).join("+");
}
