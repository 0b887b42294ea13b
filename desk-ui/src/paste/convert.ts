// From a clip's tree to blocks: what internal/doc's FromHTML does on the
// server, here on what a program put on the clipboard. Visible text is always
// kept or named in what is left; what the schema does not know becomes the
// nearest thing that it does.
import type { Direction } from "../sheet";
import { block } from "./block";
import { blank, cleanText } from "./characters";
import { isElement, isHidden, isText, style, wordsOf } from "./dom";
import { line } from "./line";
import { media } from "./media";
import { depthOf, mayHold, MAX_DEPTH, type Block, type Kind, type Left, type Marks, type Place, type Run } from "./model";

/** A container being filled. */
export interface Frame {
  kind: string;
  depth: number; // of the container; its blocks are one deeper
  flat: boolean; // takes one line of text only: a heading, a table cell
  blocks: Block[];
  after: Block[]; // what a flat frame could not hold
  runs: Run[]; // the paragraph being filled
  lang: string; // as declared around runs
  dir: Direction | "";
}

/** What an element hands down to what is in it. */
export interface Context {
  marks: Marks;
  lang: string;
  dir: Direction | "";
  pre: boolean; // line ends count, and spaces
  once?: boolean; // what is for browsers without scripts
}

export class Converter {
  readonly left: Left[] = [];
  readonly pictures = new Map<string, Blob>();
  private readonly frames: Frame[] = [];

  constructor(readonly place: Place, readonly programs: string[]) {}

  /** The blocks of a tree. */
  read(root: Node): Block[] {
    this.push(this.place.holder, this.place.depth, false);
    this.children(root, { marks: {}, lang: "", dir: "", pre: false });
    return this.pop().blocks;
  }

  get top(): Frame {
    return this.frames[this.frames.length - 1]!;
  }

  push(kind: string, depth: number, flat: boolean): void {
    this.frames.push({ kind, depth, flat, blocks: [], after: [], runs: [], lang: "", dir: "" });
  }

  /** Closes the innermost frame. */
  pop(): Frame {
    this.boundary();
    return this.frames.pop()!;
  }

  say(kind: Kind, text: string): void {
    const words = text.replace(/\s+/g, " ").trim();
    if (words !== "") this.left.push({ kind, text: words });
  }

  /** Ends the paragraph being filled; in a flat frame it ends the line. */
  boundary(): void {
    const f = this.top;
    if (f.flat) {
      if (f.runs.length > 0 && !f.runs[f.runs.length - 1]!.broken) f.runs.push({ text: "", marks: {}, broken: true });
      return;
    }
    const runs = f.runs;
    f.runs = [];
    if (runs.some((r) => r.note || !blank(r.text))) f.blocks.push({ type: "paragraph", lang: f.lang, dir: f.dir, runs });
  }

  /** Puts a finished block into the innermost frame, or after it where it takes only text. */
  add(b: Block, x: Context): void {
    if (b.type !== "separator") {
      b.lang ||= x.lang;
      b.dir ||= x.dir;
    }
    this.boundary();
    const f = this.top;
    (f.flat ? f.after : f.blocks).push(b);
  }

  fits(type: string): boolean {
    const f = this.top;
    return !f.flat && mayHold(f.kind, type) && f.depth + depthOf(type) <= MAX_DEPTH;
  }

  run(run: Run, x: Context): void {
    const f = this.top;
    if (f.runs.length === 0) {
      f.lang = x.lang;
      f.dir = x.dir;
    }
    f.runs.push(run);
  }

  breakLine(x: Context): void {
    this.run({ text: "", marks: {}, broken: true }, x);
  }

  /** Appends to the paragraph being filled, white space as a browser shows it. */
  text(raw: string, x: Context): void {
    let s = cleanText(raw);
    if (x.pre) {
      s.split("\n").forEach((part, i) => {
        if (i > 0) this.breakLine(x);
        if (part !== "") this.run({ text: part, marks: x.marks }, x);
      });
      return;
    }
    // A no-break space beside a space is how editors in a browser show two spaces, and Word an indent.
    s = s.replace(/[ \n]+/g, " ").replace(/\u00a0(?=[ \u00a0])|(?<=[ \u00a0])\u00a0/g, " ");
    if (this.afterSpace()) s = s.replace(/^ +/, "");
    if (s !== "") this.run({ text: s, marks: x.marks }, x);
  }

  private afterSpace(): boolean {
    const runs = this.top.runs;
    const last = runs[runs.length - 1];
    return !last || last.broken || !last.note && / $/.test(last.text);
  }

  children(n: Node, x: Context): void {
    for (const child of [...n.childNodes]) this.walk(child, x);
  }

  walk(n: Node, x: Context): void {
    if (isText(n)) this.text(n.data, x);
    else if (isElement(n)) this.element(n, x);
  }

  private element(e: HTMLElement, x: Context): void {
    if (e.namespaceURI !== "http://www.w3.org/1999/xhtml") {
      foreign(this, e, x);
      return;
    }
    if (SILENT.test(e.localName)) return;
    if (isHidden(e)) {
      this.say("hidden", wordsOf(e));
      return;
    }
    if (!block(this, e, x) && !media(this, e, x)) line(this, e, x);
  }

  /** Reads what is under n as one line of text; pictures and the like come out beside it. */
  flat(n: Node, x: Context): { runs: Run[]; after: Block[] } {
    this.push("flat", this.top.depth, true);
    this.children(n, x);
    const { runs, after } = this.pop();
    return { runs, after };
  }

  /** Reads what is under n as the blocks of a container. */
  inside(kind: string, n: Node, x: Context): Block[] {
    this.push(kind, this.top.depth + 1, false);
    this.children(n, x);
    return this.pop().blocks;
  }
}

// Elements that no browser shows, whose text is no text of the clip.
const SILENT = /^(script|style|template|title|noembed|noframes|datalist|meta|link|base|source|track|param|area|frame|frameset|bgsound|basefont|col|colgroup|rp|xml|head|wbr)$/;

/** Keeps what SVG and MathML show as letters. */
function foreign(c: Converter, e: Element, x: Context): void {
  if (/^(script|style|title|desc|metadata|annotation|annotation-xml)$/.test(e.localName)) return;
  c.children(e, x);
}

/** Whether line ends count in an element. */
export function keepsLines(e: Element, pre: boolean): boolean {
  const space = style(e, "white-space") + " " + style(e, "white-space-collapse");
  if (/pre|break-spaces/.test(space)) return true;
  return pre && !/normal|nowrap|\bcollapse/.test(space);
}
