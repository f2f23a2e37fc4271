// One field of a CSV file that is safe to open in a spreadsheet.

/** A text that begins like a formula gets an apostrophe, which spreadsheets show as nothing; numbers are numbers. */
export function csvField(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
