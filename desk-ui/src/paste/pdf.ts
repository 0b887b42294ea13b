// What readers of PDF files copy: lines as they were set, page numbers in the
// middle of sentences, words parted at the end of lines, shapes in place of
// letters, and right-to-left text from the wrong end.
import type { Left } from "./model";
import { endsSentence, hyphenated, joinPlain, startsSmall } from "./wrap";

const MARKED = /[\f\ufb00-\ufb06\ufb50-\ufdcf\ufe70-\ufefc]|^\u202b.*\u202c$/m;

/** A text without what pages add, if it comes from pages; else unchanged. */
export function fromPDF(text: string, left: Left[]): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const paged = MARKED.test(text);
  const turned = lines.map((l) => turn(unembed(l)));
  return (paged ? closed(withoutPages(turned, left), left) : numbersOut(turned, left)).join("\n");
}

/** Lines of a page that break off in the middle of a sentence, put together whatever their width: readers join words that were parted, so that lines grow uneven. */
function closed(lines: string[], left: Left[]): string[] {
  const out: string[] = [];
  const join = joinParted(lines, left);
  for (const line of lines) {
    const before = out[out.length - 1];
    if (before !== undefined && before.trim() !== "" && line.trim() !== "" && !endsSentence(before) && goesOn(before, line)) out[out.length - 1] = join(before.trimEnd(), line.trim());
    else out.push(line);
  }
  return out;
}

/** A whole line that its reader has marked as running right to left; signs in it that it marked as running the other way stand turned. */
function unembed(line: string): string {
  return line.replace(/^(\f?)[\u202a\u202b](.*)\u202c$/u, (_, feed: string, rest: string) =>
    feed + rest.replace(/\u202a([^\p{L}\p{N}\u202a-\u202c]*)\u202c/gu, (_, signs: string) => [...signs].reverse().join("")).replace(/[\u202a-\u202c]/g, ""));
}

const PAGE = /^[\s\-–—|]*((page|seite|صفحه|صفحة|ص)[\s.:]*)?[\p{Nd}]{1,4}(\s*(\/|of|از|من)\s*[\p{Nd}]{1,4})?[\s\-–—|]*$/iu;

/** Page numbers and lines that stand on every page, at the feeds between pages. */
function withoutPages(lines: string[], left: Left[]): string[] {
  if (!lines.some((l) => l.includes("\f"))) return numbersOut(lines, left);
  const pages: string[][] = [[]];
  for (const line of lines) {
    line.split("\f").forEach((part, i) => {
      if (i > 0) pages.push([]);
      pages[pages.length - 1]!.push(part);
    });
  }
  const seen = new Map<string, number>();
  const edge = (page: string[]): string[] => [...page.filter((l) => l.trim()).slice(0, 1), ...page.filter((l) => l.trim()).slice(-1)];
  const plain = (l: string): string => l.trim().replace(/\p{Nd}+/gu, "0");
  for (const page of pages) for (const l of new Set(edge(page).map(plain))) seen.set(l, (seen.get(l) ?? 0) + 1);
  const out: string[] = [];
  pages.forEach((page, i) => {
    const edges = new Set(edge(page));
    const kept = page.filter((l) => {
      const furniture = edges.has(l) && (PAGE.test(l) && l.trim() !== "" || (seen.get(plain(l)) ?? 0) > 1 && pages.length > 1);
      if (furniture) left.push({ kind: "furniture", text: l.trim() });
      return !furniture;
    });
    while (kept.length && kept[0]!.trim() === "") kept.shift();
    while (kept.length && kept[kept.length - 1]!.trim() === "") kept.pop();
    // A sentence goes on over the page's edge; otherwise a new page is a new paragraph.
    const before = out[out.length - 1];
    if (i > 0 && before !== undefined && kept.length && (endsSentence(before) || !goesOn(before, kept[0]!))) out.push("");
    out.push(...kept);
  });
  return out;
}

const goesOn = (before: string, next: string): boolean => startsSmall(next) || /^\p{Lo}/u.test(next.trim()) && before.trim().length >= 30;

/** A number alone in the middle of a sentence is a page's. */
function numbersOut(lines: string[], left: Left[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    let next = i + 1;
    while (next < lines.length && lines[next]!.trim() === "") next++;
    const before = out.findLast((l) => l.trim() !== "");
    if (PAGE.test(lines[i]!) && /\p{Nd}/u.test(lines[i]!) && before !== undefined && next < lines.length && before.length >= 30 && !endsSentence(before) && goesOn(before, lines[next]!)) {
      left.push({ kind: "furniture", text: lines[i]!.trim() });
      while (out.length && out[out.length - 1]!.trim() === "") out.pop();
      i = next - 1;
      continue;
    }
    out.push(lines[i]!);
  }
  return out;
}

// The first word of two that a hyphen joins, wherever the line ends.
const JOINED_FIRST = /(^|[\s("'“‘])(self|non|ex|well|half|co|semi|anti|pro|vice|mid|all|cross|north|south|east|west|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|long|short|high|low|so|then|much|ever|post|pre|much)$/i;

/** How to put a parted word together: without its hyphen, unless the text has it elsewhere with one. */
export function joinParted(lines: string[], left: Left[]): (before: string, after: string) => string {
  const text = lines.join("\n").toLowerCase();
  return (before, after) => {
    if (!hyphenated(before, after)) return joinPlain(before, after);
    const first = /[\p{L}\p{M}]+$/u.exec(before.slice(0, -1))?.[0] ?? "";
    const second = /^[\p{L}\p{M}]+/u.exec(after)?.[0] ?? "";
    const soft = before.endsWith("\u00ad");
    const known = text.includes((first + "-" + second).toLowerCase());
    const whole = text.includes((first + second).toLowerCase());
    if (!soft && !whole && (known || JOINED_FIRST.test(before.slice(0, -1)) || first.length < 2)) return before + after;
    if (!soft) left.push({ kind: "joined", text: first + second });
    return before.slice(0, -1) + after;
  };
}

// Letters that a word can only end with: where lines begin with them, the line is the wrong way round.
const FINALS = /^(?:[ةىךםןףץ]|[\ufe92\ufe93\ufe94\ufef0])/u;

/** Turns a line that was copied in the order in which it is seen. */
function turn(line: string): string {
  const words = line.split(/\s+/).filter((w) => /[\u0590-\u07ff\ufb1d-\ufefc]/.test(w));
  if (words.length === 0) return line;
  let seen = 0, typed = 0;
  for (const word of words) {
    const letters = [...word.replace(/[^\p{L}]/gu, "")];
    if (letters.length < 2) continue;
    const [first, last] = [shape(letters[0]!), shape(letters[letters.length - 1]!)];
    if (first === "final" || last === "initial" || FINALS.test(letters.join(""))) seen++;
    if (first === "initial" || last === "final" || FINALS.test(letters[letters.length - 1]!)) typed++;
  }
  return seen > typed ? reverse(line) : line;
}

/** The place in a word that a letter's shape belongs to, read from its compatibility decomposition by trial. */
function shape(letter: string): "initial" | "final" | "" {
  const code = letter.codePointAt(0)!;
  if (code < 0xfb50 || code > 0xfefc) return "";
  // Letters of Forms-B stand in groups: isolated, final, and where they join on: initial, medial.
  if (code < 0xfe80) return "";
  const plain = letter.normalize("NFKC");
  let start = code;
  while (start > 0xfe80 && String.fromCodePoint(start - 1).normalize("NFKC") === plain) start--;
  return (["", "final", "initial", ""] as const)[code - start] ?? "";
}

/** A line from its other end; numbers and words of other scripts stay as they are. */
function reverse(line: string): string {
  const parts = line.match(/[\p{sc=Latin}\p{Nd}][\p{sc=Latin}\p{Nd}.,:/@%+-]*(?: +[\p{sc=Latin}][\p{sc=Latin}\p{Nd}.,:/@%+-]*)*|\P{M}\p{M}*/gu) ?? [];
  const mirrored: Record<string, string> = { "(": ")", ")": "(", "[": "]", "]": "[", "«": "»", "»": "«", "<": ">", ">": "<" };
  return parts.reverse().map((p) => mirrored[p] ?? p).join("");
}
