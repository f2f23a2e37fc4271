// Small hand-written PM files in the forms that real ones show, and what a parse of one gave.

import type { FormatContext } from '../../server/collect/format.ts';
import { pmXml } from '../../server/collect/formats/pm-xml.ts';
import type { Rejection } from '../../server/model/rejection.ts';
import type { CounterValue, ManagedObject, RawReading } from '../../server/model/sent.ts';

export interface PmReading extends RawReading {
  cell: ManagedObject;
  counters: Record<string, CounterValue>;
}

export function readPm(text: string, context: Partial<FormatContext> = {}) {
  const whole: FormatContext = { zoneOffsetMinutes: 0, file: 'pm.xml', ...context };
  const readings: PmReading[] = [];
  const rejections: Rejection[] = [];
  for (const parsed of pmXml.parse(text, whole)) {
    if (parsed.kind === 'reading') readings.push(withCounters(parsed.reading));
    else rejections.push(parsed.rejection);
  }
  return { readings, rejections, context: whole };
}

/** Values that share their names with others, as an object of them. */
function withCounters({ plain, ...reading }: RawReading): PmReading {
  const counters: Record<string, CounterValue> = Object.create(null);
  for (const [i, name] of plain?.names.counters.entries() ?? []) {
    const value = plain!.values[i]!;
    if (!Number.isNaN(value) || !(name in counters)) counters[name] = Number.isNaN(value) ? null : value;
  }
  return { counters, ...reading } as PmReading;
}

/** A whole TS 32.435 file around the given `measData` elements. */
export function pmFile(...measData: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<measCollecFile xmlns="http://www.3gpp.org/ftp/specs/archive/32_series/32.435#measCollec">
  <fileHeader fileFormatVersion="32.435 V10.0" vendorName="Maker">
    <fileSender localDn="Harbour-1"/><measCollec beginTime="2026-03-17T21:30:00Z"/>
  </fileHeader>
${measData.join('\n')}
  <fileFooter><measCollec endTime="2026-03-17T21:45:00Z"/></fileFooter>
</measCollecFile>
`;
}

/** One element's data around the given `measInfo` elements. */
export function measData(element: string, ...infos: string[]): string {
  return `  <measData>\n    <managedElement localDn="${element}" userLabel="Old harbour"/>\n${infos.join('\n')}\n  </measData>`;
}

export const PERIOD = '<granPeriod duration="PT900S" endTime="2026-03-17T21:45:00Z"/><repPeriod duration="PT3600S"/>';

/** A `measInfo` in the `p` form: counter names and, by object, the text of each value. */
export function measInfo(
  names: string[],
  values: Record<string, string[]>,
  { period = PERIOD, suspect = '' } = {},
): string {
  const types = names.map((name, i) => `      <measType p="${i + 1}">${name}</measType>`).join('\n');
  const objects = Object.entries(values).map(([ldn, texts]) => {
    const results = texts.map((text, i) => `        <r p="${i + 1}">${text}</r>`).join('\n');
    return `      <measValue measObjLdn="${ldn}">\n${results}\n${suspect}      </measValue>`;
  });
  return `    <measInfo measInfoId="group">\n      ${period}\n${types}\n${objects.join('\n')}\n    </measInfo>`;
}
