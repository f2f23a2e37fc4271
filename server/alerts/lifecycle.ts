// The life of an alert as a pure state machine: raised, seen again, recovered, returned; acknowledged, assigned, cleared by people.

import {
  type AlertCause,
  type AlertEvent,
  type AlertKind,
  type AlertRecord,
  type Audience,
  type FoundCause,
  isDone,
  lastEnd,
  type Spell,
} from '../model/alert.ts';
import type { Evidence, Finding, Said } from '../model/finding.ts';
import { isWorse, type Severity } from '../model/health.ts';
import type { Prediction, PredictionEnd } from '../model/prediction.ts';
import { comesAndGoes, isNextSpell, restOf, withEnd, withSpell } from './flapping.ts';
import { leadRank } from './phrasing.ts';

/** Lines of story that an alert keeps. */
export const HISTORY_MAXIMUM = 200;
/** Characters of a comment, an assignee or a name. */
export const TEXT_MAXIMUM = 2000;

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

/** What a person does. */
export interface Act {
  what: 'acknowledge' | 'assign' | 'comment' | 'clear';
  by?: string;
  comment?: string;
  assignee?: string;
  /** What was the cause, with a comment or a clear. */
  found?: FoundCause;
}

export type Refusal = 'unknown' | 'already-cleared' | 'no-assignee' | 'no-comment' | 'too-long';

/** One alert at a time per key. */
export function keyOf(kind: AlertKind, subject: string): string {
  return `${kind} ${subject}`;
}

/** Kind, subject and time of raising, safe in an address: `fault_OLD-7-B_20260317T2145Z`. */
export function alertId(kind: AlertKind, subject: string, raisedAt: number): string {
  const plain = subject.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 60);
  const told = plain === subject ? plain : `${plain}~${hash(subject)}`;
  const time = new Date(raisedAt)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/(00)?\.000Z$/, 'Z');
  return `${kind}_${told}_${time}`;
}

/** FNV-1a, 32 bits, base 36: keeps apart subjects that look alike once made safe. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value.toString(36);
}

/** On the control-room list until it is cleared and acknowledged; parts stand behind their wider alert, mutes hold back. */
export function isListed(alert: AlertRecord, withMuted = false): boolean {
  return alert.partOf === undefined && (withMuted || alert.mutedBy === undefined) && !isDone(alert);
}

export function isActive(alert: AlertRecord): boolean {
  return alert.state !== 'cleared';
}

/** Adds a line; a full story first loses its oldest line that no person wrote, never its beginning. */
export function told(alert: AlertRecord, event: AlertEvent): AlertEvent[] {
  const history = [...alert.history, event];
  if (history.length <= HISTORY_MAXIMUM) return history;
  const spare = history.findIndex((each, index) => index > 0 && each.by === undefined);
  history.splice(spare > 0 && spare < history.length - 1 ? spare : 1, 1);
  return history;
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

/** Well from `at` on (data time), nothing stands behind it: over, unless it comes and goes and people look at it. */
export function rested(alert: AlertRecord, at: number, flapMs: number, wallMs: number): AlertRecord {
  const spells = withEnd(alert.spells, at);
  if (flapMs <= 0 || alert.mutedBy !== undefined || !comesAndGoes(spells)) return recovered(alert, at, wallMs);
  const calm = { since: at, until: at + restOf(spells!, flapMs) };
  const changedAt = Math.max(at, alert.changedAt);
  return { ...alert, spells, calm, changedAt, history: told(alert, { at: wallMs, what: 'recovered' }) };
}

/** It came and went, and has stayed well for as long as it had to. */
export function overAfterRest(alert: AlertRecord, wallMs: number): AlertRecord {
  const { calm, mutedBy, changedAt } = alert;
  return recovered(alert, mutedBy === undefined ? (calm?.until ?? changedAt) : changedAt, wallMs, 'stayed-well');
}

/** The end of a spell that is over already: it says nothing about the present one. */
export function isOfEarlierSpell(alert: AlertRecord, seen: Pick<Sighting, 'phase' | 'since'>): boolean {
  return seen.phase === 'ends' && seen.since < (alert.since ?? alert.raisedAt);
}

export function wasClearedByHand(alert: AlertRecord): boolean {
  return lastEnd(alert.history) === 'cleared';
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
  if (alert.scope !== seen.scope) return next;
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

/** Well again at data time `at`, or when last found, if a cell leaves the network at an older reading. */
export function recovered(
  alert: AlertRecord,
  at: number,
  wallMs: number,
  what: PredictionEnd | 'recovered' | 'stayed-well' = 'recovered',
): AlertRecord {
  if (!isActive(alert)) return alert;
  const clearedAt = Math.max(at, alert.changedAt);
  return {
    ...alert,
    state: 'cleared',
    changedAt: clearedAt,
    clearedAt,
    spells: withEnd(alert.spells, clearedAt),
    calm: undefined,
    history: told(alert, { at: wallMs, what }),
  };
}

/** Over because its cells are no longer in the network: nobody is told that anything is well again. */
export function ofTheGone(alert: AlertRecord, wallMs: number): AlertRecord {
  if (!isActive(alert)) return alert;
  const history = told(alert, { at: wallMs, what: 'left' });
  return { ...alert, state: 'cleared', clearedAt: alert.changedAt, calm: undefined, history };
}

export function withSeverity(alert: AlertRecord, severity: Severity, wallMs: number): AlertRecord {
  if (severity === alert.severity) return alert;
  const what = isWorse(severity, alert.severity) ? 'worsened' : 'eased';
  return { ...alert, severity, history: told(alert, { at: wallMs, what }) };
}

/** A cell's alert becomes its site's, or one of a site its area's, under the same id. */
export function widened(alert: AlertRecord, siteId: string, wallMs: number, scope: 'site' | 'area'): AlertRecord {
  const history = told(alert, { at: wallMs, what: 'widened' });
  return { ...alert, scope, siteId, partOf: undefined, recovered: alert.recovered ?? [], history };
}

/** Becomes part of a wider alert; whoever took that one has taken this one too. */
export function joined(alert: AlertRecord, wide: AlertRecord, wallMs: number): AlertRecord {
  if (alert.partOf === wide.id) return alert;
  const part: AlertRecord = { ...alert, partOf: wide.id, history: told(alert, { at: wallMs, what: 'joined' }) };
  if (wide.acknowledgedBy === undefined || part.acknowledgedBy !== undefined) return part;
  return { ...part, state: 'acknowledged', acknowledgedBy: wide.acknowledgedBy, acknowledgedAt: wide.acknowledgedAt };
}

/** Stands for itself again, since what it was part of is over. */
export function parted(alert: AlertRecord, wallMs: number): AlertRecord {
  return { ...alert, partOf: undefined, history: told(alert, { at: wallMs, what: 'parted' }) };
}

/** The alert after a person's act, or why it cannot be done. `wallMs`: wall time, epoch milliseconds. */
export function acted(alert: AlertRecord, act: Act, wallMs: number): AlertRecord | Refusal {
  const texts = [act.by, act.comment, act.assignee];
  if (texts.some((text) => (text?.length ?? 0) > TEXT_MAXIMUM)) return 'too-long';
  const event = (what: AlertEvent['what']): AlertEvent => ({
    ...{ at: wallMs, what, by: nameOf(act), comment: act.comment },
    ...(act.found && { found: act.found }),
  });
  switch (act.what) {
    case 'acknowledge':
      return acknowledged(alert, act, event);
    case 'assign':
      if (!isActive(alert)) return 'already-cleared';
      if (!act.assignee) return 'no-assignee';
      return { ...alert, assignedTo: act.assignee, history: told(alert, event('assigned')) };
    case 'comment':
      return act.comment || act.found ? { ...alert, history: told(alert, event('commented')) } : 'no-comment';
    case 'clear':
      if (!isActive(alert)) return 'already-cleared';
      return { ...alert, state: 'cleared', clearedAt: wallMs, calm: undefined, history: told(alert, event('cleared')) };
  }
}

/** Acts without a name are kept as such rather than not at all. */
function nameOf(act: Act): string {
  return act.by?.trim() || 'someone';
}

/** Acknowledging twice changes nothing but the story, and that only when there is something to say. */
function acknowledged(alert: AlertRecord, act: Act, event: (what: AlertEvent['what']) => AlertEvent): AlertRecord {
  if (alert.acknowledgedBy !== undefined) {
    return act.comment ? { ...alert, history: told(alert, event('commented')) } : alert;
  }
  const acknowledgement = event('acknowledged');
  return {
    ...alert,
    state: isActive(alert) ? 'acknowledged' : 'cleared',
    acknowledgedBy: nameOf(act),
    acknowledgedAt: acknowledgement.at,
    history: told(alert, acknowledgement),
  };
}
