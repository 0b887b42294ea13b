// A time as the desk's own pages print it: by the edition's clock and calendar.
import type { Sheet } from "../sheet";

export function moment(sheet: Sheet, at: Date): string {
  const { language, digits: numberingSystem, calendar, zone: timeZone } = sheet.facts.desk;
  const locale = language === "en" ? "en-GB" : language; // plain English is in British order
  const shared = { numberingSystem, calendar, timeZone };
  const clock = new Intl.DateTimeFormat(locale, { ...shared, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  const date = new Intl.DateTimeFormat(locale, { ...shared, day: "numeric", month: "long", year: "numeric" });
  const day = date.format(at);
  return day === date.format(new Date()) ? sheet.t("today", clock) : day + " - " + clock;
}
