// Turns senders that fall quiet, and speak again, into findings: a quiet sender is one alert, not one a cell.

import type { Finding } from '../model/finding.ts';
import type { SourceStatus } from '../model/source.ts';

/** Cells that are heard through a source. */
export type CellsOf = (source: string) => readonly string[];

/**
 * Looks at the sources every few seconds of wall time. A source met for the first time and speaking gives an `ends`, so
 * that an alert from before a restart is cleared; where there is none, that changes nothing.
 */
export function openSourceWatch(cellsOf: CellsOf): (sources: readonly SourceStatus[], wallMs: number) => Finding[] {
  const wasQuiet = new Map<string, boolean>();
  return (sources, wallMs) =>
    sources.flatMap((source) => {
      if (wasQuiet.get(source.id) === source.quiet) return [];
      wasQuiet.set(source.id, source.quiet);
      return [findingOf(source, cellsOf(source.id), wallMs)];
    });
}

function findingOf(
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
