// Says the language of the marked words, or of the paragraph: for the reader's
// machine, the fonts, the quotation marks.
import { toggleMark } from "prosemirror-commands";
import type { Command, EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { panel } from "../panel";
import type { Sheet } from "../sheet";
import { mark } from "./schema";
import { rightToLeft } from "./script";

/** Sets words apart from the line around, whatever their language. */
export const apart: Command = toggleMark(mark("bdi"));

export const language = (sheet: Sheet): Command => (_state, dispatch, view) => {
  if (dispatch && view) open(sheet, view);
  return true;
};

function open(sheet: Sheet, view: EditorView): void {
  const { empty } = view.state.selection;
  const options: [string, string][] = [["", sheet.t("language.article")]];
  const known = sheet.form.elements.namedItem("language");
  if (known instanceof HTMLSelectElement) for (const o of known.options) if (o.value) options.push([o.value, o.label]);
  panel(sheet, {
    title: sheet.t(empty ? "language.paragraph" : "language.words"),
    act: sheet.t("change"),
    fields: [{ name: "lang", label: sheet.t("language"), kind: "select", options, value: languageAt(view.state) }],
    done: ({ lang }) => () => set(view, lang ?? ""),
  });
}

function set(view: EditorView, lang: string): void {
  const { empty, from, to, $from } = view.state.selection;
  const tr = view.state.tr;
  const attrs = { lang: lang || null, dir: lang ? (rightToLeft(lang) ? "rtl" : "ltr") : null };
  if (!empty) {
    tr.removeMark(from, to, mark("bdi"));
    if (lang) tr.addMark(from, to, mark("bdi").create(attrs));
  } else if ($from.parent.type.spec.attrs?.lang) {
    tr.setNodeMarkup($from.before(), null, { ...$from.parent.attrs, ...attrs });
  }
  view.dispatch(tr);
}

function languageAt(state: EditorState): string {
  const { $from, empty } = state.selection;
  const held = mark("bdi").isInSet(empty ? $from.marks() : $from.marksAcross(state.selection.$to) ?? []);
  return held?.attrs.lang ?? $from.parent.attrs.lang ?? "";
}
