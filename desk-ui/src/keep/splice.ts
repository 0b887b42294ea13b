// How one text differs from another, in bytes of UTF-8, as store/splice.go
// reads it: of the first stay `start` bytes, then `cut` go, `put` comes in
// their place, and the rest stays. A poor line carries a word, not the story.

export interface Splice {
  start: number;
  cut: number;
  put: string;
}

const utf8 = new TextEncoder();
const bytes = (s: string): number => utf8.encode(s).length;

/** Whether a place in a text is between two characters, not inside one. */
const between = (s: string, i: number): boolean => i <= 0 || i >= s.length || (s.charCodeAt(i) & 0xfc00) !== 0xdc00;

const stride = 1024; // characters that are compared in one go, as far as nothing differs

export function spliceOf(from: string, to: string): Splice {
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start + stride <= most && from.startsWith(to.slice(start, start + stride), start)) start += stride;
  while (start < most && from.charCodeAt(start) === to.charCodeAt(start)) start++;
  while (!between(from, start) || !between(to, start)) start--;
  let end = 0;
  while (end + stride <= most - start && from.endsWith(to.slice(to.length - end - stride, to.length - end), from.length - end)) end += stride;
  while (end < most - start && from.charCodeAt(from.length - 1 - end) === to.charCodeAt(to.length - 1 - end)) end++;
  while (!between(from, from.length - end) || !between(to, to.length - end)) end--;
  return { start: bytes(from.slice(0, start)), cut: bytes(from.slice(start, from.length - end)), put: to.slice(start, to.length - end) };
}

/** The size of a text on the line. */
export const size = bytes;
