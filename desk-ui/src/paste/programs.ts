// The programs that people copy from, and what each writes that no document
// is. A rule rewrites the clip's tree into plain HTML; more than one may fit.
import type { Kind } from "./model";
import { chat } from "./chat";
import { gdocs } from "./gdocs";
import { libreoffice } from "./libreoffice";
import { mail } from "./mail";
import { page } from "./page";
import { spreadsheet } from "./spreadsheet";
import { word } from "./word";
import { wordonline } from "./wordonline";

/** Says what a rule leaves out. */
export type Report = (kind: Kind, text: string) => void;

export interface Program {
  name: string;
  /** Whether the program, or one like it, wrote the clip. */
  wrote(doc: Document, html: string): boolean;
  tidy(doc: Document, say: Report): void;
}

export const programs: Program[] = [word, wordonline, gdocs, libreoffice, spreadsheet, mail, chat, page];
