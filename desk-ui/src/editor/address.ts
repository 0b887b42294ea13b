// What people type where an address is wanted.

/** An address a link may lead to, as internal/doc takes it; null for anything else. A name of a site gets its https. */
export function address(typed: string): string | null {
  const text = typed.trim();
  if (/^(https?:\/\/|mailto:|tel:)\S+$/i.test(text) || /^[/#?]\S*$/.test(text)) return text;
  if (/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(text)) return "mailto:" + text;
  if (/^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[/?#]\S*)?$/u.test(text)) return "https://" + text;
  return null;
}

/** An address of the web; null for anything else. */
export function webAddress(typed: string): string | null {
  const found = address(typed);
  return found && /^https?:\/\//i.test(found) && URL.canParse(found) ? found : null;
}
