// Puts the editor in the place of the plain form's text area and makes the
// sheet that all parts share.
import { closeHistory } from "prosemirror-history";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import type { Copy, Facts, Part, Sheet } from "../sheet";
import { bylines, fitBylines } from "./bylines";
import { fromDocument, toDocument, toText } from "./document";
import { Past } from "./past";
import { rightToLeft } from "./script";

export function mount(parts: Part[]): void {
  const form = document.querySelector<HTMLFormElement>("form[data-edit]");
  const said = document.getElementById("sheet")?.textContent;
  const area = form?.elements.namedItem("body");
  if (!form || !said || !(area instanceof HTMLTextAreaElement)) return;
  const facts = JSON.parse(said) as Facts;
  const sheet = new Page(form, facts);
  sheet.view = lay(sheet, area, parts);
  bylines(form, () => sheet.changed());
  sheet.past = new Past(sheet);
  // Undo is there before a part brings an unsaved text, so that it reaches into that as well.
  void sheet.past.load().finally(() => parts.forEach((p) => begin(p, sheet)));
}

/** One part that fails takes no other with it. */
function begin(p: Part, sheet: Sheet): void {
  try {
    p.part?.(sheet);
  } catch (e) {
    reportError(e);
  }
}

/** The view in place of the text area. The area stays for whoever prints or reads the page without it, but sends nothing. */
function lay(sheet: Page, area: HTMLTextAreaElement, parts: Part[]): EditorView {
  const place = document.createElement("div");
  place.className = "sheet";
  area.before(place);
  area.hidden = true;
  area.disabled = true;
  const label = sheet.form.querySelector<HTMLElement>('label[for="' + area.id + '"]');
  if (label) label.id ||= area.id + "-label";
  const plugins = parts.flatMap((p) => p.plugins?.(sheet) ?? []);
  const view = new EditorView(place, {
    state: EditorState.create({ doc: fromDocument(sheet.facts.document), plugins }),
    attributes: () => ({
      class: "text",
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": label?.id ?? "",
      lang: sheet.facts.language,
      dir: sheet.facts.direction,
      spellcheck: "true",
    }),
    dispatchTransaction(tr) {
      const before = view.state.doc;
      const { state, transactions } = view.state.applyTransaction(tr);
      view.updateState(state);
      sheet.past?.record(transactions, before);
      if (state.doc !== before) sheet.changed();
    },
  });
  label?.addEventListener("click", () => view.focus());
  const language = sheet.form.elements.namedItem("language");
  if (language instanceof HTMLSelectElement) {
    language.addEventListener("change", () => {
      sheet.facts.language = language.value || sheet.facts.edition.language;
      sheet.facts.direction = rightToLeft(sheet.facts.language) ? "rtl" : "ltr";
      view.updateState(view.state);
    });
  }
  sheet.form.classList.add("written");
  const fields = [...sheet.form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(".page > .field > :is(input, textarea)")].filter((f) => f !== area);
  fields.forEach((field, i) => {
    named(field);
    field.addEventListener("keydown", (e) => goOn(e as KeyboardEvent, fields[i + 1] ?? view));
  });
  return view;
}

/** None of these fields has a second line: Enter goes on to what is written next, and sends no form. */
function goOn(e: KeyboardEvent, next: { focus(): void }): void {
  if (e.key !== "Enter" || e.isComposing || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return;
  e.preventDefault();
  next.focus();
}

/** The name of a field stands in it while it is empty; its height is that of its words. */
function named(field: HTMLInputElement | HTMLTextAreaElement): void {
  field.placeholder = field.labels?.[0]?.firstChild?.textContent?.trim() ?? "";
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.rows = 1;
  if (CSS.supports("field-sizing", "content")) return;
  const fit = (): void => {
    field.style.blockSize = "auto";
    field.style.blockSize = field.scrollHeight + "px";
  };
  field.addEventListener("input", fit);
  fit();
}

class Page implements Sheet {
  view!: EditorView;
  past: Past | null = null;
  private readonly listeners: (() => void)[] = [];
  private readonly digits: Intl.NumberFormat;
  private readonly plurals: Intl.PluralRules;

  constructor(readonly form: HTMLFormElement, readonly facts: Facts) {
    this.digits = new Intl.NumberFormat(facts.desk.language, facts.desk.digits ? { numberingSystem: facts.desk.digits } : {});
    this.plurals = new Intl.PluralRules(facts.desk.language);
    // Written when the form goes, by whatever button: not on each key.
    form.addEventListener("formdata", (e) => e.formData.set("document", toText(this.view.state.doc)));
    form.addEventListener("input", (e) => { if (e.target !== this.view.dom && [...this.fields()].includes(e.target as HTMLInputElement)) this.changed(); });
  }

  t(key: string, ...args: (string | number)[]): string {
    const said = this.facts.texts[key] ?? key;
    const first = args.find((a) => typeof a === "number") as number | undefined;
    const text = typeof said === "string" ? said : said[first === undefined ? "other" : this.plurals.select(first)] ?? said.other!;
    return text.replace(/\{(\d)\}/g, (whole, i) => {
      const a = args[Number(i)];
      return a === undefined ? whole : typeof a === "number" ? this.number(a) : a;
    });
  }

  number(n: number): string {
    return this.digits.format(n);
  }

  copy(): Copy {
    return { document: toDocument(this.view.state.doc), ...this.values() };
  }

  text(more: Record<string, string> = {}): string {
    return '{"document":' + toText(this.view.state.doc) + "," + JSON.stringify({ ...this.values(), ...more }).slice(1);
  }

  put(copy: Copy, why: string): void {
    fitBylines(this.form, copy);
    for (const field of this.fields()) {
      const value = copy[field.name];
      if (typeof value === "string" && value !== field.value) field.value = value;
    }
    if (this.past?.resume(copy.document)) return this.changed();
    const doc = fromDocument(copy.document);
    const { state } = this.view;
    const from = state.doc.content.findDiffStart(doc.content);
    const to = state.doc.content.findDiffEnd(doc.content);
    const tr = closeHistory(state.tr).setMeta("put", why);
    if (from !== null && to !== null) {
      // One step over what differs, so that the cursor and the marks of others stay where they can.
      const overlap = Math.max(0, from - Math.min(to.a, to.b));
      tr.replace(from, to.a + overlap, doc.slice(from, to.b + overlap));
      if (!tr.doc.eq(doc)) tr.replaceWith(0, tr.doc.content.size, doc.content);
    }
    this.view.dispatch(tr);
    this.changed();
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  say(slot: string, what: Node | string): void {
    for (const place of document.querySelectorAll<HTMLElement>('[data-slot="' + CSS.escape(slot) + '"]')) {
      const into = place.querySelector("[data-says]") ?? place;
      into.replaceChildren(what);
      place.hidden = what === "";
    }
  }

  changed(): void {
    for (const l of this.listeners) l();
  }

  /** The controls whose values are the copy; buttons and what only the form needs are not. */
  private values(): Record<string, string> {
    const values: Record<string, string> = {};
    for (const field of this.fields()) values[field.name] = field.value;
    return values;
  }

  private *fields(): Generator<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement> {
    const not = new Set(["body", "document", "base", "token", "was", "dropped", "do", "fix"]);
    for (const e of this.form.elements) {
      if (!(e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement || e instanceof HTMLSelectElement)) continue;
      if (e.name !== "" && !e.disabled && !not.has(e.name) && e.type !== "file" && !this.view.dom.parentElement?.contains(e)) yield e;
    }
  }
}
