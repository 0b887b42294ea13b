// Characters: what a clip may bring in that no reader can see, and the shapes
// that printers write in place of letters.

const LINE_END = /\r\n|[\n\r\f\u0085\u2028\u2029]/g;
// Control characters, the byte order mark, noncharacters: nothing that HTML may carry.
const UNPRINTABLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufeff\ufdd0-\ufdef]|[\ufffe\uffff]/gu;

/** Text fit to stand in a document: line ends are \n, tabs are spaces, what no HTML may carry is gone. */
export function cleanText(s: string): string {
  // A lone half of a surrogate pair is no character.
  const whole = s.replace(/[\ud800-\udfff]/gu, "\ufffd");
  return letters(whole.replace(LINE_END, "\n").replace(/[\t\v]/g, " ").replace(UNPRINTABLE, ""));
}

// The shapes of Arabic, Hebrew and Latin letters that a font's tables give out where text was drawn, not written. The
// signs between U+FDF0 and U+FDFF are typed by people (the rial, the blessing on the Prophet) and stay.
const SHAPES = /[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufbb1\ufbd3-\ufdcf\ufe70-\ufefc]+/g;

/** Letters as they are typed: no ligature, no positional shape, no hyphen that shows only at a line's end. */
export function letters(s: string): string {
  if (!/[\u00ad\u200b\u064b-\u0655\ufb00-\ufefc]/.test(s)) return s;
  // A reader of PDF files sets a sign that stands on a letter apart from it.
  return s.replace(/(?<=\p{L}) (?=[\u064b-\u0655](?![\u064b-\u0655]* [\u064b-\u0655]))/gu, "").replace(SHAPES, (shape) => shape.normalize("NFKC").replace(/[ \u0640](?=[\u064b-\u0652\u0670])/g, ""))
    .replace(/\u00ad/g, "")
    .replace(/(^|[\p{scx=Latin}\p{scx=Arabic}\p{scx=Hebrew}\p{scx=Cyrillic}\p{scx=Greek}\p{P}\p{N}\s])\u200b+/gu, "$1")
    .replace(/\u200b+(?=$|[\s\p{P}])/gu, "");
}

/** White space and format characters only. */
export const blank = (s: string): boolean => /^[\s\u0085\p{Cf}]*$/u.test(s);

/** One line of plain text, "" where it shows nothing. */
export function plainLine(s: string): string {
  const line = cleanText(s).replace(/[ \u00a0]*\n[ \n\u00a0]*/g, " ").replace(/^[ \u00a0]+|[ \u00a0]+$/g, "");
  return blank(line) ? "" : line;
}

/** How many characters of a line take room. */
export function width(s: string): number {
  let n = 0;
  for (const r of s.trim()) if (r < "\u0300" || !/[\p{Mn}\p{Cf}]/u.test(r)) n++;
  return n;
}
