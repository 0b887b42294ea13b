// Package locale knows how a newspaper of each language writes: calendars and dates, digits and numbers, the
// direction of text, the fixed sentences of pages, datelines, lists, quotation marks, and the folding of letters
// that makes search find a word however it is spelled.
//
// Everything here is pure: values in, values out, nothing is read but the embedded texts. The package imports
// nothing of ours.
//
// # Languages and calendars
//
// Languages are "en", "ar", "fa" and their regional forms ("en-US", "ar-MA", "fa-AF", …); calendars are Gregorian,
// Persian and Hijri Umm al-Qura. A Style joins a language, a calendar, digits and a time zone; an edition has one.
// Dates for machines are never made here: they stay ISO 8601 in the Gregorian calendar.
//
// A day outside the years that a calendar supports (Calendar.Range) is printed in the Gregorian calendar; asking for
// its date by number is an error.
//
// # Where newspapers differ from CLDR
//
// Style.CLDRDate and Style.CLDRDateTime print what Unicode CLDR 48 says. Masthead, Date, DateTime, ShortDate and Time
// print what newspapers print:
//
//   - The masthead is weekday and long date without a comma: "Saturday 14 March 2026", «السبت ١٤ مارس ٢٠٢٦»,
//     «شنبه ۲۳ اسفند ۱۴۰۴». CLDR has a comma in English and Arabic, and in Persian the pattern "y MMMM d, EEEE", a
//     known defect.
//   - Date is CLDR's long form; plain "en" is in British order, only "en-US" in American.
//   - The Persian calendar carries no era (CLDR prints "AP" in English and «ه‍.ش» in Arabic). Hijri dates carry it in
//     English ("AH") and Arabic («هـ»), not in Persian, where the month's name says enough.
//   - Times are on the 24-hour clock with two digits for the hour (CLDR: "9:40 PM", «٩:٤٠ م», «۹:۰۵»), and stand
//     behind the date after a spaced hyphen: "12 March 2026 - 21:40".
//   - ShortDate is numbers only, without the direction marks that CLDR puts between Arabic numbers, and writes the
//     year out.
//   - Plain "ar" prints Arabic-Indic digits (CLDR 48: Latin ones); Style.Digits chooses otherwise.
//
// # Search
//
// Fold, Tokens, IndexText, Query, Highlight and Snippet are one analyser. Index and query go through the same
// folding, and a token holds only letters and ASCII digits, so that neither SQLite's unicode61 tokenizer nor
// PostgreSQL's to_tsvector('simple') splits or changes it: both databases find the same. See tokens.go for compounds,
// the zero-width non-joiner and apostrophes.
package locale
