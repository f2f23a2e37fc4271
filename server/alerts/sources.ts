// Turns senders that fall quiet, and speak again, into findings: a quiet sender is one alert, not one a cell.

import type { Finding } from '../model/finding.ts';
import type { SourceStatus } from '../model/source.ts';

/** Cells by the source that they are heard through; asked only when a source has fallen quiet. */
export type CellsBySource = () => ReadonlyMap<string, readonly string[]>;

/** What a look found. `settle` once the findings are dealt with; else the next look finds them again. */
export interface SourceLook {
  findings: Finding[];
  settle(): void;
}

/**
 * Looks at the sources every few seconds of wall time. A source met for the first time and speaking gives an `ends`, so
 * that an alert from before a restart is cleared; where there is none, that changes nothing.
 */
export function openSourceWatch(
  cellsBySource: CellsBySource,
): (sources: readonly SourceStatus[], wallMs: number) => SourceLook {
  const known = new Map<string, SourceStatus>();
  return (sources, wallMs) => {
    const listed = new Set(sources.map(({ id }) => id));
    // Of one that is not on the list any more nobody will hear that it is back.
    const gone = [...known.values()].filter(({ id }) => !listed.has(id));
    const changed = sources.filter((source) => known.get(source.id)?.quiet !== source.quiet);
    const over = gone.filter(({ quiet }) => quiet).map((source) => ({ ...source, quiet: false }));
    const cells = changed.some((source) => source.quiet) ? cellsBySource() : undefined;
    return {
      findings: [...changed, ...over].map((source) => findingOfSource(source, cells?.get(source.id) ?? [], wallMs)),
      settle: () => {
        for (const source of changed) known.set(source.id, source);
        for (const { id } of gone) known.delete(id);
      },
    };
  };
}

export function findingOfSource(
  { id, quiet, heardAt, usualGapMs }: SourceStatus,
  cells: readonly string[],
  wallMs: number,
): Finding {
  const usualSeconds = Math.max(1, Math.round(usualGapMs / 1000));
  return {
    kind: 'source-silent',
    subject: { scope: 'network', id },
    cells: [...cells],
    phase: quiet ? 'begins' : 'ends',
    at: quiet ? wallMs : heardAt,
    since: heardAt,
    periodSeconds: usualSeconds,
    evidence: { observed: null, expected: null, low: null, high: null, score: quiet ? 1 : 0 },
    why: { code: 'source-quiet', values: { source: id, cells: cells.length, lastAt: heardAt, usualSeconds } },
    wouldClear: { code: 'source-speaks', values: {} },
    detector: 'source-watch@1',
  };
}
