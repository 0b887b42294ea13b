// Tables: prosemirror-tables does the work; here is what the desk offers of it.
import { TextSelection, type Command } from "prosemirror-state";
import {
  addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, goToNextCell, isInTable, mergeCells, splitCell,
  toggleHeaderColumn, toggleHeaderRow,
} from "prosemirror-tables";
import { insertBlock } from "./commands";
import { node } from "./schema";

/** Three rows of three, the first of them heads. */
export const table: Command = (state, dispatch) => {
  if (isInTable(state)) return false;
  const row = (cell: string) => node("table_row").create(null, [0, 1, 2].map(() => node(cell).create()));
  const made = node("table").create(null, [row("table_header"), row("table_cell"), row("table_cell")]);
  dispatch?.(insertBlock(state.tr, made));
  return true;
};

/** Tab goes to the next cell, and makes a row behind the last one. */
export const nextCell: Command = (state, dispatch, view) => {
  if (!isInTable(state)) return false;
  if (goToNextCell(1)(state, dispatch, view)) return true;
  if (!dispatch || !view || !(state.selection instanceof TextSelection)) return false;
  return addRowAfter(state, dispatch) && goToNextCell(1)(view.state, dispatch, view);
};

export const cellBefore: Command = goToNextCell(-1);

export const tableActs: [key: string, command: Command][] = [
  ["table.row-above", addRowBefore], ["table.row-below", addRowAfter], ["table.row-delete", deleteRow],
  ["table.column-before", addColumnBefore], ["table.column-after", addColumnAfter], ["table.column-delete", deleteColumn],
  ["table.head-row", toggleHeaderRow], ["table.head-column", toggleHeaderColumn],
  ["table.merge", mergeCells], ["table.split", splitCell], ["table.delete", deleteTable],
];
