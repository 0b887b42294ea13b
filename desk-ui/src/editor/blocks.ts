// What a mouse or Enter does on the nodes that are not text, and the line
// under a quotation that names the speaker.
import type { Node } from "prosemirror-model";
import { NodeSelection, Plugin, Selection, TextSelection, type Command } from "prosemirror-state";
import type { EditorView, NodeView, ViewMutationRecord } from "prosemirror-view";
import { el } from "../dom";
import type { Sheet } from "../sheet";
import { openFootnote } from "./footnote";
import { openCard, openPicture } from "./pictures";
import { node } from "./schema";

export function blocks(sheet: Sheet): Plugin {
  const open = (view: EditorView, n: Node, pos: number): boolean => {
    if (n.type.name === "footnote") openFootnote(sheet, view, pos);
    else if (n.type.name === "image") openPicture(sheet, view, { node: n, pos });
    else if (n.type.name === "embed") openCard(sheet, view, { node: n, pos });
    else return false;
    return true;
  };
  return new Plugin({
    props: {
      nodeViews: { quote: (n, view, getPos) => new Quote(n, view, getPos, sheet) },
      handleClickOn: (view, _pos, n, at, event) => n.type.name === "footnote" && event.button === 0 && open(view, n, at),
      handleDoubleClickOn: (view, _pos, n, at) => n.isAtom && open(view, n, at),
      handleKeyDown(view, event) {
        const { selection } = view.state;
        return event.key === "Enter" && !event.ctrlKey && !event.metaKey && selection instanceof NodeSelection && open(view, selection.node, selection.from);
      },
      handleClick: (view, _pos, event) => {
        // a link is followed only with the key that browsers use for a new window
        const a = event.target instanceof Element ? event.target.closest("a[href]") : null;
        if (!a || !(event.ctrlKey || event.metaKey) || !view.dom.contains(a)) return false;
        window.open((a as HTMLAnchorElement).href, "_blank", "noopener");
        return true;
      },
    },
  });
}

/** A quotation with its speaker below: a field of one line, reached by Tab or by the arrow down. */
class Quote implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  private readonly by: HTMLInputElement;

  constructor(private node: Node, private readonly view: EditorView, private readonly getPos: () => number | undefined, sheet: Sheet) {
    this.contentDOM = el("blockquote");
    this.by = el("input", {
      class: "by", type: "text", dir: "auto", value: node.attrs.by, placeholder: sheet.t("quote.by"), "aria-label": sheet.t("quote.by"), autocomplete: "off",
      input: () => this.store(),
      keydown: (e: KeyboardEvent) => this.key(e),
    });
    this.dom = el("figure", { class: "quote", lang: node.attrs.lang, dir: node.attrs.dir }, this.contentDOM, el("figcaption", { contenteditable: "false" }, this.by));
  }

  update(n: Node): boolean {
    if (n.type !== this.node.type || n.attrs.lang !== this.node.attrs.lang || n.attrs.dir !== this.node.attrs.dir) return false;
    this.node = n;
    if (this.by.value !== n.attrs.by && n.attrs.by !== this.by.value.trim()) this.by.value = n.attrs.by;
    return true;
  }

  private store(): void {
    const pos = this.getPos();
    if (pos !== undefined) this.view.dispatch(this.view.state.tr.setNodeAttribute(pos, "by", this.by.value.trim()));
  }

  private key(e: KeyboardEvent): void {
    const pos = this.getPos();
    if (pos === undefined || e.isComposing) return;
    const behind = pos + this.node.nodeSize;
    const { state } = this.view;
    if (e.key === "Enter" || (e.key === "ArrowDown" && !e.shiftKey)) {
      const tr = state.tr;
      if (e.key === "Enter" && tr.doc.nodeAt(behind)?.type.name !== "paragraph") tr.insert(behind, node("paragraph").create());
      this.view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(Math.min(behind + 1, tr.doc.content.size)), 1)).scrollIntoView());
    } else if (e.key === "ArrowUp" || e.key === "Escape") {
      this.view.dispatch(state.tr.setSelection(Selection.near(state.doc.resolve(behind - 1), -1)).scrollIntoView());
    } else if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === "z") {
      return; // the field's own undo
    } else return;
    e.preventDefault();
    this.view.focus();
  }

  stopEvent(e: Event): boolean {
    return e.target === this.by;
  }

  ignoreMutation(m: ViewMutationRecord): boolean {
    return m.type === "selection" ? !this.contentDOM.contains(m.target) : !this.contentDOM.contains(m.target) || m.target === this.dom;
  }
}

/** From the last line of a quotation to the field of its speaker. */
export const toSpeaker = (key: "Tab" | "ArrowDown"): Command => (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  if (!empty || !(state.selection instanceof TextSelection) || !view) return false;
  for (let d = $from.depth; d > 0; d--) {
    if ($from.node(d).type.name === "quote") {
      if (key === "ArrowDown" && !view.endOfTextblock("down")) return false;
      const dom = view.nodeDOM($from.before(d));
      const by = dom instanceof HTMLElement ? dom.querySelector<HTMLInputElement>(":scope > figcaption input") : null;
      if (by && dispatch) by.focus();
      return by !== null;
    }
    if ($from.indexAfter(d - 1) !== $from.node(d - 1).childCount) return false;
  }
  return false;
};

/** Enter behind a line of a quotation that begins with a dash: the line names the speaker. */
export const speakerLine: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const quote = $from.depth > 1 ? $from.node(-1) : null;
  const line = /^(?:—|–|--|-)\s*(\S.*)$/u.exec($from.parent.textContent);
  if (!empty || !quote || quote.type.name !== "quote" || !line || $from.parentOffset !== $from.parent.content.size) return false;
  if ($from.indexAfter(-1) !== quote.childCount || quote.childCount < 2 || quote.attrs.by) return false;
  if (dispatch) {
    const pos = $from.before(-1);
    const tr = state.tr.delete($from.before(), $from.after()).setNodeAttribute(pos, "by", line[1]!.trim());
    const behind = pos + tr.doc.nodeAt(pos)!.nodeSize;
    if (tr.doc.nodeAt(behind)?.type.name !== "paragraph") tr.insert(behind, node("paragraph").create());
    dispatch(tr.setSelection(TextSelection.create(tr.doc, behind + 1)).scrollIntoView());
  }
  return true;
};
