// InfluxDB line protocol: measurement `cell_kpi`, tag `cell`, one reading a line, read in one pass by hand.

import type { LinePrecision } from '../../model/line-protocol.ts';
import { MEASUREMENT } from '../../model/line-protocol.ts';
import type { Rejection } from '../../model/rejection.ts';
import type { Parsed } from '../../model/sent.ts';
import { excerpt } from '../excerpt.ts';
import type { Format, FormatContext } from '../format.ts';
import { LineCutter } from '../line-cutter.ts';
import { LineFields, type LineValues } from '../line-fields.ts';
import { LineKeys, quoted, SPACE, unescapedPlace } from '../line-key.ts';
import { lineTime } from '../line-time.ts';
import { RefusalTally } from '../refusal-tally.ts';

/** Lines whose precision nobody told: the size of their times tells it. */
export const lineProtocol: Format = lineProtocolIn(undefined);

/**
 * Every field is a KPI or counter: numbers, integers (`1i`, `1u`) and booleans (1 and 0). A field that holds text is refused
 * by itself, a measurement that is none of ours as a whole; both are counted. `suspect=true` marks the reading. The
 * sender is the tag `source`, else `host`; a line without a time was measured when it arrived.
 */
export function lineProtocolIn(precision: LinePrecision | undefined): Format {
  return {
    name: 'line-protocol',
    looksLike: (head) => new RegExp(`^\\uFEFF?[ \\t]*${MEASUREMENT},\\S`, 'm').test(head),
    parse: (text, context) => parse(text, context, precision),
  };
}

function* parse(text: string, context: FormatContext, precision: LinePrecision | undefined): Generator<Parsed> {
  const cutter = new LineCutter(text);
  const reader = new LineReader(text, context, precision);
  while (cutter.next()) {
    const parsed = reader.read(cutter.from, cutter.to, cutter.line);
    if (parsed) yield parsed;
    yield* reader.overflow.splice(0);
  }
  for (const rejection of reader.refusals.all()) yield { kind: 'rejection', rejection };
}

/** A line that is broken, before its place is added. */
type Broken = Pick<Rejection, 'reason' | 'detail' | 'field'>;

class LineReader {
  readonly refusals = new RefusalTally();
  /** Refusals of fields for which the tally has no room. */
  readonly overflow: Parsed[] = [];
  private readonly keys = new LineKeys();
  private readonly fields = new LineFields();

  constructor(
    private readonly text: string,
    private readonly context: FormatContext,
    private readonly precision: LinePrecision | undefined,
  ) {}

  /** What stands in `text` from `from` up to `to`; undefined for blanks, comments and what is only counted. */
  read(from: number, to: number, line: number): Parsed | undefined {
    const { text } = this;
    let start = from;
    while (start < to && (text[start] === ' ' || text[start] === '\t')) start++;
    if (start === to || text[start] === '#') return undefined;
    const space = unescapedPlace(text, SPACE, start, to);
    const key = this.keys.of(text.slice(start, space < 0 ? to : space));
    if (key.kind !== 'broken' && key.sender !== undefined) this.context.sender ??= key.sender;
    if (key.kind === 'other') return this.refuseMeasurement(key.measurement, start, to, line);
    if (key.kind === 'broken') return this.refuse({ reason: 'wrong-shape', detail: key.detail }, start, to, line);
    if (space < 0) return this.refuse({ reason: 'wrong-shape', detail: 'the line has no fields' }, start, to, line);
    let fieldsFrom = space;
    while (fieldsFrom < to && text.charCodeAt(fieldsFrom) === SPACE) fieldsFrom++;
    const fields = this.fields.read(text, fieldsFrom, to);
    if (fields.kind === 'broken') return this.refuse({ reason: 'wrong-shape', detail: fields.detail }, start, to, line);
    const at = this.timeOf(fields.end, to);
    if (typeof at !== 'number') return this.refuse(at, start, to, line);
    if (fields.kind === 'values') return this.reading(key, fields.values, at, line);
    const { cell, periodSeconds, sender } = key;
    const where = { line, file: this.context.file };
    return { kind: 'reading', reading: { cell, at, periodSeconds, plain: fields.plain, sender, where } };
  }

  private timeOf(from: number, to: number): number | Broken {
    const text = this.text.slice(from, to).trim();
    if (text === '') {
      const missing = {
        reason: 'missing-field',
        field: 'at',
        detail: 'the line bears no time: in a file each needs one',
      } as const;
      return this.context.arrivedAt ?? missing;
    }
    const at = lineTime(text, this.precision);
    if (typeof at === 'number') return at;
    return { reason: at.ancient ? 'ancient-time' : 'bad-time', field: 'at', detail: at.detail };
  }

  private reading(
    key: { cell: string | undefined; periodSeconds: unknown; sender: string | undefined },
    values: LineValues,
    at: number,
    line: number,
  ): Parsed | undefined {
    const { kpis, counters, suspect } = values;
    for (const refused of values.refused) this.refuseField(refused, line);
    // All that the line holds is refused already, field by field.
    if (!kpis && !counters && values.refused.length > 0) return undefined;
    const periodSeconds = key.periodSeconds ?? values.periodSeconds;
    const where = { line, file: this.context.file };
    const { cell, sender } = key;
    return { kind: 'reading', reading: { cell, at, periodSeconds, kpis, counters, suspect, sender, where } };
  }

  private refuseMeasurement(measurement: string, from: number, to: number, line: number): Parsed | undefined {
    const rejection = () => {
      const detail = `the measurement ${quoted(measurement)} holds no readings of cells: send ${MEASUREMENT} with a tag cell`;
      return this.rejection({ reason: 'not-a-cell', detail, field: measurement.slice(0, 200) }, from, to, line);
    };
    const isCounted = this.refusals.count(`measurement ${measurement}`, rejection);
    return isCounted ? undefined : { kind: 'rejection', rejection: rejection() };
  }

  private refuseField({ field, why, value }: LineValues['refused'][number], line: number): void {
    const rejection = (): Rejection => ({
      reason: why === 'taken' ? 'wrong-shape' : 'not-a-number',
      detail: `the field ${quoted(field)} is ${quoted(value)}: ${SAID_OF[why]}. The line's other fields are kept`,
      field: field.slice(0, 200),
      line,
      file: this.context.file,
    });
    if (!this.refusals.count(`${why} ${field}`, rejection)) {
      this.overflow.push({ kind: 'rejection', rejection: rejection() });
    }
  }

  private refuse(broken: Broken, from: number, to: number, line: number): Parsed {
    return { kind: 'rejection', rejection: this.rejection(broken, from, to, line) };
  }

  private rejection(broken: Broken, from: number, to: number, line: number): Rejection {
    const piece = excerpt(this.text.slice(from, Math.min(to, from + 400)));
    return { ...broken, line, file: this.context.file, excerpt: piece };
  }
}

const SAID_OF = {
  text: 'text is no value of a KPI or counter; send it as a tag, or leave it out',
  'not-a-number': 'give a number, an integer (1i), true or false',
  taken: 'the name is taken for something else',
} as const;
