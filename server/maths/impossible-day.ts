// Tells a date that is written well and that no calendar has, such as 30.02.2026, from what is no date at all.

const FORMS = [
  /^\s*(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?!\d)/,
  /^\s*(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?!\d)/,
];
const SLASHES = /^\s*(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)/;

/** True for a year, a month and a day of which there is none; of `30/02/2026` in either order. */
export function isImpossibleDay(text: string): boolean {
  for (const form of FORMS) {
    const { year, month, day } = form.exec(text)?.groups ?? {};
    if (year !== undefined) return !isDay(Number(year), Number(month), Number(day));
  }
  const [, first, second, year] = SLASHES.exec(text) ?? [];
  if (year === undefined) return false;
  return !isDay(Number(year), Number(first), Number(second)) && !isDay(Number(year), Number(second), Number(first));
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
