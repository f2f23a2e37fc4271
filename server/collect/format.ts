// The contract of a format: bytes or text in, raw readings or rejections out. Pure; parts in formats/.

import type { ZoneOffset } from '../maths/parse-time.ts';
import type { Parsed } from '../model/sent.ts';

export interface Format {
  /** File name of the part. */
  name: string;
  /** True when the beginning of a file looks like this format (after unzipping); `head` holds up to 4 KiB of text. */
  looksLike(head: string): boolean;
  /**
   * Never throws, whatever the text: a broken document yields what came before and one rejection.
   * A sender named inside the file is set on `context.sender` while parsing.
   */
  parse(text: string, context: FormatContext): Iterable<Parsed>;
}

export interface FormatContext {
  file?: string;
  /** Minutes east of UTC for times without an offset. */
  zoneOffsetMinutes: ZoneOffset;
  /** Wall time of arrival, epoch milliseconds, for formats in which a record without a time was measured just now. */
  arrivedAt?: number;
  /** Stands for the sender where neither the door nor the file names one. */
  via?: string;
  /** Set by formats whose files name their sender. */
  sender?: string;
  /** Filled by formats with what a person may want to know though nothing was refused: English, at most a few. */
  notes?: string[];
}

/** Tells a person something about a file though nothing in it was refused. */
export function note(context: FormatContext, text: string): void {
  context.notes = [...(context.notes ?? []), text];
}
