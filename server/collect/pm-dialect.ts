// The contract of a PM dialect: follows the elements of one kind of XML performance file and joins them into readings.

import type { Parsed } from '../model/sent.ts';
import type { FormatContext } from './format.ts';
import type { ElementReader } from './xml-reader.ts';

export type { Attributes } from './xml-reader.ts';

/**
 * What vendors write, and how it is read. All give the same readings: one per object and granularity period.
 *
 * | root                             | who                              | reader                | END of the period       | object                          | value joined by    |
 * |----------------------------------|----------------------------------|-----------------------|-------------------------|---------------------------------|--------------------|
 * | `measCollecFile`, `measDataFile` | TS 32.435, TS 28.532; Ericsson `pm…`, ZTE `C…`, Huawei numbers | `measurement-file.ts` | `granPeriod@endTime` | `measValue@measObjLdn` | `p`, or list order |
 * | `mdc`                            | TS 32.401 annex, older Ericsson  | `mdc-file.ts`         | `mts`                   | `moid`                          | `p`, or order      |
 * | `OMeS`                           | Nokia                            | `omes-file.ts`        | `startTime` + `interval` (minutes) | `DN`, or `baseId` and `localMoid` | the element's name |
 */
export interface PmDialect extends ElementReader<Parsed> {
  /** False while nothing was met in which values could stand. */
  readonly hasData: boolean;
}

export type OpenDialect = (context: FormatContext) => PmDialect;
