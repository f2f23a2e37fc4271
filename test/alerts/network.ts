// A small network and a ledger in memory for the tests of alerts: three sites, and findings about their cells.

import { type AlertChange, type AlertLedger, type AlertOptions, POSITION } from '../../server/alerts/alert-options.ts';
import { type Alerts, openAlerts } from '../../server/alerts/alerts.ts';
import type { KnownMutes, SavedMutes } from '../../server/alerts/mute-desk.ts';
import type { Places } from '../../server/alerts/phrasing.ts';
import type { Alarm, AlarmState, AlarmSubject, StandingAlarms, StandingAsk } from '../../server/model/alarm.ts';
import type { AlertRecord } from '../../server/model/alert.ts';
import type { Finding, FindingKind } from '../../server/model/finding.ts';
import type { MuteRecord } from '../../server/model/mute.ts';
import type { FaultMode, Prediction } from '../../server/model/prediction.ts';
import type { RecordedPrediction } from '../../server/model/prediction-record.ts';

export const PERIOD_MS = 900_000;
/** 2026-03-17 21:45 UTC. */
export const START = Date.UTC(2026, 2, 17, 21, 45);

/** END of the n-th period after the start. */
export const period = (n: number): number => START + n * PERIOD_MS;

export const SITES: Record<string, string[]> = {
  L: ['L-A', 'L-B', 'L-C'],
  H: ['H-A', 'H-B', 'H-C', 'H-D', 'H-E', 'H-F'],
  S: ['S-A'],
};

const NAMES: Record<string, [string, string]> = {
  L: ['Lighthouse Point 4', '灯塔角 4 站'],
  H: ['Old Harbour 7', '老港 7'],
  S: ['Saltmarsh 2', '盐田 2 站'],
};

export const places: Places = {
  cell: (id) => {
    const [siteId = '', sector] = id.split('-');
    const [name, nameZh] = NAMES[siteId] ?? [];
    return SITES[siteId]?.includes(id)
      ? { siteId, name: `${name}-${sector}`, nameZh: `${nameZh}-${sector}` }
      : undefined;
  },
  cellsOf: (siteId) => SITES[siteId] ?? [],
};

type Phase = Finding['phase'];

/** A finding about a cell in the n-th period, of a spell that began in period `since`. */
export function finding(
  kind: FindingKind,
  cell: string,
  phase: Phase,
  n: number,
  since = n,
  more: Partial<Finding> = {},
): Finding {
  return {
    ...{ kind, cells: [cell], phase, at: period(n), since: period(since), periodSeconds: 900, detector: 'test@1' },
    subject: { scope: 'cell', id: cell },
    ...TELLING[kind](n),
    ...more,
  };
}

type Told = Pick<Finding, 'kpi' | 'evidence' | 'why' | 'wouldClear'>;
const NOTHING = { observed: null, expected: null, low: null, high: null, score: 0.9 };

const TELLING: Record<FindingKind, (n: number) => Told> = {
  anomaly: () => dropping(2.1),
  fault: () => ({
    kpi: 'availability_pct',
    evidence: { observed: 0, expected: 100, low: 95, high: 100, score: 0.9 },
    why: { code: 'down', values: { kpi: 'availability_pct', observed: 0, downSeconds: 900, periodSeconds: 900 } },
    wouldClear: { code: 'available-again', values: { periods: 2 } },
  }),
  silent: (n) => ({
    evidence: NOTHING,
    why: { code: 'no-readings', values: { lastAt: period(n - 3), periods: 3, missedSeconds: 2700 } },
    wouldClear: { code: 'reading-arrives', values: {} },
  }),
  'source-silent': (n) => ({
    evidence: NOTHING,
    why: { code: 'source-quiet', values: { source: 'inbox', cells: 3, lastAt: period(n - 3) } },
    wouldClear: { code: 'source-speaks', values: {} },
  }),
  'weak-coverage': () => weakArea(0.38, 0.4),
  'fault-predicted': (n) => foretelling('feeder', n),
  'congestion-forecast': (n) => foretelling('congestion', n),
};

/** A fault that is expected 48 hours after period `n`, with 70 %. */
function foretelling(mode: FaultMode, n: number): Told & Pick<Finding, 'prediction'> {
  const [hour, at] = [3_600_000, period(n)];
  const prediction: Prediction = {
    ...{ mode, expectedAt: at + 48 * hour, earliestAt: at + 36 * hour, latestAt: at + 72 * hour, probability: 0.7 },
    ...{ model: 'first-passage@1', basis: 'first-passage', limit: { kpi: 'vswr_ratio', value: 1.9 } },
    ifNothing: { code: 'if-nothing', values: { mode } },
    repair: { code: 'repair-for', values: { mode } },
  };
  return {
    ...{ kpi: 'vswr_ratio', evidence: { ...NOTHING, score: 0.7 }, prediction },
    why: { code: 'foretold-trend', values: { mode, kpi: 'vswr_ratio', probability: 0.7 } },
    wouldClear: { code: 'foretold-clears', values: { mode } },
  };
}

/** An area of so many km², of whose samples so many are weak. */
export function weakArea(weakShare: number, areaKm2: number): Told {
  const values = {
    siteName: 'Ferry Hill 9',
    awayM: 900,
    bearing: 'east',
    rule: 'cluster',
    weakDbm: -110,
    samples: 9310,
  };
  return {
    evidence: { observed: 100 * weakShare, expected: null, low: 35, high: 41, score: 0.7, attempts: 9310 },
    why: { code: 'weak-area', values: { ...values, sharePct: 100 * weakShare, areaKm2, levelDbm: -113 } },
    wouldClear: { code: 'area-good-again', values: { weakDbm: -110 } },
  };
}

/** So many percent of 1,824 sessions dropped; 0.2 to 0.5 usually do. */
export function dropping(observed: number): Told {
  const values = { kpi: 'drop_rate_pct', observed, low: 0.2, high: 0.5, attempts: 1824 };
  return {
    kpi: 'drop_rate_pct',
    evidence: { observed, expected: 0.35, low: 0.2, high: 0.5, score: 0.8, attempts: 1824 },
    why: { code: 'ratio-above', values },
    wouldClear: { code: 'back-in-range', values: { kpi: 'drop_rate_pct', low: 0.2, high: 0.5, periods: 3 } },
  };
}

/** A ledger in memory that can be told to fail, and that outlives the alerts room. */
export class MemoryLedger implements AlertLedger {
  readonly saved = new Map<string, AlertRecord>();
  readonly changes: AlertChange[] = [];
  readonly alarms = new Map<string, AlarmState>();
  readonly recorded = new Map<string, RecordedPrediction>();
  readonly mutes = new Map<string, MuteRecord>();
  private muteClock: KnownMutes['clock'];
  private judged = 0;
  position: number | undefined;
  failing = false;

  async alerts(limit: number): Promise<AlertRecord[]> {
    const all = [...this.saved.values()].reverse();
    const isOver = (alert: AlertRecord) => alert.state === 'cleared' && alert.acknowledgedBy !== undefined;
    return structuredClone([...all.filter((each) => !isOver(each)), ...all.filter(isOver).slice(0, limit)]);
  }

  async alert(id: string): Promise<AlertRecord | undefined> {
    return structuredClone(this.saved.get(id));
  }

  async saveAlerts(
    changes: readonly AlertChange[],
    journalSeq?: number,
    alarms: readonly AlarmState[] = [],
    _names?: ReadonlyMap<string, string>,
    predictions: readonly RecordedPrediction[] = [],
    muting?: SavedMutes,
  ): Promise<void> {
    if (this.failing) throw new Error('the disk is full');
    for (const state of alarms) this.alarms.set(state.key, structuredClone(state));
    this.keepMutes(muting);
    for (const entry of predictions) this.recorded.set(entry.id, structuredClone(entry));
    for (const change of changes) this.saved.set(change.alert.id, structuredClone(change.alert));
    this.changes.push(...structuredClone(changes as AlertChange[]));
    if (journalSeq !== undefined) this.position = journalSeq;
  }

  async alarmsByKey(keys: readonly string[]): Promise<AlarmState[]> {
    return structuredClone([...this.alarms.values()].filter(({ key }) => keys.includes(key)));
  }

  async standingAlarms({ most, each, on }: StandingAsk): Promise<StandingAlarms> {
    const name = ({ scope, id }: Pick<AlarmSubject, 'scope' | 'id'>) => `${scope} ${id}`;
    const standing = [...this.alarms.values()]
      .filter(({ clearedAt, subject }) => clearedAt === undefined && (!on || name(on) === name(subject)))
      .sort((a, b) => b.raisedAt - a.raisedAt || (a.key < b.key ? -1 : 1));
    const names = [...new Set(standing.map(({ subject }) => name(subject)))];
    const groups = names.map((own) => standing.filter(({ subject }) => name(subject) === own));
    const newest = new Set(groups.flatMap((group) => group.slice(0, each)));
    const given = new Set(standing.filter((state) => newest.has(state)).slice(0, most));
    const elsewhere = groups.map((group) => ({
      subject: group[0]!.subject,
      count: group.filter((state) => !given.has(state)).length,
    }));
    return structuredClone({ alarms: [...given].reverse(), elsewhere: elsewhere.filter(({ count }) => count > 0) });
  }

  async knownPredictions(limit: number) {
    const all = structuredClone([...this.recorded.values()]);
    const settled = all.filter(({ settledAt }) => settledAt !== undefined);
    return {
      open: all.filter(({ settledAt }) => settledAt === undefined),
      settled: settled.sort((a, b) => b.settledAt! - a.settledAt!).slice(0, limit),
    };
  }

  async prediction(id: string): Promise<RecordedPrediction | undefined> {
    return structuredClone([...this.recorded.values()].find((entry) => entry.id === id || entry.alert === id));
  }

  private keepMutes(muting: SavedMutes | undefined): void {
    if (!muting) return;
    for (const id of muting.gone) this.mutes.delete(id);
    for (const mute of muting.mutes) this.mutes.set(mute.id, structuredClone(mute));
    this.muteClock = structuredClone(muting.clock) ?? this.muteClock;
    this.judged = muting.judged;
  }

  async knownMutes(): Promise<KnownMutes> {
    const { muteClock: clock, judged } = this;
    return structuredClone({ mutes: [...this.mutes.values()], judged, ...(clock && { clock }) });
  }

  async number(name: string): Promise<number | undefined> {
    return name === POSITION ? this.position : undefined;
  }
}

export interface Bench {
  alerts: Alerts;
  ledger: MemoryLedger;
  published: AlertChange[];
  health: [string, string | undefined][];
  log: string[];
  /** Takes one journal record's findings. */
  take(...findings: Finding[]): Promise<void>;
  /** Takes one journal record's equipment alarms. */
  takeAlarms(...alarms: Alarm[]): Promise<void>;
  /** The one alert of a kind about a cell; throws when there is none. */
  about(cell: string, kind?: FindingKind): AlertRecord;
}

export async function bench(ledger = new MemoryLedger(), more: Partial<AlertOptions> = {}): Promise<Bench> {
  let seq = 0;
  let wall = Date.UTC(2026, 10, 22);
  const published: AlertChange[] = [];
  const health: [string, string | undefined][] = [];
  const log: string[] = [];
  const alerts = await openAlerts({
    ...{ ledger, places, nextSeq: () => ++seq, now: () => ++wall, publish: (change) => published.push(change) },
    healthChanged: (cell, said) => health.push([cell, said]),
    log: (line) => log.push(line),
    ...more,
  });
  const all = () => alerts.list({ state: 'all', limit: 1000 })?.alerts ?? [];
  return {
    ...{ alerts, ledger, published, health, log },
    take: (...findings) => alerts.take(findings, alerts.position + 1),
    takeAlarms: (...alarms) => alerts.takeAlarms([{ seq: alerts.position + 1, alarms }]),
    about: (cell, kind) => {
      const found = all().find((each) => each.subject === cell && (kind === undefined || each.kind === kind));
      if (!found) throw new Error(`no alert about ${cell}`);
      return found;
    },
  };
}

/** One message of an equipment alarm about a cell; its number rises with the period. */
export function alarm(
  cell: string,
  alarmId: string,
  severity: Alarm['severity'],
  n: number,
  more: Partial<Alarm> = {},
): Alarm {
  const siteId = cell.split('-')[0]!;
  return {
    ...{ element: 'gnb-7', alarmId: `${cell} ${alarmId}`, startedMicros: START * 1000, sequence: n + 1 },
    ...{ at: period(n), raisedAt: period(n), severity, condition: 'LinkDown' },
    subject: { scope: 'cell', id: cell, siteId },
    ...more,
  };
}

/** The same about a whole site. */
export function siteAlarm(siteId: string, alarmId: string, severity: Alarm['severity'], n: number): Alarm {
  return alarm(siteId, alarmId, severity, n, { subject: { scope: 'site', id: siteId, siteId } });
}
