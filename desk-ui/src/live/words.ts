// What the scripts of every page say: desk.live.… of the desk's language.

const html = document.documentElement;
const texts: Record<string, string | Record<string, string>> = JSON.parse(document.body.dataset.words ?? "{}");

export function t(key: string, ...args: (string | number)[]): string {
  const said = texts[key] ?? key;
  let text = typeof said === "string" ? said : said["other"] ?? "";
  const count = args.find((a) => typeof a === "number");
  if (typeof said !== "string" && count !== undefined) text = said[new Intl.PluralRules(html.lang).select(count as number)] ?? text;
  return text.replace(/\{(\d)\}/g, (whole, i) => {
    const a = args[Number(i)];
    return a === undefined ? whole : typeof a === "number" ? number(a) : a;
  });
}

export function number(n: number): string {
  return new Intl.NumberFormat(html.lang).format(n);
}

let timer = 0;

/** Says something to who listens to the page instead of looking at it, without interrupting. */
export function announce(text: string): void {
  const place = document.querySelector("[data-announce]");
  if (!place) return;
  clearTimeout(timer);
  place.textContent = "";
  timer = window.setTimeout(() => { place.textContent = text; }, 200);
}
