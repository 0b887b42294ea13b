// Pasting and dropping text. A clip is read apart from the page, becomes
// blocks of the document, and comes in as one step that one key takes back.
import { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { schema } from "../editor/schema";
import type { Sheet } from "../sheet";
import type { Clip } from "./clean";
import { selectionAt } from "./insert";
import { isOurs, safe, serializer, words } from "./own";
import { Paster } from "./paster";
import { underWay } from "./pictures";

export function plugins(sheet: Sheet): Plugin[] {
  const paster = new Paster(sheet);
  let plain = false; // Ctrl-Shift-V is held: only the words are wanted
  return [new Plugin({
    props: {
      handleDOMEvents: {
        keydown: (_view, e) => {
          plain = e.shiftKey && (e.ctrlKey || e.metaKey) && e.code === "KeyV";
          return false;
        },
        paste: (view, e) => taken(e, view.editable && take(paster, e.clipboardData, plain)),
        drop: (view, e) => taken(e, view.editable && !view.dragging && !e.dataTransfer?.files.length && drop(paster, view, e)),
      },
      clipboardSerializer: serializer(schema),
      clipboardTextSerializer: words,
      transformPasted: safe,
    },
  }), underWay(sheet)];
}

function taken(e: Event, done: boolean): boolean {
  if (done) e.preventDefault();
  return done;
}

/** Reads what a transfer holds; false leaves it to the editor: its own slices, an address alone, files. */
function take(paster: Paster, from: DataTransfer | null, plain: boolean): boolean {
  if (!from) return false;
  const clip: Clip = { html: plain ? "" : from.getData("text/html"), text: from.getData("text/plain") || from.getData("text/uri-list") };
  const pictures = [...from.files].filter((f) => /^image\/(png|jpeg|gif|webp|avif)$/.test(f.type));
  if (clip.html === "" && clip.text === "") return pictures.length === from.files.length && pictures.length > 0 && paster.pictures(pictures);
  if (isOurs(clip.html) || isAddress(clip)) return false;
  return paster.clip(clip, plain, pictures);
}

/** An address and nothing else: the editor makes a card or a link of it. */
function isAddress(clip: Clip): boolean {
  const text = clip.text.trim();
  return /^https?:\/\/\S+$/i.test(text) && (clip.html === "" || clip.html.length < 5000 && clip.html.replace(/<[^>]*>/g, "").replace(/&amp;/g, "&").trim() === text);
}

function drop(paster: Paster, view: EditorView, e: DragEvent): boolean {
  const at = view.posAtCoords({ left: e.clientX, top: e.clientY });
  const from = e.dataTransfer;
  if (!at || !from || isOurs(from.getData("text/html")) || from.getData("text/html") + from.getData("text/plain") === "") return false;
  view.dispatch(view.state.tr.setSelection(selectionAt(view.state, at.pos)));
  const done = take(paster, from, false);
  if (done) view.focus();
  return done;
}
