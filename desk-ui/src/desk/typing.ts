/** Whether a key belongs to somebody who is typing, and not to the page. */
export function typing(e: Event): boolean {
  return e.target instanceof Element && e.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog") !== null;
}

/** Whether a key is held down with another: then it is the browser's, or a part's own. */
export function chord(e: KeyboardEvent): boolean {
  return e.ctrlKey || e.metaKey || e.altKey;
}
