// "@" and the beginning of a name offers the colleagues who may open the article.
import { announce, t } from "../live/words";

const half = /(?:^|[\s(\[{«„“"'@])@([^\s@][^@\n]{0,40}|)$/u;

export function mentions(): void {
  let picker: Picker | null = null;
  document.addEventListener("input", (e) => {
    if (!(e.target instanceof HTMLTextAreaElement) || !e.target.dataset.mention) return;
    if (picker?.field !== e.target) picker?.close();
    picker = picker?.field === e.target ? picker : new Picker(e.target);
    picker.typed();
  }, true);
  document.addEventListener("keydown", (e) => { if (e.target === picker?.field) picker?.key(e); }, true);
  document.addEventListener("focusout", (e) => { if (e.target === picker?.field) picker?.close(); });
}

let lists = 0;

class Picker {
  private readonly list = document.createElement("ul");
  private asked = 0;
  private at = -1;
  private timer = 0;

  constructor(readonly field: HTMLTextAreaElement) {
    this.list.className = "names";
    this.list.id = "names-" + ++lists;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.labels?.[0]?.textContent?.trim() || "@");
    this.list.addEventListener("mousedown", (e) => {
      e.preventDefault(); // the field keeps the focus
      const row = (e.target as Element).closest("li");
      if (row) this.take(row.textContent ?? "");
    });
    field.setAttribute("aria-autocomplete", "list");
  }

  /** The beginning of a name before the cursor; null = there is none. */
  private begun(): string | null {
    return half.exec(this.field.value.slice(0, this.field.selectionStart))?.[1] ?? null;
  }

  typed(): void {
    clearTimeout(this.timer);
    const begun = this.begun();
    if (begun === null) return this.close();
    this.timer = window.setTimeout(() => void this.offer(begun), 120);
  }

  private async offer(begun: string): Promise<void> {
    const mine = ++this.asked;
    const answer = await fetch(this.field.dataset.mention + "?q=" + encodeURIComponent(begun), { headers: { Accept: "application/json" } }).catch(() => null);
    if (mine !== this.asked || this.begun() !== begun || !answer?.ok) return;
    const names = (await answer.json()) as string[];
    if (names.length === 0 || names.some((n) => n.toLowerCase() === begun.toLowerCase())) return this.close();
    this.list.replaceChildren(...names.map((name, i) => {
      const row = document.createElement("li");
      row.id = this.list.id + "-" + i;
      row.setAttribute("role", "option");
      row.dir = "auto";
      row.textContent = name;
      return row;
    }));
    if (!this.list.isConnected) this.field.after(this.list);
    this.field.setAttribute("aria-controls", this.list.id);
    this.choose(0);
    announce(t("names", names.length));
  }

  private choose(i: number): void {
    const rows = [...this.list.children];
    this.at = (i + rows.length) % rows.length;
    rows.forEach((row, n) => row.setAttribute("aria-selected", String(n === this.at)));
    this.field.setAttribute("aria-activedescendant", rows[this.at]!.id);
  }

  key(e: KeyboardEvent): void {
    if (!this.list.isConnected || e.isComposing) return;
    if (e.key === "ArrowDown") this.choose(this.at + 1);
    else if (e.key === "ArrowUp") this.choose(this.at - 1);
    else if (e.key === "Escape") this.close();
    else if ((e.key === "Enter" || e.key === "Tab") && !e.ctrlKey && !e.metaKey) this.take(this.list.children[this.at]?.textContent ?? "");
    else return;
    e.preventDefault();
    e.stopPropagation();
  }

  private take(name: string): void {
    const begun = this.begun();
    if (begun !== null && name) {
      const end = this.field.selectionStart;
      this.field.setRangeText(name, end - begun.length, end, "end");
    }
    this.close();
  }

  close(): void {
    this.asked++;
    clearTimeout(this.timer);
    this.list.remove();
    this.field.removeAttribute("aria-activedescendant");
    this.field.removeAttribute("aria-controls");
  }
}
