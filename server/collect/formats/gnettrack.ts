// Logs of G-NetTrack, a phone app for drive tests: longitude first, several technologies in one column, defaults that look measured.

import type { Where } from '../../model/sent.ts';
import { counted } from '../../words/counted.ts';
import { plain } from '../cell-fields.ts';
import { type CsvRow, csvRows, type Delimiter, sniffDelimiter } from '../csv-rows.ts';
import { excerpt } from '../excerpt.ts';
import { type FormatContext, note } from '../format.ts';
import { cellNames } from '../gnettrack-cell.ts';
import { radioNamed } from '../radio-names.ts';
import type { ParsedRecord, RawRecord, RecordFormat } from '../record-format.ts';
import { isAbsent } from '../sample-fields.ts';

export const gnettrack: RecordFormat = { name: 'gnettrack', looksLike, parse };

/** Kbit/s to Mbit/s. */
const MBIT = 0.001;
const EVENTS =
  'this is a list of events by G-NetTrack (handovers, calls, data tests), not its log of samples; send the log of the same drive instead, the file beside it without "_events" in its name';

/** The log and the list of events of one drive begin with the same columns. */
function looksLike(head: string): boolean {
  const [first] = csvRows(head, sniffDelimiter(head));
  const names = new Set((first?.fields ?? []).map(plain));
  const isLog = names.has('networktech') || names.has('networkmode');
  return isLog && ['timestamp', 'longitude', 'latitude', 'cellid'].every((name) => names.has(name));
}

/** The columns of one row by their headings, as `plain` writes them. */
type Row = (column: string) => string | undefined;

function* parse(text: string, context: FormatContext): Generator<ParsedRecord> {
  const delimiter = sniffDelimiter(text);
  const rows = csvRows(text, delimiter);
  const first = rows.next();
  if (first.done) return;
  const places = new Map(first.value.fields.map((name, i) => [plain(name), i]));
  if (places.has('eventtype') || places.has('eventdetails')) {
    yield refuse('wrong-shape', EVENTS, { line: first.value.line, file: context.file }, first.value, delimiter);
    return;
  }
  const hasSinr = isEverMeasured(text, delimiter, places.get('snr'));
  let noSinr = 0;
  let split = 0;
  let index = 0;
  for (const row of rows) {
    const where = { index: index++, line: row.line, file: context.file };
    if (row.fields.length < first.value.fields.length - 1) {
      const detail = `line ${row.line} has ${row.fields.length} fields under ${first.value.fields.length} columns; it was cut off: send the whole file`;
      yield refuse('wrong-shape', detail, where, row, delimiter);
      continue;
    }
    const samples = samplesOf((column) => valueAt(row, places.get(column)), hasSinr);
    if (!hasSinr && !isAbsent(valueAt(row, places.get('snr')))) noSinr++;
    if (samples.length > 1) split++;
    for (const record of samples) yield { kind: 'record', record, where };
  }
  tell(context, noSinr, split);
}

function tell(context: FormatContext, noSinr: number, split: number): void {
  if (noSinr > 0)
    note(context, `SNR is 0.0 wherever it stands (${counted(noSinr, 'row')}): a default of the phone, not measured`);
  if (split > 0) {
    const what = 'the level, quality and SNR of their LTE anchor, and the level and rates of NR';
    note(context, `${counted(split, 'row')} of 5G with an LTE anchor, each read as two samples: ${what}`);
  }
}

function valueAt({ fields }: CsvRow, place: number | undefined): string | undefined {
  const value = place === undefined ? undefined : fields[place];
  return isAbsent(value) ? undefined : value;
}

/** A column that holds nothing but zeros and gaps was never measured. Looks no further than the first other number. */
function isEverMeasured(text: string, delimiter: Delimiter, place: number | undefined): boolean {
  if (place === undefined) return false;
  const rows = csvRows(text, delimiter);
  rows.next();
  for (const { fields } of rows) if (Number(fields[place]) !== 0 && !isAbsent(fields[place])) return true;
  return false;
}

function samplesOf(row: Row, hasSinr: boolean): RawRecord[] {
  const mode = row('networkmode') ?? row('networktech');
  const radio = mode === undefined ? undefined : radioNamed(mode);
  const shared = { ...placeOf(row), kind: 'drive' };
  const level = row('level') ?? row('rsrp');
  const sinr = hasSinr ? row('snr') : undefined;
  if (radio === 'NR' && !/\bSA\b/i.test(mode!)) return nonStandalone(row, shared, level, sinr);
  const isOld = radio === 'UMTS' || radio === 'GSM';
  return [
    clean({
      ...shared,
      ...ratesOf(row),
      cell: cellNames(row, radio),
      radio: radio ?? mode,
      band: row('band'),
      rsrpDbm: level,
      // Below 4G the columns hold Ec/No, RxQual or what the phone showed last: no RSRQ, no SINR.
      ...(!isOld && { rsrqDb: row('qual') ?? row('rsrq'), sinrDb: sinr }),
    }),
  ];
}

/**
 * In non-standalone 5G, level, quality, SNR and cell are those of the LTE anchor. `NRxRSRP` and `NRxRSRQ` are the first
 * cell beside it, in such rows the NR cell: only there do they take values that LTE's RSRQ cannot. In rows of LTE and
 * below they are an LTE neighbour's or a leftover, and are not read. The rates are what both together carried: they
 * stand once, with what the phone shows, NR.
 */
function nonStandalone(row: Row, shared: RawRecord, level: unknown, sinr: unknown): RawRecord[] {
  const anchor = {
    cell: cellNames(row, 'LTE'),
    radio: 'LTE',
    band: row('band'),
    rsrpDbm: level,
    rsrqDb: row('qual') ?? row('rsrq'),
    sinrDb: sinr,
  };
  const leg = { ...ratesOf(row), radio: 'NR', rsrpDbm: row('nrxrsrp'), rsrqDb: row('nrxrsrq') };
  return [clean({ ...shared, ...anchor }), clean({ ...shared, ...leg })];
}

function placeOf(row: Row): RawRecord {
  return {
    at: isoTime(row('timestamp')),
    lat: row('latitude'),
    lon: row('longitude'),
    operator: row('operatorname') ?? row('operator'),
  };
}

/** While nothing is loaded (state `I`) the rate is zero without being the network's doing. */
function ratesOf(row: Row): RawRecord {
  const isIdle = row('state') === 'I';
  return {
    dlMbps: isIdle ? undefined : toMbps(row('dlbitrate')),
    ulMbps: isIdle ? undefined : toMbps(row('ulbitrate')),
    latencyMs: row('pingavg'),
  };
}

function toMbps(text: string | undefined): unknown {
  const kbps = Number(text);
  return text !== undefined && kbps > 0 ? kbps * MBIT : text;
}

/** `2019.11.25_15.34.34` is local time; another text goes on as it is, to be read or refused by its own form. */
function isoTime(text: string | undefined): string | undefined {
  return text?.replace(/^(\d{4})\.(\d\d)\.(\d\d)_(\d\d)\.(\d\d)\.(\d\d)$/, '$1-$2-$3T$4:$5:$6');
}

function clean(record: RawRecord): RawRecord {
  for (const name of Object.keys(record)) if (record[name] === undefined) delete record[name];
  return record;
}

function refuse(
  reason: 'wrong-shape',
  detail: string,
  where: Where,
  row: CsvRow,
  delimiter: string,
): Extract<ParsedRecord, { kind: 'rejection' }> {
  return { kind: 'rejection', rejection: { ...where, reason, detail, excerpt: excerpt(row.fields.join(delimiter)) } };
}
