// A footnote or source: a number in the line (counted by the style sheet),
// its words in a panel.
import { NodeSelection, type Command } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { panel } from "../panel";
import type { Sheet } from "../sheet";
import { address } from "./address";
import { node } from "./schema";

export const footnote = (sheet: Sheet): Command => (state, dispatch, view) => {
  const { selection } = state;
  const there = selection instanceof NodeSelection && selection.node.type.name === "footnote";
  if (!there && !selection.$to.parent.inlineContent) return false;
  if (dispatch && view) openFootnote(sheet, view, there ? selection.from : null);
  return true;
};

export function openFootnote(sheet: Sheet, view: EditorView, pos: number | null): void {
  const was = pos === null ? null : view.state.doc.nodeAt(pos);
  const at = pos ?? view.state.selection.to;
  panel(sheet, {
    title: sheet.t("footnote"),
    act: was ? sheet.t("change") : sheet.t("insert"),
    fields: [
      { name: "text", label: sheet.t("footnote.text"), value: was?.attrs.text, kind: "area", required: true },
      { name: "href", label: sheet.t("footnote.href"), value: was?.attrs.href, kind: "url" },
    ],
    ...(was && { remove: () => view.dispatch(view.state.tr.delete(at, at + 1)), removeLabel: sheet.t("footnote.remove") }),
    done({ text, href }) {
      const found = href ? address(href) : "";
      if (found === null) return sheet.t("link.none");
      const attrs = { text: (text ?? "").replace(/\s+/g, " "), href: found };
      return () => view.dispatch(was ? view.state.tr.setNodeMarkup(at, null, attrs) : view.state.tr.insert(at, node("footnote").create(attrs)));
    },
  });
}
