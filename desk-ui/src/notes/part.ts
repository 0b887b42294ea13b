// Notes beside the text that is written: the words they stand on are marked,
// and the marks go with the typing. The document knows nothing of them.
import { Plugin, PluginKey, TextSelection, type EditorState } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { Node as DocNode } from "prosemirror-model";
import type { Sheet } from "../sheet";
import { page, swap } from "../live/page";
import { find, quote, Text, type Quotation } from "./quotation";
import { hidden } from "./reading";

interface Marks {
  set: DecorationSet;
  here: string; // the note whose words the cursor is in
}

const key = new PluginKey<Marks>("notes");

export function plugins(_sheet: Sheet): Plugin[] {
  return [new Plugin<Marks>({
    key,
    state: {
      init: () => ({ set: DecorationSet.empty, here: "" }),
      apply(tr, was, _old, state) {
        const set = (tr.getMeta(key) as DecorationSet | undefined) ?? (tr.docChanged ? was.set.map(tr.mapping, tr.doc) : was.set);
        return { set, here: tr.docChanged || tr.selectionSet || tr.getMeta(key) ? at(set, state) : was.here };
      },
    },
    props: { decorations: (state) => key.getState(state)?.set },
  })];
}

/** The note in whose words the cursor stands. */
function at(set: DecorationSet, state: EditorState): string {
  const { from, to } = state.selection;
  return (set.find(from, to)[0]?.spec as { note?: string } | undefined)?.note ?? "";
}

export function part(sheet: Sheet): void {
  const margin = new Margin(sheet);
  addEventListener("keydown", (e) => {
    if (!(e.ctrlKey || e.metaKey) || !e.altKey || e.code !== "KeyM") return;
    e.preventDefault();
    margin.write();
  });
  if (sheet.facts.article !== 0) margin.begin();
  else document.addEventListener("desk:numbered", () => margin.begin(), { once: true });
}

class Margin {
  private timer = 0;
  private shown = "";

  constructor(private readonly sheet: Sheet) {}

  begin(): void {
    void this.read();
    document.addEventListener("desk:notes", () => this.stand());
    document.addEventListener("desk:missed", () => void this.read());
    document.addEventListener("desk:happened", (e) => {
      const h = (e as CustomEvent<{ kind: string; article: number }>).detail;
      if (h.article === this.sheet.facts.article && h.kind.startsWith("note.")) this.soon(() => void this.read());
    });
    this.sheet.onChange(() => this.soon(() => this.stand()));
    document.addEventListener("selectionchange", () => this.point());
    document.addEventListener("toggle", (e) => {
      const form = e.target instanceof HTMLDetailsElement && e.target.open && e.target.matches("[data-slot=notes] .write") ? e.target.querySelector("form") : null;
      if (form) this.about(form);
    }, true);
    document.addEventListener("click", (e) => {
      const thread = e.target instanceof Element ? e.target.closest<HTMLElement>("[data-slot=notes] .thread") : null;
      if (thread && !(e.target as Element).closest("a, button, summary, textarea")) this.go(thread.id);
    });
  }

  private soon(what: () => void): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(what, 300);
  }

  private async read(): Promise<void> {
    const answer = await page("/articles/" + this.sheet.facts.article + "/notes?part=margin").catch(() => null);
    const fresh = answer?.status === 200 ? answer.document.querySelector(".notes") : null;
    if (!fresh) return;
    const here = document.querySelector("[data-slot=notes] .notes");
    if (here) swap(here, fresh);
    else this.sheet.say("notes", document.importNode(fresh, true));
    this.stand();
  }

  private threads(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>("[data-slot=notes] .thread[data-exact]:not(.resolved)")];
  }

  /** Finds each note's words. A mark that the typing has carried along counts before any search. */
  private stand(): void {
    const { view } = this.sheet;
    const { doc } = view.state;
    const marks = key.getState(view.state)?.set ?? DecorationSet.empty;
    let whole: Text | undefined; // read for words that are looked for only: a long text takes ten milliseconds
    const next: Decoration[] = [];
    const order: [number, HTMLElement][] = [];
    for (const thread of this.threads()) {
      const q = quotation(thread);
      const carried = marks.find(undefined, undefined, (spec) => spec.note === thread.id)[0];
      let range: [number, number] | null = carried && carried.to > carried.from ? [carried.from, carried.to] : null;
      if (!range) {
        whole ??= read(doc);
        const place = find(whole.text, q);
        if (place.how !== "gone") range = whole.source(place.start, place.end);
      }
      const now = range ? read(doc, ...range).text.trim() : "";
      this.says(thread, !now ? "gone" : now === q.exact ? "" : "changed");
      if (range && now) next.push(Decoration.inline(range[0], range[1], { class: "noted", "data-note": thread.id }, { note: thread.id, inclusiveEnd: false }));
      order.push([range?.[0] ?? Infinity, thread]);
    }
    this.sort(order);
    if (next.length > 0 || marks !== DecorationSet.empty) view.dispatch(view.state.tr.setMeta(key, DecorationSet.create(doc, next)).setMeta("addToHistory", false));
    this.point();
  }

  /** The notes stand in the order of their words. */
  private sort(order: [number, HTMLElement][]): void {
    const sorted = [...order].sort((a, b) => a[0] - b[0]);
    if (sorted.every((o, i) => o === order[i]) || sorted.some(([, thread]) => thread.contains(document.activeElement))) return;
    const write = document.querySelector("[data-slot=notes] .write");
    for (const [, thread] of sorted) write?.before(thread);
  }

  private says(thread: HTMLElement, how: "" | "changed" | "gone"): void {
    const place = thread.querySelector<HTMLElement>(".standing");
    if (!place) return;
    const text = how ? this.sheet.t("notes." + how) : "";
    if (place.textContent !== text) place.textContent = text;
    place.hidden = how === "";
  }

  /** The note in whose words the cursor stands is the one that is lit. */
  private point(): void {
    const here = key.getState(this.sheet.view.state)?.here ?? "";
    if (here === this.shown) return;
    this.shown = here;
    for (const thread of document.querySelectorAll("[data-slot=notes] .thread")) thread.classList.toggle("here", thread.id === here);
  }

  private go(id: string): void {
    const { view } = this.sheet;
    const mark = key.getState(view.state)?.set.find(undefined, undefined, (spec) => spec.note === id)[0];
    if (!mark) return;
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, mark.from, mark.to)).scrollIntoView());
    view.focus();
  }

  write(): void {
    const details = document.querySelector<HTMLDetailsElement>("[data-slot=notes] .write");
    if (!details) return;
    if (details.open) this.about(details.querySelector("form")!);
    details.open = true;
  }

  /** A new note is about the words that are chosen in the text. */
  private about(form: HTMLFormElement): void {
    const { state } = this.sheet.view;
    const exact = form.elements.namedItem("exact");
    const words = form.elements.namedItem("text");
    if (exact instanceof HTMLTextAreaElement && !state.selection.empty && exact.value === "") {
      const text = read(state.doc);
      const q = quote(text.text, ...text.between(state.selection.from, state.selection.to));
      exact.value = q.exact;
      hidden(form, "before").value = q.before;
      hidden(form, "after").value = q.after;
      hidden(form, "seen").value = q.exact ? "yes" : "";
      exact.oninput = () => { hidden(form, "seen").value = hidden(form, "before").value = hidden(form, "after").value = ""; };
    }
    if (words instanceof HTMLTextAreaElement) words.focus();
    form.scrollIntoView({ block: "nearest" });
  }
}

function quotation(thread: HTMLElement): Quotation {
  const { exact, before, after } = thread.dataset;
  return { exact: exact ?? "", before: before ?? "", after: after ?? "" };
}

/** The text of the body, or of a stretch of it, with where each character stands in it. */
function read(doc: DocNode, from = 0, to = doc.content.size): Text {
  const runs: { text: string; at: number }[] = [];
  doc.nodesBetween(from, to, (node, pos) => {
    const cut = Math.max(0, from - pos);
    if (node.isText) runs.push({ text: node.text!.slice(cut, to - pos), at: pos + cut });
    else if (node.isTextblock) runs.push({ text: "", at: pos });
    else if (node.type.name === "hard_break") runs.push({ text: "", at: pos });
  });
  return new Text(runs);
}
