// Dates of spreadsheets: numbers of days that a cell's format shows as a date, a time of day, or both.

export interface DateFormat {
  day: boolean;
  clock: boolean;
}

/** Formats that every spreadsheet program knows by number (ECMA-376 18.8.30, with those of East Asian editions). */
const BUILT_IN: readonly [from: number, to: number, format: DateFormat][] = [
  [14, 17, { day: true, clock: false }],
  [18, 21, { day: false, clock: true }],
  [22, 22, { day: true, clock: true }],
  [27, 31, { day: true, clock: false }],
  [32, 35, { day: false, clock: true }],
  [36, 36, { day: true, clock: false }],
  [45, 47, { day: false, clock: true }],
  [50, 58, { day: true, clock: false }],
];

/** What a number format shows, undefined when it shows no date and no time. `code` is that of a format of the file's own. */
export function isDateFormat(id: number, code: string | undefined): DateFormat | undefined {
  if (code === undefined) return BUILT_IN.find(([from, to]) => id >= from && id <= to)?.[2];
  // Words in quotes, escaped letters, colours and countries in brackets are no part of the form.
  const form = code
    .toLowerCase()
    .replaceAll(/"[^"]*"|\\.|_.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/g, '')
    .split(';')[0]!;
  const clock = /[hs]/.test(form);
  const day = /[yd]/.test(form) || (/m/.test(form) && !clock);
  return (day || clock) && !/general|[0#?]/.test(form.replaceAll(/s\.0+/g, 's')) ? { day, clock } : undefined;
}

const DAY_MS = 86_400_000;
/** Day 0 of spreadsheets; the other one is that of old Macintosh files. */
const DAY_0 = Date.UTC(1899, 11, 30);
const DAY_0_OF_1904 = Date.UTC(1904, 0, 1);

/** `2026-03-17`, `2026-03-17 21:45:00` or `21:45:00`; a number that is no day is left as it stands. Rounded to whole seconds. */
export function serialText(text: string, { day, clock }: DateFormat, from1904: boolean): string {
  const number = Number(text);
  const at = (from1904 ? DAY_0_OF_1904 : DAY_0) + Math.round((number * DAY_MS) / 1000) * 1000;
  if (text === '' || !Number.isFinite(number) || number < 0 || number > 2_958_466) return text;
  const iso = new Date(at).toISOString();
  const isMidnight = iso.endsWith('T00:00:00.000Z');
  if (!day || number < 1) return iso.slice(11, 19);
  // A format that hides the time of day does not take it away.
  return clock || !isMidnight ? iso.slice(0, 19).replace('T', ' ') : iso.slice(0, 10);
}
