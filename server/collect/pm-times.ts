// Reads the times and durations of one PM file, and says at its end what a person should know of them.

import { parseDuration } from '../maths/parse-duration.ts';
import { parseTime } from '../maths/parse-time.ts';
import { excerpt } from './excerpt.ts';
import { type FormatContext, note } from './format.ts';

/** A file holds some hours of measurements; a time further from its header's than this contradicts it (default). */
const FAR_MS = 2 * 86_400_000;

export class PmTimes {
  private begins: { at: number; text: string } | undefined;
  private withoutOffset = false;
  private far = { count: 0, first: '' };

  constructor(private readonly context: FormatContext) {}

  /** Epoch milliseconds; the text itself where it is no time, for intake to refuse. */
  read(text: string | undefined): number | string | undefined {
    if (text === undefined) return undefined;
    const at = this.parse(text);
    if (at === undefined) return text;
    if (this.begins && Math.abs(at - this.begins.at) > FAR_MS && this.far.count++ === 0) this.far.first = text;
    return at;
  }

  /** The time that the file's header gives. */
  readBeginning(text: string | undefined): void {
    const at = text === undefined ? undefined : this.parse(text);
    if (at !== undefined) this.begins = { at, text: text! };
  }

  private parse(text: string): number | undefined {
    const { zoneOffsetMinutes: zone } = this.context;
    return parseTime(expanded(text), (local) => {
      this.withoutOffset = true;
      return typeof zone === 'number' ? zone : zone(local);
    });
  }

  tell(): void {
    if (this.withoutOffset) {
      note(this.context, 'times without an offset from UTC were taken in the zone of the network (CELLSTAR_ZONE)');
    }
    const { count, first } = this.far;
    if (count === 0) return;
    const times = count === 1 ? '1 measurement time lies' : `${count} measurement times lie`;
    const kept = count === 1 ? 'kept as it is' : 'kept as they are';
    const header = `the file's header (${excerpt(this.begins!.text)})`;
    note(this.context, `${times} days from ${header}: ${kept}, the first ${excerpt(first)}`);
  }
}

/** `20200518160000Z`, as TS 32.401 writes times, with the signs of ISO 8601. Other texts stay as they are. */
function expanded(text: string): string {
  const parts = /^\s*(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?((?:[.,]\d+)?\s*(?:Z|[+-][\d:]+)?)\s*$/i.exec(text);
  if (!parts) return text;
  const [, year, month, day, hour, minute, second = '00', rest = ''] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${rest}`;
}

/** Seconds of `PT900S` or of a plain number in this unit; the text itself where it is no duration. */
export function readPeriod(text: string | undefined, unitSeconds: number): number | string | undefined {
  if (text === undefined) return undefined;
  const plain = text.trim();
  return /^\d{1,9}$/.test(plain) ? Number(plain) * unitSeconds : (parseDuration(plain) ?? text);
}
