// Reads CSV as RFC 4180 has it, for tests of what is written.

export function csvTable(text: string): string[][] {
  const rows: string[][] = [];
  let [row, field, quoted]: [string[], string, boolean] = [[], '', false];
  const body = text.replace(/^\uFEFF/, '');
  for (let i = 0; i < body.length; i++) {
    const sign = body[i]!;
    if (quoted && sign === '"' && body[i + 1] === '"') [field, i] = [`${field}"`, i + 1];
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === ',') [row, field] = [[...row, field], ''];
    else if (!quoted && sign === '\r' && body[i + 1] === '\n') {
      rows.push([...row, field]);
      [row, field, i] = [[], '', i + 1];
    } else field += sign;
  }
  return rows;
}
