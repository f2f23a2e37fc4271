// The past alerts most like one, by what they were about, where, when and how long; and what ended them.

import type { AlarmState } from '../../model/alarm.ts';
import type { AlertRecord } from '../../model/alert.ts';
import type { Alike, Mended } from '../../model/explanation.ts';
import { wasClearedByHand } from '../alert-state.ts';

/** What two alerts are compared by. */
interface Features {
  kind: AlertRecord['kind'];
  /** Code of its sentence: off air, asleep, above the usual, … */
  why: string;
  kpi: string | undefined;
  kpis: ReadonlySet<string>;
  scope: AlertRecord['scope'];
  cellClass: string;
  hour: number;
  durationMs: number | undefined;
}

export interface AlikeRooms {
  /** A class of cells that fail alike: radio, band, role. */
  classOf(cell: string): string;
  /** Local hour of a moment, 0…23. */
  hourOf(at: number): number;
}

/** Newest alerts that are looked at. */
export const MOST_COMPARED = 10_000;
export const MOST_ALIKE = 5;
/** Below it there is nothing to learn from the other. */
const LEAST_SIMILARITY = 0.5;

/** What each trait counts; together 1. *Default.* */
const WEIGHTS = { kind: 0.2, why: 0.15, kpi: 0.2, kpis: 0.15, scope: 0.1, cellClass: 0.1, hour: 0.05, duration: 0.05 };

export class AlikeIndex {
  /** Alerts never change in place, so what was read of one holds for as long as it lives. */
  private readonly known = new WeakMap<AlertRecord, Features>();

  constructor(private readonly rooms: AlikeRooms) {}

  /**
   * Most alike first, of equal ones the newest; only what was over before this one began, and was no part of a wider one. A weakly
   * covered place and trouble of cells have nothing in common but what neither has.
   */
  nearest(alert: AlertRecord, all: readonly AlertRecord[]): { alert: AlertRecord; similarity: number }[] {
    const own = this.featuresOf(alert);
    const begun = alert.since ?? alert.raisedAt;
    return all
      .slice(0, MOST_COMPARED)
      .filter(({ kind }) => (kind === 'weak-coverage') === (alert.kind === 'weak-coverage'))
      .filter((other) => other.id !== alert.id && other.partOf === undefined && (endOf(other) ?? Infinity) <= begun)
      .map((other) => ({ alert: other, similarity: similarityOf(own, this.featuresOf(other)) }))
      .filter(({ similarity }) => similarity >= LEAST_SIMILARITY)
      .sort((a, b) => b.similarity - a.similarity || b.alert.raisedAt - a.alert.raisedAt)
      .slice(0, MOST_ALIKE);
  }

  private featuresOf(alert: AlertRecord): Features {
    const known = this.known.get(alert);
    if (known) return known;
    const { kind, why, kpi, scope, cells, raisedAt } = alert;
    const also = typeof why.values.also === 'string' ? why.values.also.split(/[\s,]+/) : [];
    const features: Features = {
      ...{ kind, why: why.code, kpi, scope },
      kpis: new Set([kpi, ...also].filter((one) => one !== undefined && one !== '')) as Set<string>,
      cellClass: cells[0] === undefined ? '' : this.rooms.classOf(cells[0]),
      hour: this.rooms.hourOf(raisedAt),
      durationMs: lastedMs(alert),
    };
    this.known.set(alert, features);
    return features;
  }
}

/** In data time; a person clears by the clock on the wall, so what was found last tells. Undefined: it lasts. */
function endOf(alert: AlertRecord): number | undefined {
  return alert.clearedAt === undefined || !wasClearedByHand(alert) ? alert.clearedAt : alert.changedAt;
}

function lastedMs(alert: AlertRecord): number | undefined {
  const end = endOf(alert);
  return end === undefined ? undefined : Math.max(0, end - alert.raisedAt);
}

/** 0…1; 1 with itself. */
function similarityOf(a: Features, b: Features): number {
  const same = (trait: 'kind' | 'why' | 'kpi' | 'scope' | 'cellClass') => (a[trait] === b[trait] ? WEIGHTS[trait] : 0);
  const hours = Math.abs(a.hour - b.hour);
  return (
    same('kind') +
    same('why') +
    same('kpi') +
    same('scope') +
    same('cellClass') +
    WEIGHTS.kpis * overlap(a.kpis, b.kpis) +
    WEIGHTS.hour * (1 - Math.min(hours, 24 - hours) / 12) +
    WEIGHTS.duration * durations(a.durationMs, b.durationMs)
  );
}

/** Those in both of those in either (Jaccard). */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((one) => b.has(one)).length;
  const either = a.size + b.size - both;
  return either === 0 ? 1 : both / either;
}

/** How near on a scale of doublings; one that still lasts may become any. */
function durations(a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined) return 1;
  const minutes = (ms: number) => Math.max(1, ms / 60_000);
  return 1 / (1 + Math.abs(Math.log2(minutes(a) / minutes(b))));
}

/**
 * What a person wrote when it was cleared, else what one wrote last about it; else the equipment alarm that ended with it;
 * null where nobody and nothing says.
 *
 * @param alarms of its cells or site, of that time
 */
export function mendedBy(alert: AlertRecord, alarms: readonly AlarmState[]): Mended | null {
  const written = alert.history.filter(({ by, comment }) => by !== undefined && comment);
  const told =
    written.findLast(({ what }) => what === 'cleared') ?? written.findLast(({ what }) => what === 'commented');
  const any = told ?? written.at(-1);
  if (any) return { comment: any.comment!, by: any.by!, at: any.at };
  const end = endOf(alert);
  const ended = end === undefined ? undefined : alarms.find((one) => isEndOf(one, end));
  return ended ? { comment: ended.alarm.condition, by: null, at: ended.clearedAt! } : null;
}

/** An alarm whose clear came with the end of the alert, or within this before it. */
const END_WITHIN_MS = 2 * 3_600_000;

function isEndOf({ clearedAt }: AlarmState, endedAt: number): boolean {
  return clearedAt !== undefined && clearedAt <= endedAt + END_WITHIN_MS / 4 && clearedAt >= endedAt - END_WITHIN_MS;
}

export function alikeOf(alert: AlertRecord, similarity: number, mended: Mended | null): Alike {
  const { id, title, raisedAt } = alert;
  const lasted = lastedMs(alert);
  const lastedSeconds = lasted === undefined ? null : lasted / 1000;
  const values = {
    ...{ at: raisedAt, sinceMs: raisedAt },
    ...(lastedSeconds !== null && { lastedSeconds }),
    ...(mended && { comment: mended.comment, ...(mended.by !== null && { by: mended.by }) }),
  };
  const code = !mended ? 'alike-unsaid' : mended.by === null ? 'alike-equipment' : 'alike-mended';
  return { alertId: id, title, similarity, raisedAt, lastedSeconds, mendedBy: mended, said: { code, values } };
}
