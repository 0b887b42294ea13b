// Which way a block runs, and in what language, is said only where it differs
// from what stands around. Word and mail declare both without being asked
// (every Persian paragraph is "ar-SA" for some, every one is left-to-right for
// others), so a declaration counts where the letters do not speak against it.
import type { Direction } from "../sheet";
import { sameMarks, type Block, type Run } from "./model";

const RTL = /[\p{scx=Arab}\p{scx=Hebr}\p{scx=Syrc}\p{scx=Thaa}\p{scx=Nkoo}\p{scx=Adlm}]/u;
const RTL_LETTERS = /(?=\p{L})[\p{scx=Arab}\p{scx=Hebr}\p{scx=Syrc}\p{scx=Thaa}\p{scx=Nkoo}\p{scx=Adlm}]/gu;
const LETTERS = /\p{L}/gu;

interface Around { lang: string; dir: Direction }

/** How many letters run each way. */
function count(s: string): { ltr: number; rtl: number } {
  const rtl = s.match(RTL_LETTERS)?.length ?? 0;
  return { rtl, ltr: (s.match(LETTERS)?.length ?? 0) - rtl };
}

// Addresses run left to right in every text and say nothing about it.
const ADDRESS = /https?:\/\/\S+|[\w.+-]+@[\w.-]+|[@#]\w+|\b[\w-]+(\.[\w-]+)+/g;

/** The way a text runs: as declared or as its first letter where enough of its letters do, else as most of them, else "". */
export function runs(text: string, declared: Direction | "" | undefined): Direction | "" {
  const plain = text.replace(ADDRESS, "");
  const { ltr, rtl } = count(plain);
  if (ltr + rtl === 0) return "";
  const first = RTL.test(/\p{L}/u.exec(plain)![0]) ? "rtl" : "ltr";
  if (declared && (declared === first || (declared === "rtl" ? rtl : ltr) * 5 >= ltr + rtl)) return declared;
  if ((first === "rtl" ? rtl : ltr) * 3 >= ltr + rtl) return first;
  return rtl > ltr ? "rtl" : "ltr";
}

/** A language as the document writes it, or "" where it is none or not of the script that the text is in. */
export function language(tag: string | undefined, dir: Direction | ""): string {
  if (!tag || tag.length > 35) return "";
  try {
    const l = new Intl.Locale(tag.replace(/_/g, "-"));
    if (l.language === "und" || l.language === "x" || l.language.length > 3) return "";
    const script = l.maximize().script ?? "";
    const way = /^(Arab|Aran|Hebr|Syrc|Thaa|Nkoo|Adlm)$/.test(script) ? "rtl" : "ltr";
    if (dir && dir !== way) return "";
    return [l.language, l.script, l.region].filter(Boolean).join("-");
  } catch {
    return "";
  }
}

const base = (tag: string): string => tag.split("-", 1)[0]!;

/** Decides language and direction of blocks as they will stand in an article of that language and direction. */
export function settle(blocks: Block[], around: Around): void {
  for (const b of blocks) {
    if (b.type === "separator") continue;
    if (b.type === "list_item") {
      b.lang = b.dir = "";
      settle(b.blocks ?? [], around);
      continue;
    }
    lift(b);
    const way = runs(textOf(b), b.dir) || around.dir;
    const lang = language(b.lang, way);
    const foreign = lang !== "" && base(lang) !== base(around.lang);
    b.lang = foreign ? lang : "";
    b.dir = way !== around.dir || foreign ? way : "";
    const inner = { lang: foreign ? lang : way === around.dir ? around.lang : "", dir: way };
    for (const line of lines(b)) settleRuns(line, inner);
    settle(b.blocks ?? [], inner);
  }
}

/** A language or direction that all runs of a block carry is the block's. */
function lift(b: Block): void {
  const first = b.runs?.find((r) => r.text.trim() !== "")?.marks;
  if (!first?.foreign || !b.runs!.every((r) => r.text.trim() === "" || r.marks.foreign && r.marks.lang === first.lang && r.marks.dir === first.dir)) return;
  if (!first.lang && !first.dir) return;
  b.lang = first.lang || b.lang;
  b.dir = first.dir || b.dir;
  for (const r of b.runs!) r.marks = { ...r.marks, foreign: false, lang: "", dir: "" };
}

/** Takes away what runs say that their block says as well. */
function settleRuns(line: Run[], around: Around): void {
  for (const run of line) {
    const m = run.marks;
    if (!m.foreign || !m.lang && !m.dir) continue;
    const way = runs(run.text, m.dir) || m.dir || around.dir;
    const lang = language(m.lang, way);
    const foreign = lang !== "" && base(lang) !== base(around.lang) && around.lang !== "";
    const turned = way !== around.dir && m.dir === way && /[\p{L}\p{Nd}]/u.test(run.text);
    run.marks = foreign ? { ...m, lang, dir: way } : turned ? { ...m, lang: "", dir: way } : { ...m, foreign: false, lang: "", dir: "" };
  }
  for (let i = line.length - 1; i > 0; i--) {
    const a = line[i - 1]!, b = line[i]!;
    if (!a.broken && !b.broken && !a.note && !b.note && sameMarks(a.marks, b.marks)) line.splice(i - 1, 2, { text: a.text + b.text, marks: a.marks });
  }
}

function* lines(b: Block): Generator<Run[]> {
  if (b.runs) yield b.runs;
  for (const row of b.rows ?? []) for (const cell of row) yield cell.runs;
}

/** All text of a block. */
export function textOf(b: Block): string {
  const own = [...lines(b)].map((line) => line.map((r) => r.text).join("")).join(" ");
  const said = [b.attrs?.by, b.attrs?.caption, b.attrs?.title].filter((s) => typeof s === "string").join(" ");
  return own + " " + said + " " + (b.blocks ?? []).map(textOf).join(" ");
}
