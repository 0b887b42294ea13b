// The text itself: what can be done to it, how it runs, what undo remembers.
import { baseKeymap, chainCommands } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { inputRules, undoInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, splitListItem } from "prosemirror-schema-list";
import { Plugin, type Command } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import type { Sheet } from "../sheet";
import { acts, type Act } from "./acts";
import { blocks, speakerLine, toSpeaker } from "./blocks";
import { indent, lineBreak, lineInCell } from "./commands";
import { counting } from "./count";
import { direction } from "./direction";
import { searching } from "./find";
import { remembering } from "./past";
import { quotes } from "./quotes";
import { node } from "./schema";
import { editorKeys } from "./keysheet";
import { shortcuts } from "./shortcuts";
import { cellBefore, nextCell } from "./table";
import { toolbar } from "./toolbar";

export function plugins(sheet: Sheet): Plugin[] {
  const all = acts(sheet);
  editorKeys(sheet, all);
  return [
    wayOut(),
    blocks(sheet),
    inputRules({ rules: [...shortcuts(), ...quotes(sheet)] }),
    keymap(keys(all)),
    keymap(baseKeymap),
    direction(sheet),
    searching(),
    dropCursor(),
    gapCursor(),
    tableEditing(),
    remembering(),
    toolbar(sheet, all),
    counting(sheet),
  ];
}

function keys(all: Act[]): Record<string, Command> {
  const bound: Record<string, Command> = {
    Enter: chainCommands(lineInCell, speakerLine, splitListItem(node("list_item"))),
    "Shift-Enter": lineBreak,
    Backspace: undoInputRule,
    Tab: chainCommands(nextCell, indent, toSpeaker("Tab")),
    "Shift-Tab": chainCommands(cellBefore, liftListItem(node("list_item"))),
    ArrowDown: toSpeaker("ArrowDown"),
    "Mod-y": all.find((a) => a.name === "redo")!.command,
  };
  for (const act of all) if (act.key) bound[act.key] = act.command;
  return bound;
}

/** Lists and tables keep the Tab key; after Escape the next one leaves the text. */
function wayOut(): Plugin {
  let leave = false;
  return new Plugin({
    props: {
      handleDOMEvents: {
        keydown(_view, event) {
          if (event.key === "Tab" && leave) return true; // the browser's own: the focus moves on
          // Browsers tell of a moved cursor a moment late: a quick chord would act on the old selection.
          if (!event.isComposing && (event.ctrlKey || event.metaKey || event.key.length > 1)) document.dispatchEvent(new Event("selectionchange"));
          if (event.key !== "Shift") leave = event.key === "Escape";
          return false;
        },
      },
    },
  });
}
