/** How many characters stand in a field, once that is near the limit. */
export function counters(): void {
  const digits = new Intl.NumberFormat(document.documentElement.lang);
  for (const count of document.querySelectorAll<HTMLElement>("[data-count]")) {
    const field = document.getElementById(count.dataset.count ?? "");
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
    const most = Number(field.dataset.most);
    const show = (): void => {
      const n = [...field.value].length;
      count.textContent = n > most * 0.7 ? digits.format(n) + " / " + digits.format(most) : "";
      count.classList.toggle("over", n > most);
    };
    field.addEventListener("input", show);
    show();
  }
}
