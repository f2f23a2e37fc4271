// Writes files of measurement reports as networks export them, from what was measured.

export interface Phone {
  /** As the file names the cell. */
  id: string;
  at: string;
  phone: string;
  /** One row a neighbour; `null` is not measured. */
  rows: Record<string, number | string | null>[];
  event?: string;
}

const head = (node: string, element: string, body: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bulkPmMrDataFile>
  <fileHeader fileFormatVersion="V1.0" reportTime="2026-03-17T12:15:00.000" startTime="2026-03-17T12:00:00.000" endTime="2026-03-17T12:15:00.000" period="15"/>
  <${element} id="${node}">
${body}
  </${element}>
</bulkPmMrDataFile>
`;

export function reportFile(
  columns: readonly string[],
  phones: readonly Phone[],
  { node = '123456', element = 'eNB' } = {},
) {
  const objects = phones.map(({ id, at, phone, rows, event }) => {
    const type = event === undefined ? '' : ` EventType="${event}"`;
    const values = rows.map((row) => `        <v>${columns.map((name) => row[name] ?? 'NIL').join(' ')} </v>`);
    return `      <object${type} MmeCode="1" MmeGroupId="17409" MmeUeS1apId="${phone}" TimeStamp="${at}" id="${id}">\n${values.join('\n')}\n      </object>`;
  });
  return head(
    node,
    element,
    `    <measurement>\n      <smr>${columns.join(' ')}</smr>\n${objects.join('\n')}\n    </measurement>`,
  );
}

/** @param counts by the id of the cell, in the order of the columns */
export function statisticsFile(name: string, columns: readonly string[], counts: Record<string, readonly number[]>) {
  const objects = Object.entries(counts).map(
    ([id, values]) => `      <object id="${id}">\n        <v>${values.join(' ')}</v>\n      </object>`,
  );
  return head(
    '123456',
    'eNB',
    `    <measurement mrName="${name}">\n      <smr>${columns.join(' ')}</smr>\n${objects.join('\n')}\n    </measurement>`,
  );
}
