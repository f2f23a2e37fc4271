// Which samples are ours, and which slices a question is about: operators, technologies and kinds are never pooled.

import type { CoverageQuery, CoverageSlice } from '../model/coverage.ts';
import type { SliceQuery } from '../model/sample-columns.ts';

/** A slice with the names that its operator goes by in samples. */
export interface NamedSlice extends CoverageSlice {
  operators: (string | null)[];
}

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * Samples that name no operator are ours, and so are those that name us, in any spelling. Where nobody told who we are,
 * all samples name an operator and all the same one, it is taken for us.
 */
export function namedSlices(stored: readonly CoverageSlice[], operator: string | undefined): NamedSlice[] {
  const names = new Set(stored.map((slice) => slice.operator));
  const only = operator === undefined && names.size === 1 ? [...names][0] : undefined;
  const isOurs = (name: string | null) =>
    name === null || name === only || (operator !== undefined && plain(name) === plain(operator));
  const slices = new Map<string, NamedSlice>();
  for (const slice of stored) {
    const ours = isOurs(slice.operator);
    const key = `${ours ? 'ours' : `/${slice.operator}`}/${slice.radio}/${slice.kind}`;
    const known = slices.get(key);
    slices.set(key, known ? joined(known, slice) : { ...slice, ours, operators: [slice.operator] });
  }
  return [...slices.values()].sort((a, b) => b.samples - a.samples || (keyOf(a) < keyOf(b) ? -1 : 1));
}

function joined(known: NamedSlice, more: CoverageSlice): NamedSlice {
  return {
    ...known,
    operator: known.operator ?? more.operator,
    operators: [...known.operators, more.operator],
    bands: [...new Set([...known.bands, ...more.bands])],
    samples: known.samples + more.samples,
    unmeasured: known.unmeasured + more.unmeasured,
    from: Math.min(known.from, more.from),
    to: Math.max(known.to, more.to),
  };
}

/** Names a slice in what is kept: `ours/LTE/drive`. */
export const keyOf = ({ ours, operator, radio, kind }: NamedSlice): string =>
  `${ours ? 'ours' : operator}/${radio ?? '-'}/${kind ?? '-'}`;

/** The slices that a question names; without an operator ours, or all where none is ours. */
export function askedSlices(slices: readonly NamedSlice[], query: CoverageQuery): NamedSlice[] {
  const { operator, radio, kind } = query;
  const anyOurs = slices.some(({ ours }) => ours);
  const isOperator = (slice: NamedSlice) => {
    if (operator === undefined) return slice.ours || !anyOurs;
    if (operator === 'ours') return slice.ours;
    return slice.operators.some((name) => name !== null && plain(name) === plain(operator));
  };
  return slices.filter(
    (slice) =>
      isOperator(slice) &&
      (radio === undefined || slice.radio === radio) &&
      (kind === undefined || slice.kind === kind) &&
      (query.band === undefined || slice.bands.includes(query.band)),
  );
}

/** The slice with its window settled: as asked, else back from its newest sample. */
export function windowed(slice: NamedSlice, query: CoverageQuery, windowMs: number): SliceQuery {
  const to = query.to ?? slice.to;
  const { operator, operators, radio, kind } = slice;
  const { band, indoor } = query;
  return { operator, operators, radio, kind, band, indoor, from: query.from ?? to - windowMs, to };
}

/** The others who were measured in the same way. */
export function rivalsOf(slices: readonly NamedSlice[], { ours, operators, radio, kind }: NamedSlice): NamedSlice[] {
  return slices.filter(
    (other) =>
      other.radio === radio &&
      other.kind === kind &&
      !(ours && other.ours) &&
      !other.operators.some((name) => operators.includes(name)),
  );
}
