// The rows of the byline: one more, one a place up, without asking the desk.
import type { Copy } from "../sheet";

const most = 20;

const rowsOf = (box: Element): HTMLElement[] => [...box.querySelectorAll<HTMLElement>("[data-byline]")];
const fieldsOf = (row: Element): HTMLInputElement[] => [...row.querySelectorAll<HTMLInputElement>("input")];

/** "byline-role" of the third row is "byline-role-3". */
function named(name: string, row: number): string {
  return name.replace(/-\d+$/, "") + (row > 1 ? "-" + row : "");
}

function marks(row: Element): void {
  const hint = row.querySelector<HTMLElement>(".shield");
  if (hint) hint.hidden = !fieldsOf(row)[2]?.value;
}

function addRow(box: Element): HTMLElement | undefined {
  const rows = rowsOf(box);
  const last = rows.at(-1);
  if (!last || rows.length >= most) return;
  const at = rows.length + 1;
  const row = last.cloneNode(true) as HTMLElement;
  for (const field of fieldsOf(row)) {
    const id = field.name;
    field.value = "";
    field.name = named(field.name, at);
    if (field.id) field.id = field.name;
    const label = row.querySelector<HTMLLabelElement>('label[for="' + id + '"]');
    if (label) label.htmlFor = field.id;
    const list = row.querySelector("datalist[id='" + id + "-list']");
    if (list) {
      list.id = field.name + "-list";
      field.setAttribute("list", list.id);
    }
  }
  const up = row.querySelector<HTMLButtonElement>("[data-up]");
  if (up) {
    up.value = "byline-up-" + at;
    up.hidden = false;
  }
  row.querySelector(".wrong")?.remove();
  marks(row);
  last.after(row);
  count(box);
  return row;
}

function count(box: Element): void {
  const rows = rowsOf(box).length;
  const told = box.querySelector<HTMLInputElement>("input[name=byline-rows]");
  if (told) told.value = String(rows);
  const more = box.querySelector<HTMLElement>("[data-more]");
  if (more) more.hidden = rows >= most;
}

/** As many rows as a copy has, and nothing in those that it does not name. */
export function fitBylines(form: HTMLFormElement, copy: Copy): void {
  const box = form.querySelector("[data-bylines]");
  if (!box || typeof copy["byline-rows"] !== "string") return;
  for (let i = rowsOf(box).length; i < Math.min(Number(copy["byline-rows"]), most); i++) addRow(box);
  rowsOf(box).forEach((row) => {
    for (const field of fieldsOf(row)) {
      const value = copy[field.name];
      field.value = typeof value === "string" ? value : "";
    }
    marks(row);
  });
  copy["byline-rows"] = String(rowsOf(box).length);
}

/** changed is told when a row moved: no key was pressed in it. */
export function bylines(form: HTMLFormElement, changed: () => void): void {
  const box = form.querySelector("[data-bylines]");
  box?.addEventListener("click", (e) => {
    const button = (e.target as Element).closest<HTMLButtonElement>("[data-up], [data-more]");
    if (!button) return;
    e.preventDefault();
    if (button.matches("[data-more]")) {
      addRow(box)?.querySelector("input")?.focus();
      return changed();
    }
    const rows = rowsOf(box);
    const at = rows.findIndex((row) => row.contains(button));
    if (at < 1) return;
    const below = fieldsOf(rows[at]!);
    fieldsOf(rows[at - 1]!).forEach((field, i) => [field.value, below[i]!.value] = [below[i]!.value, field.value]);
    [rows[at - 1]!, rows[at]!].forEach(marks);
    (rows[at - 1]!.querySelector<HTMLElement>("[data-up]:not([hidden])") ?? fieldsOf(rows[at - 1]!)[0])?.focus();
    changed();
  });
}
