// Pictures and cards: chosen, described and credited in a panel.
import { closeHistory } from "prosemirror-history";
import type { Node } from "prosemirror-model";
import { NodeSelection, type Command } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { Refusal, upload } from "../ask";
import { panel } from "../panel";
import type { Sheet } from "../sheet";
import { webAddress } from "./address";
import { insertBlock } from "./commands";
import { node } from "./schema";

/** Chooses a picture, or changes what is said of the one selected. */
export const picture = (sheet: Sheet): Command => (state, dispatch, view) => {
  if (dispatch && view) openPicture(sheet, view, selected(state.selection, "image"));
  return true;
};

export function openPicture(sheet: Sheet, view: EditorView, there: Chosen | null): void {
  const was = there?.node.attrs ?? {};
  panel(sheet, {
    title: sheet.t("picture"),
    act: there ? sheet.t("change") : sheet.t("insert"),
    fields: [
      { name: "file", label: sheet.t(there ? "picture.other" : "picture.file"), kind: "file", accept: "image/jpeg,image/png,image/gif,image/webp,image/avif", required: !there },
      { name: "alt", label: sheet.t("picture.alt"), value: was.alt, kind: "area", hint: sheet.t("picture.alt.hint") },
      { name: "caption", label: sheet.t("picture.caption"), value: was.caption, kind: "area" },
      { name: "credit", label: sheet.t("picture.credit"), value: was.credit, hint: sheet.t("picture.credit.hint") },
    ],
    ...(there && { remove: () => remove(view, there), removeLabel: sheet.t("picture.remove") }),
    async done({ alt, caption, credit }, { file }) {
      let kept: { src: string; width: number; height: number } = was as never;
      if (file) {
        try {
          kept = await upload(file);
        } catch (e) {
          return e instanceof Refusal && e.message ? e.message : sheet.t("picture.failed");
        }
      }
      if (!kept.src) return sheet.t("picture.failed");
      const attrs = { ...was, src: kept.src, width: kept.width, height: kept.height, alt, caption, credit };
      return () => put(view, there, node("image").create(attrs));
    },
  });
}

/** A card with a link to something that stands elsewhere. */
export const card = (sheet: Sheet): Command => (state, dispatch, view) => {
  if (dispatch && view) openCard(sheet, view, selected(state.selection, "embed"));
  return true;
};

export function openCard(sheet: Sheet, view: EditorView, there: Chosen | null): void {
  const was = there?.node.attrs ?? {};
  panel(sheet, {
    title: sheet.t("card"),
    act: there ? sheet.t("change") : sheet.t("insert"),
    fields: [
      { name: "url", label: sheet.t("card.address"), value: was.url, kind: "url", required: true, hint: sheet.t("card.hint") },
      { name: "title", label: sheet.t("card.title"), value: was.title },
      { name: "provider", label: sheet.t("card.provider"), value: was.provider },
    ],
    ...(there && { remove: () => remove(view, there), removeLabel: sheet.t("card.remove") }),
    done({ url, title, provider }) {
      const found = webAddress(url ?? "");
      if (!found) return sheet.t("card.none");
      return () => put(view, there, node("embed").create({ ...was, url: found, title, provider: provider || providerOf(found) }));
    },
  });
}

/** The site's name as its address says it. */
export function providerOf(address: string): string {
  return new URL(address).hostname.replace(/^www\./, "");
}

export interface Chosen {
  node: Node;
  pos: number;
}

function selected(selection: unknown, name: string): Chosen | null {
  return selection instanceof NodeSelection && selection.node.type.name === name ? { node: selection.node, pos: selection.from } : null;
}

function put(view: EditorView, there: Chosen | null, made: Node): void {
  if (there && view.state.doc.nodeAt(there.pos)?.type === made.type) {
    const tr = view.state.tr.setNodeMarkup(there.pos, null, made.attrs);
    view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, there.pos)));
  } else {
    view.dispatch(insertBlock(view.state.tr, made));
  }
}

function remove(view: EditorView, there: Chosen): void {
  const now = view.state.doc.nodeAt(there.pos);
  if (now?.type === there.node.type) view.dispatch(view.state.tr.delete(there.pos, there.pos + now.nodeSize).scrollIntoView());
}

/** An address alone becomes a card where a paragraph is empty, and a link on words that are marked. */
export function pasteAddress(view: EditorView, text: string): boolean {
  const found = /^\s*https?:\/\/\S+\s*$/i.test(text) ? webAddress(text) : null;
  const { $from, empty, from, to } = view.state.selection;
  if (!found || !$from.parent.inlineContent) return false;
  if (!empty && $from.sameParent(view.state.selection.$to)) {
    view.dispatch(view.state.tr.addMark(from, to, view.state.schema.mark("link", { href: found })));
    return true;
  }
  if ($from.parent.type.name !== "paragraph" || $from.parent.content.size > 0) return false;
  // first as words: undo gives the address back
  view.dispatch(view.state.tr.insertText(found));
  const tr = closeHistory(view.state.tr);
  const { $from: $now } = tr.selection;
  tr.delete($now.start(), $now.end());
  view.dispatch(insertBlock(tr, node("embed").create({ url: found, provider: providerOf(found) })));
  return true;
}
