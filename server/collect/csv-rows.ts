// Splits delimited text into rows: quotes, line breaks inside quotes, rows of any length, and the line each began on.

export type Delimiter = ',' | ';' | '\t' | '|';

export interface CsvRow {
  /** From 1. */
  line: number;
  fields: string[];
}

/** The delimiter that the first line holds most of, outside quotes; a comma when it holds none. */
export function sniffDelimiter(text: string): Delimiter {
  const firstLine = (/^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const candidates: Delimiter[] = [',', ';', '\t', '|'];
  const count = (delimiter: string) => firstLine.split(delimiter).length;
  return candidates.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/**
 * Yields the rows of `text` that are not blank, with fields trimmed. `""` within quotes is one quote; a quote that is
 * never closed reaches to the end of the text. Every kind of line break is taken, mixed too.
 */
export function* csvRows(text: string, delimiter: Delimiter): Generator<CsvRow> {
  let line = 1;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const row: CsvRow = { line, fields: [] };
    let more = true;
    while (more) {
      const field = text[at] === '"' ? quotedField(text, at, delimiter) : plainField(text, at, delimiter);
      row.fields.push(field.text.trim());
      line += field.lineBreaks;
      at = field.end;
      more = text[at] === delimiter;
      if (more) at++;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    line++;
    if (row.fields.some((field) => field !== '')) yield row;
  }
}

/** A field and the place of the delimiter or line break after it. */
interface Field {
  text: string;
  end: number;
  /** Line breaks inside the field. */
  lineBreaks: number;
}

function plainField(text: string, start: number, delimiter: Delimiter): Field {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++;
  return { text: text.slice(start, end), end, lineBreaks: 0 };
}

function quotedField(text: string, start: number, delimiter: Delimiter): Field {
  let close = text.indexOf('"', start + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  const end = close < 0 ? text.length : close;
  const inside = text.slice(start + 1, end);
  // What follows the closing quote up to the delimiter belongs to no form of CSV; it is kept as written.
  const rest = plainField(text, Math.min(end + 1, text.length), delimiter);
  return {
    text: inside.replaceAll('""', '"') + rest.text,
    end: rest.end,
    lineBreaks: inside.split(/\r\n|\r|\n/).length - 1,
  };
}
