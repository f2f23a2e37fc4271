// The contract of a format of measurement reports: what phones told their serving cell, one by one or as counts by bin.

import type { RawReport, RawStatistics } from '../model/measurement-report.ts';
import type { Rejection } from '../model/rejection.ts';
import type { FormatContext } from './format.ts';

export type ReportItem =
  | { kind: 'report'; report: RawReport }
  | { kind: 'statistics'; statistics: RawStatistics }
  /** Equal `group`s are told once, with their count. */
  | { kind: 'rejection'; rejection: Rejection; group?: string };

export interface ReportFormat {
  /** File name of the part. */
  name: string;
  looksLike(head: string): boolean;
  /** Never throws, whatever the text; no rejection repeats anything that could name a subscriber. */
  parse(text: string, context: FormatContext): Iterable<ReportItem>;
}
