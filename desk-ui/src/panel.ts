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

export interface PanelOptions {
  title: string;
  fields: Field[];
  act: string; // what the first button says
  remove?: () => void; // offers to take away what the panel is about
  removeLabel?: string;
  /** Does it. A sentence that is given back is shown, and the panel stays. */
  done: (values: Record<string, string>, files: Record<string, File>) => string | void | Promise<string | void>;
  /** More below the fields. */
  more?: (form: HTMLFormElement) => Node;
}

export function panel(sheet: Sheet, options: PanelOptions): HTMLDialogElement {
  const title = freshID("panel");
  const fault = el("p", { class: "wrong", role: "alert", hidden: true });
  const act = el("button", { class: "primary" }, options.act);
  const form = el("form", { method: "dialog" });
  const dialog = el("dialog", { class: "panel", "aria-labelledby": title, close: () => { dialog.remove(); sheet.view.focus(); } }, form);
  form.append(
    el("h2", { id: title }, options.title),
    ...options.fields.map((f) => control(f)),
    ...(options.more ? [options.more(form)] : []),
    fault,
    el("p", { class: "panel-acts" }, act,
      options.remove && el("button", { type: "button", class: "danger", click: () => { dialog.close(); options.remove!(); } }, options.removeLabel ?? sheet.t("remove")),
      el("button", { type: "button", click: () => dialog.close() }, sheet.t("cancel"))),
  );
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    act.disabled = true;
    void answer(form, options).then((says) => {
      act.disabled = false;
      fault.textContent = says ?? "";
      fault.hidden = !says;
      if (!says) dialog.close();
    });
  });
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector<HTMLElement>("input, textarea, select")?.focus();
  return dialog;
}

async function answer(form: HTMLFormElement, options: PanelOptions): Promise<string | void> {
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
