// The life of an alert as a pure state machine: a sighting raises it, finds it again, ends it or brings it back.

import type { AlertCause, AlertKind, AlertRecord, Audience, Spell } from '../model/alert.ts';
import type { Evidence, Finding, Said } from '../model/finding.ts';
import type { Severity } from '../model/health.ts';
import type { Prediction, PredictionEnd } from '../model/prediction.ts';
import { alertId } from './alert-id.ts';
import { isActive, told, wasClearedByHand, withSeverity } from './alert-state.ts';
import { recovered, rested } from './ending.ts';
import { isNextSpell, withSpell } from './flapping.ts';
import { leadRank } from './phrasing.ts';

/** A finding as the life of an alert needs it: judged, placed and worded. */
export interface Sighting {
  kind: AlertKind;
  scope: Finding['subject']['scope'];
  subject: string;
  cells: string[];
  siteId?: string;
  kpi?: string;
  phase: Finding['phase'];
  at: number;
  since: number;
  audience: Audience;
  severity: Severity;
  evidence: Evidence;
  title: Said;
  why: Said;
  wouldClear: Said;
  /** Of what is foretold, and how it ended. */
  cause?: AlertCause | undefined;
  prediction?: Prediction;
  ending?: PredictionEnd;
  detector: string;
}

/** Detectors' scores from here on are out of line. */
const ALARM_LINE = 0.5;

/** What a sighting is judged by beside itself. */
export interface Surroundings {
  /** What is back within so long (data time) is the same alert. */
  flapMs: number;
  /** Wall time, epoch milliseconds. */
  wallMs: number;
  /** What stands behind the alert now. */
  standing?: readonly AlertRecord[];
  /** Spells of the trouble so far, those of its other kinds among them. */
  spells?: readonly Spell[];
}

/**
 * The alert after a sighting; the same object, or undefined, when nothing changes.
 *
 * A sighting that is not newer than what the alert already knows changes nothing, so a replay changes nothing either.
 * A spell that begins within `flapMs` (data time) of the last one's end is the same alert, returned; so is the next one of
 * a trouble that comes and goes. What a person cleared while it lasts is left alone for `flapMs`, then raised anew.
 */
export function sighted(alert: AlertRecord | undefined, seen: Sighting, around: Surroundings): AlertRecord | undefined {
  const { flapMs, wallMs, standing = [], spells } = around;
  if (alert && isOfEarlierSpell(alert, seen)) return alert;
  if (seen.phase === 'ends') return alert && ended(alert, seen, around);
  if (alert && seen.at <= alert.changedAt) return alert;
  if (!alert) return raised(seen, wallMs, spells);
  if (isActive(alert))
    return alert.calm ? returned(alert, seen, wallMs, spells) : lasting(alert, seen, wallMs, standing);
  const byHand = wasClearedByHand(alert);
  const quietSince = byHand ? alert.changedAt : (alert.clearedAt ?? alert.changedAt);
  const isBack = seen.at - quietSince <= flapMs || (!byHand && flapMs > 0 && isNextSpell(spells, seen.since));
  if (!isBack) return raised(seen, wallMs, spells);
  return byHand && seen.phase === 'lasts' ? alert : returned(alert, seen, wallMs, spells);
}

/** Kinds that a cell's own readings tell of: only by these it can be told for how long it has been well. */
const RESTING: readonly AlertKind[] = ['fault', 'anomaly', 'silent'];

/** Its own spell is over. What came and went stays open to see whether it has ended, and so does what others stand behind. */
function ended(alert: AlertRecord, { at, ending, scope }: Sighting, around: Surroundings): AlertRecord {
  const { flapMs, wallMs, standing = [] } = around;
  if (!isActive(alert) || alert.calm) return alert;
  const isAlone =
    alert.partOf === undefined && alert.scope === 'cell' && scope === 'cell' && RESTING.includes(alert.kind);
  if (scope === 'area' && standing.length > 0)
    return { ...alert, calm: { since: at }, recovered: alert.cells, changedAt: at };
  if (!isAlone) return recovered(alert, at, wallMs, ending);
  return standing.length > 0 ? { ...alert, calm: { since: at }, changedAt: at } : rested(alert, at, flapMs, wallMs);
}

/** The end of a spell that is over already: it says nothing about the present one. */
export function isOfEarlierSpell(alert: AlertRecord, seen: Pick<Sighting, 'phase' | 'since'>): boolean {
  return seen.phase === 'ends' && seen.since < (alert.since ?? alert.raisedAt);
}

export function raised(seen: Sighting, wallMs: number, spells?: readonly Spell[]): AlertRecord {
  return {
    id: alertId(seen.kind, seen.subject, seen.at),
    kind: seen.kind,
    audience: seen.audience,
    severity: seen.severity,
    state: 'open',
    scope: seen.scope,
    subject: seen.subject,
    cells: [...seen.cells].sort(),
    siteId: seen.siteId,
    kpi: seen.kpi,
    raisedAt: seen.at,
    since: seen.since,
    spells: withSpell(spells, seen.since),
    changedAt: seen.at,
    toldAt: wallMs,
    count: 1,
    evidence: seen.evidence,
    title: seen.title,
    why: seen.why,
    wouldClear: seen.wouldClear,
    cause: seen.cause,
    ...(seen.prediction && { prediction: seen.prediction }),
    detector: seen.detector,
    history: [{ at: wallMs, what: 'raised' }],
  };
}

/**
 * Seen again. A site's alert keeps its own sentences and severity: these follow its cells, not this one alone; and so does
 * one that is told by what stands behind it.
 */
function lasting(alert: AlertRecord, seen: Sighting, wallMs: number, standing: readonly AlertRecord[]): AlertRecord {
  // On its way back into line, not yet confirmed: the evidence that the alert stands on is kept.
  if (seen.evidence.score < ALARM_LINE && !seen.prediction) return { ...alert, changedAt: seen.at };
  const isLed = standing.some(({ title }) => leadRank(title.code) < leadRank(seen.title.code));
  if (isLed) return { ...alert, changedAt: seen.at, count: alert.count + 1 };
  const next = { ...alert, changedAt: seen.at, count: alert.count + 1, evidence: seen.evidence, kpi: seen.kpi };
  if (alert.scope !== seen.scope) return { ...next, cause: alert.cause ?? seen.cause };
  const { title, why, wouldClear, cause, prediction } = seen;
  const words = { title, why, wouldClear, cause, cells: [...seen.cells].sort(), ...(prediction && { prediction }) };
  return withSeverity({ ...next, ...words }, seen.severity, wallMs);
}

/** The same trouble again: re-opened under its id, still acknowledged if it was. A former site's alert starts as a cell's. */
export function returned(
  alert: AlertRecord,
  seen: Sighting,
  wallMs: number,
  spells: readonly Spell[] | undefined = alert.spells,
): AlertRecord {
  const { clearedAt: _, recovered: __, calm: ___, ...rest } = alert;
  return {
    ...rest,
    state: alert.acknowledgedBy === undefined ? 'open' : 'acknowledged',
    scope: seen.scope,
    cells: [...seen.cells].sort(),
    severity: seen.severity,
    kpi: seen.kpi,
    since: seen.since,
    spells: withSpell(spells, seen.since),
    changedAt: seen.at,
    count: alert.count + 1,
    evidence: seen.evidence,
    title: seen.title,
    why: seen.why,
    wouldClear: seen.wouldClear,
    cause: seen.cause,
    ...(seen.prediction && { prediction: seen.prediction }),
    partOf: undefined,
    history: told(alert, { at: wallMs, what: 'returned' }),
  };
}
