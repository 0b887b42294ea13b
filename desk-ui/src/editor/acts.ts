// Every act on the text, once: its key, its name, what it does. The key map,
// the toolbar and the sheet of keys are all made of this list.
import { toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { undoInputRule } from "prosemirror-inputrules";
import { chainCommands } from "prosemirror-commands";
import type { Command, EditorState } from "prosemirror-state";
import { isInTable } from "prosemirror-tables";
import type { Sheet } from "../sheet";
import { heading, indent, isActive, list, note, outdent, paragraph, quote, separator } from "./commands";
import { find } from "./find";
import { footnote } from "./footnote";
import { apart, language } from "./language";
import { link, linkAt } from "./link";
import { card, picture } from "./pictures";
import { mark } from "./schema";
import { table, tableActs } from "./table";

export type Group = "block" | "mark" | "insert" | "more" | "table" | "history" | "find";

export interface Act {
  name: string; // its text is desk.sheet.<name>
  key?: string; // as prosemirror-keymap writes it
  group: Group;
  command: Command;
  /** Whether it holds where the cursor is; acts without are not switched on and off. */
  active?: (state: EditorState) => boolean;
}

export function acts(sheet: Sheet): Act[] {
  const block = (name: string, key: string, command: Command, active: (s: EditorState) => boolean): Act => ({ name, key, group: "block", command, active });
  const styled = (name: string, group: Group, key?: string): Act => ({ name, key, group, command: toggleMark(mark(name)), active: (s) => marked(s, name) });
  return [
    block("paragraph", "Mod-Alt-0", paragraph, (s) => s.selection.$from.parent.type.name === "paragraph"),
    block("heading-2", "Mod-Alt-2", heading(2), (s) => isActive(s, "heading", { level: 2 })),
    block("heading-3", "Mod-Alt-3", heading(3), (s) => isActive(s, "heading", { level: 3 })),
    block("heading-4", "Mod-Alt-4", heading(4), (s) => isActive(s, "heading", { level: 4 })),
    block("quote", "Mod-Shift-9", quote, (s) => isActive(s, "quote")),
    block("bullet-list", "Mod-Shift-8", list("bullet_list"), (s) => isActive(s, "bullet_list")),
    block("ordered-list", "Mod-Shift-7", list("ordered_list"), (s) => isActive(s, "ordered_list")),
    block("note.note", "Mod-Alt-n", note("note"), (s) => isActive(s, "note", { kind: "note" })),
    block("note.fact", "Mod-Alt-b", note("fact"), (s) => isActive(s, "note", { kind: "fact" })),
    styled("strong", "mark", "Mod-b"),
    styled("emphasis", "mark", "Mod-i"),
    { name: "link", key: "Mod-k", group: "mark", command: link(sheet), active: (s) => linkAt(s) !== null },
    { name: "footnote", key: "Mod-Alt-f", group: "mark", command: footnote(sheet) },
    { name: "picture", key: "Mod-Alt-p", group: "insert", command: picture(sheet) },
    { name: "card", key: "Mod-Alt-e", group: "insert", command: card(sheet) },
    { name: "table", key: "Mod-Alt-t", group: "insert", command: table },
    { name: "separator", key: "Mod-Alt-h", group: "insert", command: separator },
    styled("superscript", "more", "Mod-."),
    styled("subscript", "more", "Mod-,"),
    styled("code", "more", "Mod-Alt-c"),
    { name: "apart", key: "Mod-Alt-i", group: "more", command: apart, active: (s) => marked(s, "bdi") },
    { name: "language", key: "Mod-Alt-l", group: "more", command: language(sheet) },
    { name: "indent", key: "Mod-]", group: "more", command: indent },
    { name: "outdent", key: "Mod-[", group: "more", command: outdent },
    ...tableActs.map(([name, command]): Act => ({ name, group: "table", command })),
    { name: "undo", key: "Mod-z", group: "history", command: chainCommands(undoInputRule, undo) },
    { name: "redo", key: "Mod-Shift-z", group: "history", command: redo },
    { name: "find", key: "Mod-f", group: "find", command: find(sheet) },
  ];
}

export const inTable = (state: EditorState): boolean => isInTable(state);

function marked(state: EditorState, name: string): boolean {
  const { empty, $from, from, to } = state.selection;
  const type = mark(name);
  return empty ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined : state.doc.rangeHasMark(from, to, type);
}
