// The life of a prediction in the record as a pure state machine: said, said anew, taken back, and settled exactly once.

import { type AlertRecord, isCreeping } from '../model/alert.ts';
import type { Finding, Said } from '../model/finding.ts';
import { comesAs, LEAST_LEAD_MS, type Prediction } from '../model/prediction.ts';
import type { Foretold, Outcome, RecordedPrediction, SettledPrediction, Visit } from '../model/prediction-record.ts';
import { alertId } from './alert-id.ts';

/** Who says something is likely claims it: what is taken back below this counts for nothing. */
const ALARM_LINE = 0.5;

/** A date may be put off, but counts no longer than so many times what was first said: "some day" always comes true. */
const LONGEST_DELAY = 2;

/**
 * A fault is told after periods of up to an hour, and a cell is silent only after three of its own: what comes so long
 * after the last moment still counts, a tenth of a long time, within these. *Default.*
 */
const GRACE = { share: 0.1, leastMs: 90 * 60_000, mostMs: 24 * 3_600_000 };

type PredictionFinding = Finding & { kind: RecordedPrediction['kind']; prediction: Prediction };

export function isOpen({ outcome }: RecordedPrediction): boolean {
  return outcome === undefined;
}

export function isForetold(kind: string): kind is RecordedPrediction['kind'] {
  return kind === 'fault-predicted' || kind === 'congestion-forecast';
}

export function isSaying(finding: Finding): finding is PredictionFinding {
  return isForetold(finding.kind) && finding.prediction !== undefined;
}

const foretoldBy = ({ expectedAt, earliestAt, latestAt, probability }: Prediction): Foretold => ({
  ...{ expectedAt, earliestAt, latestAt, probability },
});

/** Said for the first time. */
export function said(
  finding: PredictionFinding,
  { told, title, siteId }: { told: boolean; title: Said; siteId: string | undefined },
): RecordedPrediction {
  const { kind, subject, at, prediction, kpi, why } = finding;
  return {
    id: alertId(kind, subject.id, at),
    ...{ kind, scope: subject.scope, subject: subject.id, cells: [...finding.cells].sort(), siteId, kpi },
    ...{ mode: prediction.mode, model: prediction.model, told, saidAt: at, changedAt: at },
    ...{ first: foretoldBy(prediction), prediction, title, why },
  };
}

/** Said again, maybe with another date; one that was taken back stands again. What is not newer changes nothing. */
export function saidAnew(entry: RecordedPrediction, finding: PredictionFinding, title: Said): RecordedPrediction {
  if (!isOpen(entry) || finding.at <= entry.changedAt) return entry;
  const { endedAt: _, ...rest } = entry;
  const { prediction, why, at } = finding;
  return { ...rest, prediction, title, why, cells: [...finding.cells].sort(), changedAt: at };
}

/** The foreteller says it no more. It is not settled yet: the fault may be there and not be told of. */
export function takenBack(entry: RecordedPrediction, at: number): RecordedPrediction {
  if (!isOpen(entry) || at < entry.changedAt || entry.endedAt !== undefined) return entry;
  return { ...entry, endedAt: at, changedAt: at };
}

/** The last moment at which a fault still counts as foretold; data time. */
export function deadlineOf({ saidAt, first, prediction, endedAt }: RecordedPrediction): number {
  const longest = saidAt + LONGEST_DELAY * Math.max(0, first.latestAt - saidAt);
  const latest = Math.max(first.latestAt, Math.min(prediction.latestAt, longest));
  const last = Math.min(endedAt ?? Number.POSITIVE_INFINITY, latest);
  const grace = Math.min(GRACE.mostMs, Math.max(GRACE.leastMs, GRACE.share * (latest - saidAt)));
  return last + grace;
}

/**
 * Trouble of the kind that was foretold, on the same cells. What equipment says of itself, and what creeps, is not yet the fault;
 * what a whole region does, or a collector that keeps the data of many sites, is none of theirs.
 */
export function isForetoldBy(trouble: AlertRecord, entry: RecordedPrediction): boolean {
  if (trouble.alarmsOn !== undefined || isCreeping(trouble) || !comesAs(entry.mode, trouble.kind, trouble.kpi))
    return false;
  const isOfRegion = trouble.scope === 'area' && trouble.siteId === undefined;
  if (isOfRegion || (trouble.kind === 'anomaly' && !FELT.has(trouble.severity))) return false;
  const onSite = entry.scope === 'site' && entry.siteId !== undefined && entry.siteId === trouble.siteId;
  return onSite || trouble.cells.some((cell) => entry.cells.includes(cell));
}

/** Service that people notice. */
const FELT: ReadonlySet<string> = new Set(['critical', 'major', 'minor']);

/** The fault is there. Begun after the last moment it is another one; begun before the word, the word came late. */
export function cameTrue(entry: RecordedPrediction, trouble: Pick<AlertRecord, 'id'>, beganAt: number) {
  if (!isOpen(entry) || beganAt > deadlineOf(entry)) return entry;
  const outcome = beganAt - entry.saidAt < LEAST_LEAD_MS[entry.mode] ? 'late' : 'hit';
  return settled(entry, outcome, beganAt, { cameAt: beganAt, cameAs: trouble.id });
}

/** What its cells tell of `heardAt` is past its last moment, and nothing came. */
export function timeIsUp(entry: RecordedPrediction, heardAt: number): RecordedPrediction {
  const deadline = deadlineOf(entry);
  if (!isOpen(entry) || heardAt <= deadline) return entry;
  const isWithdrawn = entry.endedAt !== undefined && entry.endedAt < Math.min(entry.prediction.latestAt, deadline);
  return settled(entry, isWithdrawn ? 'withdrawn' : 'false', deadline);
}

/** Its cells are no longer in the network: nothing can come of it, and nobody was wrong. */
export function ofTheGone(entry: RecordedPrediction): RecordedPrediction {
  return isOpen(entry) ? { ...settled(entry, 'withdrawn', entry.changedAt), counts: false } : entry;
}

/** Somebody was there. What is settled already stays so, with the word of the visit beside it. */
export function visited(entry: RecordedPrediction, visit: Visit): RecordedPrediction {
  if (!isOpen(entry)) return { ...entry, visit };
  return settled(entry, visit.found ? 'confirmed' : 'nothing-found', entry.changedAt, { visit });
}

function settled(
  entry: RecordedPrediction,
  outcome: Outcome,
  settledAt: number,
  more: Pick<RecordedPrediction, 'cameAt' | 'cameAs' | 'visit'> = {},
): RecordedPrediction {
  const counts = outcome !== 'withdrawn' || entry.first.probability >= ALARM_LINE;
  return { ...entry, ...more, outcome, settledAt, counts };
}

export function asSettled(entry: RecordedPrediction): SettledPrediction | undefined {
  const { id, mode, model, told, saidAt, first, cameAt, outcome, settledAt, counts } = entry;
  if (outcome === undefined || settledAt === undefined) return undefined;
  return { id, mode, model, told, saidAt, first, cameAt, outcome, settledAt, counts: counts ?? true };
}
