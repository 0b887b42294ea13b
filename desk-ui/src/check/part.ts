// The copy check beside the text: what the server finds is underlined, listed
// in the margin and mended by one key. The check itself is internal/proof;
// here is only its place in the text.
import type { Node } from "prosemirror-model";
import { TextSelection, type Plugin } from "prosemirror-state";
import type { Sheet } from "../sheet";
import { Asking } from "./ask";
import type { Placed } from "./finding";
import { Later } from "./later";
import { List } from "./list";
import { marks, mended, only, sent, shown, standOn, whereNow } from "./marks";
import { placed } from "./place";

export function plugins(): Plugin[] {
  return [marks()];
}

export function part(sheet: Sheet): void {
  new Check(sheet);
}

class Check {
  private readonly later: Later;
  private readonly list: List;
  private readonly asking: Asking;
  private found: Placed[] = [];
  private body: Node;
  private here = "";

  constructor(private readonly sheet: Sheet) {
    this.body = sheet.view.state.doc;
    const { facts } = sheet;
    this.later = new Later(facts.article, facts.person.id);
    this.list = new List(sheet, {
      go: (f) => this.go(f),
      accept: (f) => this.accept(f),
      later: (f) => this.putOff(f),
      all: () => { this.later.clear(); this.asking.soon(0); },
    });
    this.asking = new Asking(sheet, () => {
      this.body = sheet.view.state.doc;
      sheet.view.dispatch(sent(sheet.view.state.tr));
    }, (answer) => {
      if ("waits" in answer) {
        this.list.waits(answer.waits);
        return;
      }
      const copy = sheet.copy();
      this.found = placed(answer.findings, this.body, (name) => String(copy[name] ?? ""));
      this.stand();
      this.sheet.view.dispatch(shown(this.sheet.view.state.tr, this.shown(), this.here));
      this.listed();
      const n = this.shown().length;
      this.list.speak(n ? sheet.t("check.count", n) : sheet.t("check.clean"));
    });
    sheet.onChange(() => this.asking.soon());
    this.asking.soon(0);
    // Before the text sees them: it takes every Enter for its own.
    addEventListener("keydown", (e) => this.key(e), true);
  }

  private shown(): Placed[] {
    return this.found.filter((f) => !this.later.has(f.key));
  }

  private stand(): void {
    if (!this.shown().some((f) => f.key === this.here)) this.here = "";
  }

  private listed(): void {
    const list = this.shown();
    this.list.show(list, this.found.length - list.length, this.here);
  }

  private key(e: KeyboardEvent): void {
    if (e.isComposing || (e.target instanceof Element && e.target.closest("dialog"))) return;
    if (e.key === "F8" && !e.ctrlKey && !e.metaKey && !e.altKey) this.step(e.shiftKey ? -1 : 1);
    else if (e.key === "Enter" && e.altKey && !e.ctrlKey && !e.metaKey) {
      const f = this.under();
      if (!f) return;
      if (e.shiftKey && f.level !== "block") this.putOff(f);
      else if (e.shiftKey) this.list.speak(this.sheet.t("check.block"));
      else if (f.fix !== null) this.accept(f);
    } else return;
    e.preventDefault();
    e.stopPropagation();
  }

  /** The finding one stands on: the one gone to, or the one around the cursor. */
  private under(): Placed | undefined {
    const list = this.shown();
    const { from, to } = this.sheet.view.state.selection;
    const around = list.find((f) => {
      const at = whereNow(this.sheet.view.state, f);
      return at && at.from <= from && to <= at.to;
    });
    return list.find((f) => f.key === this.here) ?? around;
  }

  private step(by: number): void {
    const list = this.shown();
    if (!list.length) {
      this.list.speak(this.sheet.t("check.clean"));
      return;
    }
    let i = list.findIndex((f) => f.key === this.here);
    if (i < 0) {
      const cursor = this.sheet.view.state.selection.from;
      i = list.findIndex((f) => (whereNow(this.sheet.view.state, f)?.from ?? -1) >= cursor);
      i = by > 0 ? (i < 0 ? 0 : i) : (i < 0 ? list.length : i) - 1;
    } else i += by;
    this.go(list[(i + list.length) % list.length]!);
  }

  private go(f: Placed): void {
    const { view } = this.sheet;
    this.here = f.key;
    const at = whereNow(view.state, f);
    const tr = standOn(view.state.tr, f.key);
    if (at) tr.setSelection(TextSelection.create(tr.doc, at.from, at.to)).scrollIntoView();
    view.dispatch(tr);
    if (at) view.focus();
    else if (f.field) stand(this.field(f), f);
    this.listed();
    this.list.scrollTo(f);
    const list = this.shown();
    const says = [this.sheet.t("check.of", list.indexOf(f) + 1, list.length), f.message];
    if (f.fix?.trim()) says.push(this.sheet.t("check.fix") + " " + f.fix);
    this.list.speak(says.join(" "));
  }

  private field(f: Placed): HTMLInputElement | HTMLTextAreaElement | null {
    const field = this.sheet.form.elements.namedItem(f.field ?? "");
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field : null;
  }

  private accept(f: Placed): void {
    if (f.field) {
      this.acceptIn(this.field(f), f);
      return;
    }
    const tr = mended(this.sheet.view.state, f);
    if (!tr) {
      this.list.speak(this.sheet.t("check.not-fixed"));
      this.asking.soon(0);
      return;
    }
    this.sheet.view.dispatch(tr.scrollIntoView());
    this.list.speak(this.sheet.t("check.fixed"));
    this.leave(f);
    this.asking.soon(0);
  }

  /** Mends a field above the text; the browser's own undo takes it back. */
  private acceptIn(field: HTMLInputElement | HTMLTextAreaElement | null, f: Placed): void {
    if (!stand(field, f) || f.fix === null) {
      this.list.speak(this.sheet.t("check.not-fixed"));
      return;
    }
    // Deprecated and without a successor: nothing else writes into a field so that it can be undone.
    if (!document.execCommand("insertText", false, f.fix)) {
      field!.setRangeText(f.fix);
      field!.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.list.speak(this.sheet.t("check.fixed"));
    this.leave(f);
    this.asking.soon(0);
  }

  private putOff(f: Placed): void {
    this.later.add(f.key);
    this.list.speak(this.sheet.t("check.put-off"));
    this.leave(f);
  }

  /** Takes a finding out of the list; the focus stays where one was. */
  private leave(f: Placed): void {
    const inList = document.activeElement?.closest("#checks") !== null && document.activeElement !== document.body;
    this.found = this.found.filter((g) => g !== f || this.later.has(g.key));
    this.stand();
    this.sheet.view.dispatch(only(this.sheet.view.state.tr, this.shown(), this.here));
    this.listed();
    if (inList) (document.querySelector<HTMLElement>("#checks li button") ?? this.sheet.view.dom).focus();
  }
}

/** Puts the focus on a finding's words in a field; false where they are not there any more. The field may hold more spaces than what was checked. */
function stand(field: HTMLInputElement | HTMLTextAreaElement | null, f: Placed): boolean {
  if (!field) return false;
  const before = [...field.value.replace(/\s+/g, " ").trim()].slice(0, f.start).join("");
  let at = field.value.indexOf(f.text);
  for (let n = before.split(f.text).length - 1; n > 0 && at >= 0; n--) at = field.value.indexOf(f.text, at + f.text.length);
  if (at < 0) return false;
  field.focus();
  field.setSelectionRange(at, at + f.text.length);
  return true;
}
