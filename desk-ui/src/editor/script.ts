// Which way a text runs, by its first strong letter (UAX #9, P2 and P3).
import type { Direction } from "../sheet";

const LETTER = /\p{L}/u;
const RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** The direction of a text; null where it has no letter at all. */
export function directionOf(text: string): Direction | null {
  const first = LETTER.exec(text)?.[0];
  return first === undefined ? null : RIGHT.test(first) ? "rtl" : "ltr";
}

const RTL = String.raw`\p{Script=Arabic}\p{Script=Hebrew}`;
const LTR = String.raw`\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}`;
const BETWEEN = String.raw`[ \u00a0'’.,:&/+\-–_@#]`;

/** Foreign names in a line that runs the other way, and figures with signs inside that a right-to-left line would turn round. */
const AGAINST: Record<Direction, RegExp> = {
  rtl: new RegExp(String.raw`[${LTR}](?:[${LTR}\p{M}\p{N}]|${BETWEEN}(?=[${LTR}\p{N}]))*|[+−\-]?\p{Nd}(?:[\p{Nd}]|[.,:/\-–×٫٬ ](?=\p{Nd}))*[.,:/\-–×٫٬ ]\p{Nd}+%?|[+−\-]\p{Nd}+%?`, "gu"),
  ltr: new RegExp(String.raw`[${RTL}](?:[${RTL}\p{M}\p{N}\u200c]|[ \u00a0،؛'’.:/\-–](?=[${RTL}\p{N}]))*`, "gu"),
};

/** The pieces of a line, as offsets, that are shown apart from a line running this way. */
export function foreignIn(text: string, direction: Direction): [number, number][] {
  return [...text.matchAll(AGAINST[direction])].map((m) => [m.index, m.index + m[0].length]);
}

/** Whether a language is written from the right. */
export function rightToLeft(language: string): boolean {
  return /^(ar|arc|azb|ckb|dv|fa|glk|he|ks|mzn|ps|sd|syr|ug|ur|yi)\b(?!-latn|-cyrl)|-(arab|hebr|syrc|thaa)\b/i.test(language);
}
