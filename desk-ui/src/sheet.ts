// The sheet of paper that every part of the editor writes on: the form, the
// body mounted in it, and what the page says of the article. Parts know this
// interface and nothing of one another.
import type { EditorView } from "prosemirror-view";
import type { Plugin } from "prosemirror-state";

/** A node of the body as internal/doc writes it; absent attributes are absent keys. */
export interface DocNode {
  type: string;
  version?: number;
  attrs?: Record<string, string | number>;
  content?: DocNode[];
  text?: string;
  marks?: { type: string; attrs?: Record<string, string | number> }[];
}

/** The fields of the plain form by name, and the body. */
export interface Copy {
  document: DocNode;
  [field: string]: string | DocNode;
}

/** What the page knows of the article; newsroom/sheet.go writes it. */
export interface Facts {
  article: number; // News ID; 0 = not made yet
  base: number; // the revision this text stands on
  token: string; // names a new article before it has a number
  action: string; // where the form goes
  person: { id: number; name: string };
  people: Record<number, string>; // names of those whose suggestions stand in the text
  edition: { id: number; language: string; direction: Direction };
  language: string; // of the article
  direction: Direction;
  desk: { language: string; direction: Direction; digits: string; calendar: string; zone: string };
  document: DocNode;
  texts: Record<string, string | Record<string, string>>; // desk.sheet.…, without that beginning; by plural category where the language has them
}

export type Direction = "ltr" | "rtl";

export interface Sheet {
  form: HTMLFormElement;
  facts: Facts;
  view: EditorView;
  /** A text of desk.sheet.<key>; {0}, {1} … are filled in. */
  t(key: string, ...args: (string | number)[]): string;
  /** A number in the desk's digits. */
  number(n: number): string;
  /** The whole of the form as it stands, body included. */
  copy(): Copy;
  /** The same as JSON, with more fields behind. Cheap: what did not change is not written again. */
  text(more?: Record<string, string>): string;
  /** Replaces all of it as one step that can be undone; why names the step in its transaction ("put"). */
  put(copy: Copy, why: string): void;
  /** Called after the document or a field changed. */
  onChange(listener: () => void): void;
  /** Writes into a place of the page that carries data-slot; a text comes into its data-says, if there is one. */
  say(slot: string, what: Node | string): void;
}

/** A folder of src gives one part; plugins come into the body before it is mounted. */
export interface Part {
  part?(sheet: Sheet): void;
  plugins?(sheet: Sheet): Plugin[];
}
