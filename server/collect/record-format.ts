// The contract of a format of records that are no readings (radio samples, people): text in, raw records or rejections out. Pure.

import type { PeopleKind } from '../model/person.ts';
import type { Rejection } from '../model/rejection.ts';
import type { Where } from '../model/sent.ts';
import type { FormatContext } from './format.ts';

/**
 * A record as a sender wrote it, before anything is checked: canonical field names (`rsrpDbm`, `tenureMonths`, … as in
 * `model/`), values of any kind. A field that was empty or marked as not measured is absent.
 */
export type RawRecord = Record<string, unknown>;

export type ParsedRecord =
  | { kind: 'record'; record: RawRecord; where: Where }
  | { kind: 'rejection'; rejection: Rejection };

export interface RecordFormat {
  /** File name of the part. */
  name: string;
  /** True when the beginning of a file looks like this format; `head` holds up to 4 KiB of text. */
  looksLike(head: string): boolean;
  /** Never throws, whatever the text. */
  parse(text: string, context: FormatContext): Iterable<ParsedRecord>;
}

/** A format of people: one for each way of writing, for all four kinds. No rejection of it may quote the text. */
export interface PeopleFormat {
  name: string;
  /** The kind that the beginning of a file looks like, by its fields. */
  kindOf(head: string): PeopleKind | undefined;
  parse(text: string, kind: PeopleKind, context: FormatContext): Iterable<ParsedRecord>;
}
