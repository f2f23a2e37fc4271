// What the planner looks at, as the address keeps it, and the samples that this means.

import type { CoverageSliceList } from '../../../server/api/contract.ts';
import { RADIOS, type Radio } from '../../../server/model/cell.ts';
import { SAMPLE_KINDS, type SampleKind } from '../../../server/model/sample.ts';
import type { CoverageQuestion } from '../../data/coverage.ts';
import { SHOWS, type Show } from './hexagon-steps.ts';

export type Slice = CoverageSliceList['slices'][number];
export type SpanName = keyof typeof SPANS_MS;

const HOUR = 3_600_000;
/** Lengths of time that can be chosen, counted back from the newest sample. */
export const SPANS_MS = { '24h': 24 * HOUR, '7d': 7 * 24 * HOUR, '28d': 28 * 24 * HOUR, all: Number.POSITIVE_INFINITY };

/** Each absent until somebody chose it: then the samples decide. */
export interface Filters {
  operator?: string;
  radio?: Radio | 'none';
  kind?: SampleKind | 'none';
  band?: string;
  indoor?: boolean;
  span?: SpanName;
  /** A range of an address that somebody sent, epoch milliseconds; counts before `span`. */
  from?: number;
  to?: number;
  show: Show;
}

function oneOf<T extends string>(text: string | null, known: readonly T[]): T | undefined {
  return known.find((name) => name === text);
}

function momentOf(text: string | null): number | undefined {
  const at = text ? Date.parse(text) : Number.NaN;
  return Number.isFinite(at) ? at : undefined;
}

/** Reads an address; what is not known counts as not chosen. */
export function readFilters(query: URLSearchParams): Filters {
  const indoor = query.get('indoor');
  return {
    operator: query.get('operator') || undefined,
    radio: oneOf(query.get('radio'), [...RADIOS, 'none'] as const),
    kind: oneOf(query.get('kind'), [...SAMPLE_KINDS, 'none'] as const),
    band: query.get('band') || undefined,
    indoor: indoor === '1' ? true : indoor === '0' ? false : undefined,
    span: oneOf(query.get('span'), Object.keys(SPANS_MS) as SpanName[]),
    from: momentOf(query.get('from')),
    to: momentOf(query.get('to')),
    show: oneOf(query.get('show'), SHOWS) ?? 'weak',
  };
}

/** The name of a slice's operator in addresses and questions. */
export function operatorOf(slice: Slice): string {
  return slice.ours ? 'ours' : (slice.operator ?? 'ours');
}

/** The samples that filters mean: those that fit most of what was chosen, operator first; else ours with most samples. */
export function chooseSlice(slices: readonly Slice[], filters: Filters): Slice | undefined {
  const fit = (slice: Slice) =>
    (filters.operator ? (operatorOf(slice) === filters.operator ? 8 : 0) : slice.ours ? 8 : 0) +
    (filters.kind && (slice.kind ?? 'none') === filters.kind ? 4 : 0) +
    (filters.radio && (slice.radio ?? 'none') === filters.radio ? 2 : 0);
  return slices.toSorted((a, b) => fit(b) - fit(a) || b.samples - a.samples)[0];
}

/** What the server is asked for a slice. */
export function questionOf(slice: Slice, filters: Filters): CoverageQuestion {
  const band = filters.band && slice.bands.includes(filters.band) ? filters.band : undefined;
  return {
    operator: operatorOf(slice),
    radio: slice.radio ?? 'none',
    kind: slice.kind ?? 'none',
    ...(band && { band }),
    ...(filters.indoor !== undefined && { indoor: filters.indoor }),
    ...timesOf(slice, filters),
  };
}

function timesOf(slice: Slice, { from, to, span }: Filters): { from?: number; to?: number } {
  if (from !== undefined || to !== undefined) return { from, to };
  if (!span) return {};
  const newest = Date.parse(slice.to);
  // A millisecond before the oldest: the beginning of a range is not in it.
  const oldest = Date.parse(slice.from) - 1;
  return { from: Math.max(oldest, newest - SPANS_MS[span]), to: newest };
}
