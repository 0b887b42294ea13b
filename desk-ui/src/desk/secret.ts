/** A one-time link is marked whole as soon as it is touched. */
export function secret(): void {
  const field = document.querySelector<HTMLInputElement>(".secret");
  field?.addEventListener("focus", () => field.select());
}
