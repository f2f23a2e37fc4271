// The contract of a PM dialect: follows the elements of one kind of XML performance file and joins them into readings.

import type { FormatContext, Parsed } from './format.ts';

export type Attributes = Record<string, string | undefined>;

/**
 * What vendors write, and how it is read. All give the same readings: one per object and granularity period.
 *
 * | root                             | who                              | reader                | END of the period       | object                          | value joined by    |
 * |----------------------------------|----------------------------------|-----------------------|-------------------------|---------------------------------|--------------------|
 * | `measCollecFile`, `measDataFile` | TS 32.435, TS 28.532; Ericsson `pm…`, ZTE `C…`, Huawei numbers | `measurement-file.ts` | `granPeriod@endTime` | `measValue@measObjLdn` | `p`, or list order |
 * | `mdc`                            | TS 32.401 annex, older Ericsson  | `mdc-file.ts`         | `mts`                   | `moid`                          | `p`, or order      |
 * | `OMeS`                           | Nokia                            | `omes-file.ts`        | `startTime` + `interval` (minutes) | `DN`, or `baseId` and `localMoid` | the element's name |
 */
export interface PmDialect {
  /** Stands in each start tag after which results follow: there a file is read without the XML parser. */
  readonly valueMark: string;
  /** False while nothing was met in which values could stand. */
  readonly hasData: boolean;
  /** `name` is the element's name without prefix; returns true when its text is wanted by `close`. */
  open(name: string, attributes: Attributes, line: number): boolean;
  close(name: string, text: string, line: number): void;
  /** An element of nothing but text; false leaves it to `open` and `close`. */
  leaf(name: string, p: string | undefined, text: string, line: number): boolean;
  /** Hands over what is complete. */
  drain(): Parsed[];
  /** The document ends or breaks here: what is complete so far becomes readings. */
  finish(): Parsed[];
}

export type OpenDialect = (context: FormatContext) => PmDialect;
