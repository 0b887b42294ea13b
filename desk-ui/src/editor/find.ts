// Find and replace in the text. Letters of the Arabic script are found in
// every way they are typed: ي and ی, ك and ک, with and without vowel signs.
import { closeHistory } from "prosemirror-history";
import { SearchQuery, search, setSearchState } from "prosemirror-search";
import { TextSelection, type Command, type EditorState, type Plugin, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { el, freshID } from "../dom";
import type { Sheet } from "../sheet";

export const searching = (): Plugin => search();

const ALIKE = ["يیىئ", "كک", "ةهۀە", "أإآاٱ", "وؤ", "\"“”„«»", "'’‘‚‹›", " \u00a0\u202f", "-–—‑", "0٠۰", "1١۱", "2٢۲", "3٣۳", "4٤۴", "5٥۵", "6٦۶", "7٧۷", "8٨۸", "9٩۹"];
const BETWEEN = "[\\u200c\\u200d\\u0640\\u064b-\\u065f\\u0670\\u0300-\\u036f]*";

/** What is looked for, as a pattern that reads over how it was typed. */
export function pattern(words: string): string {
  return [...words.normalize("NFC").replace(/[\u200c\u200d\u0640\u064b-\u065f\u0670]/g, "")].map((c) => {
    const alike = ALIKE.find((set) => set.includes(c));
    return alike ? "[" + alike.replace(/[\]\\^-]/g, "\\$&") + "]" : c.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  }).join(BETWEEN);
}

const bars = new WeakMap<EditorView, Bar>();

export const find = (sheet: Sheet): Command => (_state, dispatch, view) => {
  if (!dispatch || !view) return true;
  let bar = bars.get(view);
  if (!bar) bars.set(view, (bar = new Bar(sheet, view)));
  bar.show();
  return true;
};

class Bar {
  private readonly dom: HTMLElement;
  private readonly words: HTMLInputElement;
  private readonly other: HTMLInputElement;
  private readonly letters: HTMLInputElement;
  private readonly whole: HTMLInputElement;
  private readonly says: HTMLElement;

  constructor(private readonly sheet: Sheet, private readonly view: EditorView) {
    const t = (key: string): string => sheet.t("find." + key);
    const field = (name: string): HTMLInputElement => el("input", { type: "text", dir: "auto", "aria-label": t(name), placeholder: t(name), autocomplete: "off", id: freshID("find") });
    const box = (): HTMLInputElement => el("input", { type: "checkbox", change: () => this.look() });
    const button = (key: string, act: () => void): HTMLElement => el("button", { type: "button", class: "small", click: act }, t(key));
    this.words = field("words");
    this.other = field("other");
    this.letters = box();
    this.whole = box();
    this.says = el("span", { class: "quiet", role: "status" });
    this.words.addEventListener("input", () => this.look());
    this.dom = el("div", { class: "findbar", role: "search", "aria-label": sheet.t("find"), hidden: true, keydown: (e: KeyboardEvent) => this.key(e) },
      el("div", {}, this.words, button("back", () => this.go(-1)), button("on", () => this.go(1)), this.says),
      el("div", {}, this.other, button("replace", () => this.replace()), button("replace-all", () => this.replaceAll()),
        el("label", {}, this.letters, " " + t("letters")), el("label", {}, this.whole, " " + t("whole")),
        el("button", { type: "button", class: "small close", click: () => this.hide() }, t("close"))));
    view.dom.before(this.dom);
  }

  show(): void {
    const { from, to, $from } = this.view.state.selection;
    if (from !== to && $from.sameParent(this.view.state.selection.$to)) this.words.value = this.view.state.doc.textBetween(from, to);
    this.dom.hidden = false;
    this.words.focus();
    this.words.select();
    this.look();
  }

  private hide(): void {
    this.dom.hidden = true;
    this.view.dispatch(setSearchState(this.view.state.tr, new SearchQuery({ search: "" })));
    this.view.focus();
  }

  private key(e: KeyboardEvent): void {
    if (e.isComposing) return;
    if (e.key === "Escape") this.hide();
    else if (e.key === "Enter" && e.target === this.words) this.go(e.shiftKey ? -1 : 1);
    else if (e.key === "Enter" && e.target === this.other) this.replace();
    else if (e.key === "f" && (e.ctrlKey || e.metaKey)) this.words.select();
    else return;
    e.preventDefault();
  }

  private query(): SearchQuery {
    return new SearchQuery({ search: pattern(this.words.value), regexp: true, caseSensitive: this.letters.checked, wholeWord: this.whole.checked });
  }

  private look(): void {
    this.view.dispatch(setSearchState(this.view.state.tr, this.query()));
    this.count();
  }

  /** "3 of 12", or how many there are while none is marked. */
  private count(): void {
    const { state } = this.view;
    const all = matches(state, this.query());
    const at = all.findIndex((m) => m.from === state.selection.from && m.to === state.selection.to);
    this.says.textContent = this.words.value === "" ? "" : at >= 0 ? this.sheet.t("find.at", at + 1, all.length) : this.sheet.t("find.count", all.length);
  }

  /** Marks the next or the previous one and brings it into view; the focus stays in the field. */
  private go(step: 1 | -1): void {
    const { state } = this.view;
    const query = this.query();
    const { from, to } = state.selection;
    const next = step > 0 ? query.findNext(state, to) ?? query.findNext(state, 0) : query.findPrev(state, from) ?? query.findPrev(state);
    if (next) this.view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, next.from, next.to)).scrollIntoView());
    this.count();
  }

  private replace(): void {
    const { state } = this.view;
    const { from, to } = state.selection;
    if (matches(state, this.query()).some((m) => m.from === from && m.to === to)) {
      const tr = closeHistory(state.tr);
      put(tr, from, to, this.other.value);
      this.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, from + this.other.value.length)));
    }
    this.go(1);
  }

  private replaceAll(): void {
    const { state } = this.view;
    const all = matches(state, this.query());
    const tr = closeHistory(state.tr);
    for (const m of all.reverse()) put(tr, m.from, m.to, this.other.value);
    if (all.length) this.view.dispatch(tr);
    this.says.textContent = this.sheet.t("find.replaced", all.length);
  }
}

function matches(state: EditorState, query: SearchQuery): { from: number; to: number }[] {
  const out: { from: number; to: number }[] = [];
  if (!query.valid) return out;
  for (let at = 0; ;) {
    const next = query.findNext(state, at);
    if (!next) return out;
    out.push({ from: next.from, to: next.to });
    at = Math.max(next.to, at + 1);
  }
}

/** Other words in the place of these, with the marks of these. */
function put(tr: Transaction, from: number, to: number, words: string): void {
  const marks = tr.doc.resolve(from).marksAcross(tr.doc.resolve(to)) ?? [];
  if (words) tr.replaceWith(from, to, tr.doc.type.schema.text(words, marks));
  else tr.delete(from, to);
}
