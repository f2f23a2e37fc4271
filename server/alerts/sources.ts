// Watches the senders themselves: one that has gone quiet against its own rhythm, by wall time, is a finding.

import type { Finding } from '../model/finding.ts';
import type { SourceStatus } from '../model/source.ts';

/** Quiet for so many times its usual pause. *Default.* */
const QUIET_PAUSES = 4;
/** Nobody is called quiet sooner, however fast they usually send. *Default.* */
const LEAST_QUIET_MS = 60_000;
/** A rhythm is known once so many pauses were heard. */
const LEAST_PAUSES = 5;
/** Weight of the newest pause in the usual one. */
const NEWEST_WEIGHT = 0.2;
/** Senders watched; further ones are not judged. */
const SOURCES_MAXIMUM = 1000;

interface Rhythm {
  heardAt: number;
  newestAt: number | null;
  pauses: number;
  usualMs: number;
  quietSince?: number;
}

/** Cells that are heard through a source. */
export type CellsOf = (source: string) => readonly string[];

/** Judges the sources each time it is shown them (several times a minute); what it knows is learned anew after a start. */
export function openSourceWatch(cellsOf: CellsOf): (sources: readonly SourceStatus[], wallMs: number) => Finding[] {
  const rhythms = new Map<string, Rhythm>();
  return (sources, wallMs) =>
    sources.flatMap((source) => {
      const rhythm = rhythms.get(source.id) ?? { heardAt: source.heardAt, newestAt: null, pauses: 0, usualMs: 0 };
      if (!rhythms.has(source.id) && rhythms.size >= SOURCES_MAXIMUM) return [];
      rhythms.set(source.id, rhythm);
      return judged(source, rhythm, wallMs, cellsOf);
    });
}

function judged(source: SourceStatus, rhythm: Rhythm, wallMs: number, cellsOf: CellsOf): Finding[] {
  const heard = source.heardAt > rhythm.heardAt;
  if (heard) learn(rhythm, source.heardAt);
  rhythm.newestAt = source.newestAt;
  if (heard && rhythm.quietSince !== undefined) {
    const ended = finding(source, rhythm, 'ends', source.heardAt, cellsOf);
    rhythm.quietSince = undefined;
    return [ended];
  }
  const quietMs = Math.max(LEAST_QUIET_MS, QUIET_PAUSES * rhythm.usualMs);
  const isQuiet = rhythm.pauses >= LEAST_PAUSES && wallMs - rhythm.heardAt > quietMs;
  if (!isQuiet || rhythm.quietSince !== undefined) return [];
  rhythm.quietSince = rhythm.heardAt;
  return [finding(source, rhythm, 'begins', wallMs, cellsOf)];
}

/** A pause that was itself a silence is no rhythm. */
function learn(rhythm: Rhythm, heardAt: number): void {
  const pause = heardAt - rhythm.heardAt;
  rhythm.heardAt = heardAt;
  if (rhythm.quietSince !== undefined) return;
  rhythm.usualMs = rhythm.pauses === 0 ? pause : rhythm.usualMs + NEWEST_WEIGHT * (pause - rhythm.usualMs);
  rhythm.pauses += 1;
}

function finding(source: SourceStatus, rhythm: Rhythm, phase: Finding['phase'], at: number, cellsOf: CellsOf): Finding {
  const cells = [...cellsOf(source.id)];
  const lastAt = rhythm.quietSince ?? rhythm.heardAt;
  const usualSeconds = Math.max(1, Math.round(rhythm.usualMs / 1000));
  return {
    kind: 'source-silent',
    subject: { scope: 'network', id: source.id },
    cells,
    phase,
    at,
    since: lastAt,
    periodSeconds: usualSeconds,
    evidence: { observed: null, expected: null, low: null, high: null, score: 1 },
    why: { code: 'source-quiet', values: { source: source.id, cells: cells.length, lastAt, usualSeconds } },
    wouldClear: { code: 'source-speaks', values: {} },
    detector: 'source-watch@1',
  };
}
