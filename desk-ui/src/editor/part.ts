// The text itself: its keys and what they do.
import { baseKeymap, toggleMark } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import type { Plugin } from "prosemirror-state";
import type { Sheet } from "../sheet";
import { mark } from "./schema";

export function plugins(_sheet: Sheet): Plugin[] {
  return [
    keymap({
      "Mod-z": undo, "Shift-Mod-z": redo, "Mod-y": redo,
      "Mod-b": toggleMark(mark("strong")), "Mod-i": toggleMark(mark("emphasis")),
    }),
    keymap(baseKeymap),
    dropCursor(),
    gapCursor(),
    history(),
  ];
}
