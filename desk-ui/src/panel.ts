// A small dialog over the page. It holds the focus while it is open (the
// browser's own modal dialog), Escape closes it, and the focus goes back.
import { el, freshID } from "./dom";
import type { Sheet } from "./sheet";

export interface Field {
  name: string;
  label: string;
  value?: string;
  kind?: "text" | "url" | "area" | "file" | "select";
  options?: [value: string, label: string][];
  hint?: string;
  required?: boolean;
  dir?: string;
  accept?: string;
}

export type Outcome = string | (() => void);

export interface PanelOptions {
  title: string;
  fields: Field[];
  act: string; // what the first button says
  remove?: () => void; // offers to take away what the panel is about
  removeLabel?: string;
  /** Looks at what was typed: a sentence is shown and the panel stays; what is to be done is done once the text has the focus again. */
  done: (values: Record<string, string>, files: Record<string, File>) => Outcome | Promise<Outcome>;
  /** More below the fields. */
  more?: (form: HTMLFormElement) => Node;
}

export function panel(sheet: Sheet, options: PanelOptions): HTMLDialogElement {
  const title = freshID("panel");
  const fault = el("p", { class: "wrong", role: "alert", hidden: true });
  const act = el("button", { class: "primary" }, options.act);
  const form = el("form", { method: "dialog" });
  const dialog = el("dialog", { class: "panel", "aria-labelledby": title, close: () => leave() }, form);
  // Nothing is done to the text while it is inert behind the dialog: it would come back with the old selection.
  const leave = (act?: () => void): void => {
    if (!dialog.isConnected) return;
    dialog.close();
    dialog.remove();
    sheet.view.focus();
    act?.();
  };
  form.append(el("h2", { id: title }, options.title), ...options.fields.map((f) => control(f)));
  if (options.more) form.append(options.more(form)); // it may look for the fields
  form.append(
    fault,
    el("p", { class: "panel-acts" }, act,
      options.remove && el("button", { type: "button", class: "danger", click: () => leave(options.remove) }, options.removeLabel ?? sheet.t("remove")),
      el("button", { type: "button", click: () => leave() }, sheet.t("cancel"))),
  );
  // in a field of several lines Enter is a line: with Ctrl it is the act, as in a note
  form.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey)) return;
    e.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    act.disabled = true;
    void answer(form, options).then((outcome) => {
      act.disabled = false;
      if (typeof outcome === "function") return leave(outcome);
      fault.textContent = outcome;
      fault.hidden = false;
    });
  });
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector<HTMLElement>("input, textarea, select")?.focus();
  return dialog;
}

async function answer(form: HTMLFormElement, options: PanelOptions): Promise<Outcome> {
  const values: Record<string, string> = {};
  const files: Record<string, File> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") values[name] = value.trim();
    else if (value.size > 0) files[name] = value;
  }
  return options.done(values, files);
}

function control(f: Field): HTMLElement {
  const id = freshID("field");
  const shared = { id, name: f.name, required: f.required, dir: f.dir ?? (f.kind === "url" ? "ltr" : "auto"), "aria-describedby": f.hint ? id + "-hint" : null };
  let input: HTMLElement;
  if (f.kind === "area") {
    input = el("textarea", { ...shared, rows: 3 }, f.value ?? "");
  } else if (f.kind === "select") {
    input = el("select", shared, ...(f.options ?? []).map(([value, label]) => el("option", { value, selected: value === f.value }, label)));
  } else {
    input = el("input", { ...shared, type: f.kind === "file" ? "file" : "text", inputmode: f.kind === "url" ? "url" : null, accept: f.accept, value: f.kind === "file" ? null : f.value ?? "", autocomplete: "off" });
  }
  return el("div", { class: "field" }, el("label", { for: id }, f.label), input, f.hint ? el("p", { class: "hint", id: id + "-hint" }, f.hint) : null);
}
