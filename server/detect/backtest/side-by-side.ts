// Lays what would have fired beside what did, cell by cell: what is on both sides, and what is on one alone.

/** A stretch of trouble of one cell; `to` null while it lasts. Data time, epoch milliseconds. */
export interface Stretch {
  cell: string;
  kind: string;
  from: number;
  to: number | null;
}

export type Outcome = 'both' | 'only-would' | 'only-did';

/** `would`: what would have fired; `did`: what did. One that covers several of the other side stands beside each of them. */
export interface Pair<N, T> {
  outcome: Outcome;
  cell: string;
  would?: N;
  did?: T;
}

export interface Matching {
  /** Only of one kind: a fault is not met by silence. Off where the two sides know different kinds. */
  byKind: boolean;
  /** So far apart in time they are still the same trouble. */
  slackMs: number;
}

/** Every one of both sides stands in at least one pair; by time, then by cell. */
export function sideBySide<N extends Stretch, T extends Stretch>(
  would: readonly N[],
  did: readonly T[],
  matching: Matching,
): Pair<N, T>[] {
  const didOf = new Map<string, T[]>();
  for (const one of did) {
    const known = didOf.get(one.cell);
    if (known) known.push(one);
    else didOf.set(one.cell, [one]);
  }
  const met = new Set<T>();
  const pairs: Pair<N, T>[] = [];
  for (const one of would) {
    const beside = (didOf.get(one.cell) ?? []).filter((other) => isSame(one, other, matching));
    for (const other of beside) met.add(other);
    if (beside.length === 0) pairs.push({ outcome: 'only-would', cell: one.cell, would: one });
    pairs.push(...beside.map((other) => ({ outcome: 'both' as const, cell: one.cell, would: one, did: other })));
  }
  const alone = did.filter((one) => !met.has(one));
  pairs.push(...alone.map((one) => ({ outcome: 'only-did' as const, cell: one.cell, did: one })));
  return pairs.sort((a, b) => startOf(a) - startOf(b) || (a.cell < b.cell ? -1 : a.cell > b.cell ? 1 : 0));
}

const startOf = ({ would, did }: Pair<Stretch, Stretch>) => Math.min(would?.from ?? Infinity, did?.from ?? Infinity);

function isSame(a: Stretch, b: Stretch, { byKind, slackMs }: Matching): boolean {
  if (byKind && a.kind !== b.kind) return false;
  return a.from - (b.to ?? Infinity) <= slackMs && b.from - (a.to ?? Infinity) <= slackMs;
}
