// Paragraphs of plain text, by the rule of the text import: an empty line
// always parts two; a line is a paragraph, unless the text is hard-wrapped
// (lines of like width that break off in the middle of sentences). It is
// internal/wirefmt/wrap.go, so that a dispatch pasted reads as one imported.
import { width } from "./characters";

const MIN_WRAP = 20; // a block that is narrower is no wrapped text
const MAX_WRAP = 140; // a wider line is no broken one
const MIN_LONE = 45; // an only pair of lines is a wrapped paragraph between these
const MAX_LONE = 100;

/** Paragraphs, and how a line's last word and the next one's first are put together. */
export function paragraphs(lines: string[], join: (before: string, after: string) => string = joinPlain): string[] {
  const segments: Segment[] = [];
  let longest = 0;
  for (const block of blocks(lines)) {
    for (const run of runs(block)) {
      longest = Math.max(longest, run.width);
      segments.push(...cutSegments(run));
    }
  }
  decideLone(segments, longest);
  decideByEdge(segments);
  return segments.flatMap((s) => s.proof === SURE ? [s.lines.reduce((text, line) => join(text, line.trim()), "").trim()] : s.lines.map((l) => l.trim()));
}

/** Whether any lines of a text would be joined. */
export function isWrapped(lines: string[]): boolean {
  return paragraphs(lines).length < lines.filter((l) => l.trim() !== "").length;
}

/** Two lines of a paragraph; a word that was parted at a hyphen stays one word. */
export function joinPlain(before: string, after: string): string {
  if (before === "") return after;
  return before + (hyphenated(before, after) ? "" : " ") + after;
}

/** A line that ends in a parted word which the next one takes up. */
export function hyphenated(before: string, after: string): boolean {
  return /\p{L}[-\u2010\u00ad]$/u.test(before) && startsSmall(after);
}

type Proof = 0 | 1 | 2;
const NONE = 0;
const LONE = 1; // one break only, or a text in a script without capitals that ends without a full stop
const SURE = 2;

/** A piece of a block that is one paragraph if it is hard-wrapped. */
interface Segment {
  lines: string[];
  width: number; // of the widest line of its block
  items: number; // lines of its block that begin like items of a list
  proof: Proof;
}

function blocks(lines: string[]): string[][] {
  const out: string[][] = [];
  let open: string[] | undefined;
  for (const line of lines) {
    if (line.trim() === "") open = undefined;
    else if (open) open.push(line);
    else out.push(open = [line]);
  }
  return out;
}

/** Parts a block at lines that are too wide to be broken ones. */
function runs(block: string[]): Segment[] {
  const out: Segment[] = [];
  let start = 0;
  block.forEach((line, i) => {
    const w = width(line);
    if (w <= MAX_WRAP) return;
    if (i > start) out.push(newRun(block.slice(start, i)));
    out.push({ lines: [line], width: w, items: 0, proof: NONE });
    start = i + 1;
  });
  if (start < block.length) out.push(newRun(block.slice(start)));
  return out;
}

function newRun(lines: string[]): Segment {
  return { lines, width: Math.max(...lines.map(width)), items: lines.filter(isItem).length, proof: NONE };
}

/** Cuts a run where a paragraph plainly ends, and weighs each piece. */
function cutSegments(run: Segment): Segment[] {
  const out: Segment[] = [];
  let start = 0;
  for (let i = 0; i < run.lines.length; i++) {
    if (i + 1 < run.lines.length && !ends(run, i)) continue;
    const piece: Segment = { ...run, lines: run.lines.slice(start, i + 1), items: 0 };
    piece.proof = weigh(piece);
    out.push(piece);
    start = i + 1;
  }
  return out;
}

/** Whether line i of a run, were it hard-wrapped, is the last of its paragraph. */
function ends(s: Segment, i: number): boolean {
  const here = s.lines[i]!, next = s.lines[i + 1]!;
  const dash = /^\s*[–—]/.test(next); // may also begin a line in the middle of a sentence
  if (isItem(next) && (endsSentence(here) || s.items > 1 && (!dash || isItem(here)))) return true;
  if (!endsSentence(here) || startsSmall(next)) return false;
  return !full(s, i) || indent(next) > indent(here) + 1;
}

/** Whether the next line's first word would not have fitted onto line i, with a fifth to spare. */
function full(s: Segment, i: number): boolean {
  return (width(s.lines[i]!) + 1 + width(firstWord(s.lines[i + 1]!))) * 5 >= s.width * 4;
}

/** Looks at the breaks between the lines of a piece. */
function weigh(s: Segment): Proof {
  const breaks = s.lines.length - 1;
  if (breaks === 0 || s.width < MIN_WRAP) return NONE;
  let short = 0, broken = 0, maybe = 0, small = 0, wide = 0;
  for (let i = 0; i < breaks; i++) {
    const here = s.lines[i]!, next = s.lines[i + 1]!;
    if (!full(s, i)) short++;
    if (endsSentence(here)) continue;
    if (startsSmall(next)) {
      broken++;
      small++;
    } else if (startsCaseless(next) && width(here) >= 30) broken++;
    else {
      maybe++;
      if (width(here) >= MIN_LONE) wide++;
    }
  }
  const closed = endsSentence(s.lines[breaks]!);
  // Only capitals at the starts, as German has them, but too regular for chance.
  if (broken === 0 && breaks > 1 && wide === breaks && short === 0 && closed) return SURE;
  if (short * 5 > breaks || broken === 0 || broken * 4 < breaks || (broken + maybe) * 2 < breaks) return NONE;
  return breaks === 1 || small === 0 && !closed ? LONE : SURE;
}

/** Settles the pieces that do not prove themselves: by another of about the same width, or as the widest of the text. */
function decideLone(segments: Segment[], longest: number): void {
  const widths = new Map<number, number>();
  for (const s of segments) if (s.proof !== NONE) widths.set(firstWidth(s), (widths.get(firstWidth(s)) ?? 0) + 1);
  for (const s of segments) {
    if (s.proof !== LONE) continue;
    const w = firstWidth(s);
    let alike = 0;
    for (const [other, n] of widths) if ((other - w) ** 2 * 25 <= other * other) alike += n; // within a fifth
    if (alike > 1 || s.lines.length === 2 && w === longest && w >= MIN_LONE && w <= MAX_LONE) s.proof = SURE;
  }
}

/** Settles pieces whose breaks all happen to fall between sentences: where no next word would have fitted either. */
function decideByEdge(segments: Segment[]): void {
  let edge = 0;
  for (const s of segments) if (s.proof === SURE) edge = Math.max(edge, s.width);
  for (const s of segments) {
    if (s.proof === NONE && s.lines.length > 1 && s.width <= edge &&
      s.lines.every((l, i) => i === 0 || width(s.lines[i - 1]!) + 1 + width(firstWord(l)) > edge)) s.proof = SURE;
  }
}

const firstWidth = (s: Segment): number => width(s.lines[0]!);
const indent = (s: string): number => s.length - s.replace(/^[ \t]+/, "").length;
const firstWord = (s: string): string => s.trimStart().split(/\s/, 1)[0]!;
const isItem = (s: string): boolean => /^[\s\p{Cf}]*[•*\-–—·▪] /u.test(s);

/** A line that ends with a mark that ends sentences, perhaps inside quotes or brackets. */
export const endsSentence = (s: string): boolean => /[.!?…:;؟؛۔]["'”“’‘»«›‹)\]\s\p{Cf}]*$/u.test(s);

const firstLetter = (s: string): string => /[\p{L}\p{Nd}]/u.exec(s)?.[0] ?? "";
export const startsSmall = (s: string): boolean => /^\p{Ll}/u.test(firstLetter(s));
const startsCaseless = (s: string): boolean => /^[\p{Lo}\p{Lm}]/u.test(firstLetter(s));
