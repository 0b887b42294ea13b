// Pictures that are dropped or pasted into the text. While one is on its way a
// line stands in its place that is not part of the text; when it fails the line
// says why and offers to send it again. Nothing that was typed is touched.
import { Plugin, PluginKey, Selection } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { Refusal, upload } from "../ask";
import { filesDropped } from "../desk/drop";
import { el } from "../dom";
import { insertBlock } from "../editor/commands";
import { node } from "../editor/schema";
import type { Sheet } from "../sheet";

interface Step {
  add?: { id: object; pos: number; line: HTMLElement };
  remove?: object;
}

const key = new PluginKey<DecorationSet>("pictures on their way");

export function plugins(sheet: Sheet): Plugin[] {
  return [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply(tr, set) {
          set = set.map(tr.mapping, tr.doc);
          const step = tr.getMeta(key) as Step | undefined;
          if (step?.add) set = set.add(tr.doc, [Decoration.widget(step.add.pos, step.add.line, { id: step.add.id, side: -1, ignoreSelection: true, stopEvent: () => true })]);
          if (step?.remove) set = set.remove(set.find(undefined, undefined, (spec) => spec.id === step.remove));
          return set;
        },
      },
      props: {
        decorations: (state) => key.getState(state),
        handleDrop(view, event) {
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.selection.from;
          const { pictures, others } = sorted([...(event.dataTransfer?.files ?? [])]);
          if (pictures.length === 0) return false;
          if (others.length > 0) document.dispatchEvent(new CustomEvent(filesDropped, { detail: others }));
          for (const file of pictures) bring(sheet, view, file, at);
          return true;
        },
        handlePaste(view, event) {
          const { pictures } = sorted([...(event.clipboardData?.files ?? [])]);
          if (pictures.length === 0 || saysMore(event.clipboardData)) return false;
          for (const file of pictures) bring(sheet, view, file, view.state.selection.from);
          return true;
        },
      },
    }),
  ];
}

function sorted(files: File[]): { pictures: File[]; others: File[] } {
  const is = (f: File): boolean => f.type.startsWith("image/");
  return { pictures: files.filter(is), others: files.filter((f) => !is(f)) };
}

/** Word processors send a picture of the words along with the words: then the words count. A picture alone comes with its own tag at most. */
function saysMore(clip: DataTransfer | null): boolean {
  const html = clip?.getData("text/html") ?? "";
  const words = html.replace(/<!--[\s\S]*?-->|<(style|title)[\s\S]*?<\/\1>|<[^>]*>/gi, "").trim();
  return words !== "" || (html.match(/<img\b/gi)?.length ?? 0) > 1 || (html === "" && (clip?.getData("text/plain") ?? "").trim() !== "");
}

/** Sends a picture and puts it where it was dropped, wherever that is by then. */
function bring(sheet: Sheet, view: EditorView, file: File, pos: number): void {
  const id = {};
  const line = el("div", { class: "on-its-way", contenteditable: "false", role: "status" });
  view.dispatch(view.state.tr.setMeta(key, { add: { id, pos: lineStart(view, pos), line } } satisfies Step));
  const leave = (): void => view.dispatch(view.state.tr.setMeta(key, { remove: id } satisfies Step));
  const send = async (): Promise<void> => {
    line.replaceChildren(el("span", {}, sheet.t("picture.sending", file.name)), el("progress", { "aria-label": sheet.t("picture.sending", file.name) }));
    try {
      const kept = await upload(file);
      put(view, id, { src: kept.src, width: kept.width, height: kept.height });
    } catch (e) {
      const why = e instanceof Refusal && e.message ? e.message : sheet.t("picture.line");
      const button = (label: string, act: () => void): HTMLElement => el("button", { type: "button", class: "small", click: act }, label);
      line.replaceChildren(
        el("span", { class: "why", role: "alert" }, el("bdi", {}, file.name), " – " + why),
        button(sheet.t("picture.again"), () => void send()),
        button(sheet.t("picture.leave"), leave),
      );
    }
  };
  void send();
}

/** Before the block of the document that the place is in or, at its end, after it. */
function lineStart(view: EditorView, pos: number): number {
  const $pos = view.state.doc.resolve(pos);
  if ($pos.depth === 0) return pos;
  return $pos.parentOffset * 2 <= $pos.parent.content.size && $pos.parent.content.size > 0 ? $pos.before(1) : $pos.after(1);
}

function put(view: EditorView, id: object, attrs: { src: string; width: number; height: number }): void {
  const place = key.getState(view.state)?.find(undefined, undefined, (spec) => spec.id === id)[0];
  if (!place) return; // left out meanwhile
  const tr = view.state.tr.setMeta(key, { remove: id } satisfies Step);
  const before = tr.selection;
  const image = node("image").create(attrs);
  const $at = tr.doc.resolve(place.from);
  if ($at.depth === 0) tr.insert(place.from, image);
  else insertBlock(tr.setSelection(Selection.near($at)), image);
  tr.setSelection(before.map(tr.doc, tr.mapping)); // the writer goes on where they are
  view.dispatch(tr);
}
