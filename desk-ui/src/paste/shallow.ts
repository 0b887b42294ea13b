// Markup that is nested deeper than any text: a browser's parser takes minutes
// over a hundred thousand quotes in one another.

const DEEPEST = 400;
const ANY_TAG = /<(\/?)([a-z][^\s>/]*)(?:"[^"]*"|'[^']*'|[^'">])*>/gi;
// These stand open without an end, or never hold anything.
const OPEN = /^(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|option|optgroup|tr|td|th|thead|tbody|tfoot|colgroup|rt|rp)$/;

/** The markup without the elements below a depth; their text stays. */
export function shallow(html: string): string {
  const open = new Map<string, number>();
  let depth = 0, deepest = 0;
  const walk = (tag: string, end: string, name: string): string => {
    name = name.toLowerCase();
    if (OPEN.test(name)) return tag;
    const n = open.get(name) ?? 0;
    if (end !== "" && n === 0) return tag;
    const cut = depth > DEEPEST || end === "" && depth === DEEPEST;
    depth += end ? -1 : 1;
    open.set(name, n + (end ? -1 : 1));
    deepest = Math.max(deepest, depth);
    return cut ? "" : tag;
  };
  const out = html.replace(ANY_TAG, walk);
  return deepest > DEEPEST ? out : html;
}
