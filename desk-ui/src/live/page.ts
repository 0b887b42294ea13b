// Pages of the desk asked for by a script. They come as documents and are moved
// over as nodes: no text is ever made into HTML here.

export interface Answer {
  status: number;
  document: Document;
}

/** Asks for a page, or sends a form and follows to the page it leads to. A lost line is a rejection. */
export function page(address: string, form?: FormData): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ask = new XMLHttpRequest();
    ask.open(form ? "POST" : "GET", address);
    ask.responseType = "document";
    ask.timeout = 20_000;
    ask.onload = () => ask.response instanceof Document ? resolve({ status: ask.status, document: ask.response }) : reject(new TypeError("no page"));
    ask.onerror = ask.ontimeout = () => reject(new TypeError("no answer"));
    if (form) ask.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    ask.send(form ? new URLSearchParams(form as unknown as Record<string, string>).toString() : null);
  });
}

/** Puts what is fresh in the place of what is here. What somebody is typing, has opened or is at stays. */
export function swap(here: Element, fresh: Element): Element {
  const next = document.importNode(fresh, true);
  const open = new Set([...here.querySelectorAll<HTMLDetailsElement>("details[open]")].map(name));
  const typed = new Map([...here.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, input:not([type=hidden])")].map((e) => [name(e), e.value]));
  const at = here.contains(document.activeElement) ? document.activeElement : null;
  const range = at instanceof HTMLTextAreaElement ? [at.selectionStart, at.selectionEnd] as const : null;
  const atName = at ? name(at) : "";
  // a form that is being written keeps its own token: sent twice, it is one
  const tokens = new Map([...here.querySelectorAll<HTMLInputElement>("input[type=hidden]")].map((e) => [name(e), e]));
  here.replaceWith(next);
  for (const d of next.querySelectorAll("details")) if (open.has(name(d))) d.open = true;
  for (const e of next.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, input:not([type=hidden])")) {
    const was = typed.get(name(e));
    if (!was || e.value) continue;
    e.value = was;
    for (const hidden of e.form?.querySelectorAll<HTMLInputElement>("input[type=hidden]") ?? []) hidden.value = tokens.get(name(hidden))?.value ?? hidden.value;
    for (const [key, hidden] of tokens) if (e.form && key.startsWith(address(e) + "|") && !e.form.elements.namedItem(hidden.name)) e.form.append(hidden);
  }
  const same = at && [...next.querySelectorAll<HTMLElement>(at.tagName)].find((e) => name(e) === atName);
  if (same) {
    same.focus({ preventScroll: true });
    if (range && same instanceof HTMLTextAreaElement) same.setSelectionRange(...range);
  }
  return next;
}

function address(e: Element): string {
  const form = e.closest("form") ?? e.querySelector("form");
  return form?.getAttribute("action") ?? e.getAttribute("href") ?? e.className;
}

/** What an element is, across two versions of a page. */
function name(e: Element): string {
  return address(e) + "|" + e.tagName + "|" + (e.getAttribute("name") ?? "");
}
