// Every answer and message of the doors, as types; the web knows the server through this file alone.

import type { AlertAlarm } from '../model/alarm.ts';
import type { AlertEvent, AlertKind, AlertScope, AlertState, Audience, FoundCause } from '../model/alert.ts';
import type { CalendarDay } from '../model/calendar.ts';
import type { CapacityCourse, CapacityOutlook, CapacityState } from '../model/capacity.ts';
import type { Cell, Radio } from '../model/cell.ts';
import type { CoverageCause, CoverageRemedy, CoverageRule } from '../model/coverage.ts';
import type { Excuse } from '../model/detection.ts';
import type { Evidence } from '../model/finding.ts';
import type { Health, Severity } from '../model/health.ts';
import type { ChangeField } from '../model/identity.ts';
import type { Kpi } from '../model/kpi.ts';
import type { LearnedModel, ModelScore, Verdict } from '../model/learning.ts';
import type { Lineage } from '../model/lineage.ts';
import type { MuteScope, MuteState, Repeat } from '../model/mute.ts';
import type { Prediction } from '../model/prediction.ts';
import type { Outcome, RecordedPrediction, RecordOfMode, ReliabilityBin, Visit } from '../model/prediction-record.ts';
import type { Receipt, Rejection, RejectionReason } from '../model/rejection.ts';
import type { SampleKind } from '../model/sample.ts';
import type { SourceStatus } from '../model/source.ts';
import type { Dimension, Impact, PeopleCount } from '../model/star.ts';

export type { Receipt };

/** ISO 8601 UTC, `2026-03-17T21:45:00.000Z`. */
export type Iso = string;

export interface Alert {
  id: string;
  kind: AlertKind;
  audience: Audience;
  severity: Severity;
  state: AlertState;
  scope: AlertScope;
  cells: string[];
  siteId?: string;
  partOf?: string;
  /** Id of the mute that holds it back: it stands on no list, nobody is told. */
  mutedBy?: string;
  kpi?: string;
  raisedAt: Iso;
  changedAt: Iso;
  clearedAt?: Iso;
  toldAt?: Iso;
  /** Of a trouble that comes and goes: well since then, and open until it has stayed so for long enough. */
  wellSince?: Iso;
  /** Of a KPI that creeps: when it began to. */
  creepsSince?: Iso;
  count: number;
  title: string;
  evidence: Evidence;
  why: string;
  wouldClear: string;
  /** What the equipment itself reports, of the present spell; absent for what a detector found. */
  alarms?: EquipmentAlarm[];
  /** Of what is foretold: as it is expected now. */
  prediction?: AlertPrediction;
  /** Id of the alert that foretold this one. */
  foretoldBy?: string;
  /** What most likely did it: from its own figures, or as explained since; absent where no known pattern fits. */
  cause?: { code: string; sentence: string };
  /** As the equipment proposes, as mends what is foretold, or the first step by the likely cause. */
  proposedRepair?: string;
  /** Who is hit; absent while no people are known. */
  impact?: Impact;
  acknowledgedBy?: string;
  assignedTo?: string;
  history: (Omit<AlertEvent, 'at'> & { at: Iso })[];
}

/** When a fault is expected, and how likely it is that it comes by `latestAt`. */
export interface AlertPrediction extends Pick<Prediction, 'mode' | 'probability' | 'model' | 'basis' | 'limit'> {
  expectedAt: Iso;
  earliestAt: Iso;
  latestAt: Iso;
  /** What happens if nothing is done. */
  ifNothing: string;
  /** How the newest predictions like it fared. */
  record?: ToldRecord;
}

/** An alarm in the equipment's own words. */
export interface EquipmentAlarm extends Omit<AlertAlarm, 'key' | 'raisedAt' | 'clearedAt'> {
  raisedAt: Iso;
  clearedAt?: Iso;
}

/** GET /api/alerts/:id/explanation */
export interface AlertExplanation {
  alertId: string;
  /** END of the period that is explained. */
  at: Iso;
  /** The cell that the alert began with; null where it is about none, and of an area, which no cell speaks for. */
  cell: string | null;
  kpi: string | null;
  unit: string;
  observed: number | null;
  expected: number | null;
  low: number | null;
  high: number | null;
  attempts?: number;
  sentence: string;
  /** `unknown`: no known pattern fits. `evidence`: the signs that it rests on. */
  cause: { code: string; sentence: string; repair: string; evidence: string[] };
  /**
   * By counter: the percentages add up to 100, negative ones worked against the change. By KPI, where it was made of no
   * counters: sharePct is null, and `together` (−1 to 1) says how closely both moved, which is no proof of a cause.
   */
  shares: {
    counter?: string;
    kpi?: string;
    name: string;
    from: number;
    to: number;
    sharePct: number | null;
    together?: number;
    sentence: string;
  }[];
  /** Outside the usual range at the same time; `strength` 1 is at its edge. `recent`: the day before, of the alert's own cell. */
  alsoMoved: {
    kpi: string;
    cell: string;
    name: string;
    observed: number;
    expected: number;
    direction: 'up' | 'down';
    strength: number;
    /** Of an area: on so many of so many cells that were looked at; the figures are those of the one in the middle, `cell`. */
    cells?: number;
    of?: number;
    recent: [number, number][];
    sentence: string;
  }[];
  /** Null where no value of one KPI would do: then the alert's own `wouldClear` says what would. */
  wouldClear: { kpi: string; value: number; change: number; sentence: string } | null;
  /** Most alike first. `by` null: the equipment says so. */
  alike: {
    alertId: string;
    title: string;
    /** 0 to 1. */
    similarity: number;
    raisedAt: Iso;
    /** Null: it lasts. */
    lastedSeconds: number | null;
    mendedBy: { comment: string; by: string | null; at: Iso } | null;
    sentence: string;
  }[];
}

/** GET /api/alerts */
export interface AlertList {
  alerts: Alert[];
  nextCursor?: string;
}

/** One row of GET /api/cells. `index` is the cell's number in binary frames. */
export interface CellRow {
  id: string;
  index: number;
  siteId: string;
  name?: string;
  nameZh?: string;
  /** Null for a cell that only data has named. */
  radio: Cell['radio'] | null;
  band?: string;
  lat: number | null;
  lon: number | null;
  azimuthDeg?: number;
  frequencyMhz?: number;
  health: Health;
  /** Newest reading's END of period; null before the first. */
  at: Iso | null;
  kpis: Record<string, number>;
}

export interface CellList {
  cells: CellRow[];
  nextCursor?: string;
}

/** GET /api/inventory: what an inventory has said of cells; those that only data has named are not in it. */
export interface InventoryList {
  cells: Cell[];
  nextCursor?: string;
}

/** GET /api/cells/:id */
export interface CellDetail extends CellRow {
  /** What the inventory says; null for an unplaced cell. */
  cell: Cell | null;
  periodSeconds: number | null;
  suspect: boolean;
  source: string | null;
  alerts: Alert[];
  /** Alarms of its equipment and of its site's, newest raised first, those that are over among them. */
  alarms: EquipmentAlarm[];
  /** The usual range now, by KPI. */
  usual: Record<string, { low: number; mid: number; high: number }>;
  /** Newest counters, by our names where the deployment's file gives one, else as the sender named them. */
  counters: Record<string, number>;
  /** How each KPI of this cell was made from counters; one that was sent as it is has none. */
  lineage: Record<string, Lineage>;
  /** What changed of the cell over time: its name, its site, its maker, its carrier; oldest first. */
  changes: { at: Iso; field: ChangeField; from: string; to: string }[];
}

/**
 * GET /api/cells/:id/series; times in epoch milliseconds, null where nothing was measured. Raw while there are at most
 * 1,000 points; else buckets `(start, end]` named by their END, without values that their sender doubts. Steps of whole days
 * are local days, steps of hours that fill a day are counted from local midnight, all others since 1970 UTC.
 */
export interface Series {
  kpi: string;
  unit: string;
  /** Seconds between points; 0 when raw. */
  step: number;
  /** From which values the points were made; the finest that is kept over the whole range and quick enough. */
  level: 'raw' | 'hourly' | 'daily';
  /** Not all that was asked for is kept: the step is longer, or the answer begins later; `keptAfter` in epoch milliseconds. */
  note?: { code: 'coarser-step' | 'begins-later'; keptAfter: number };
  points: [number, number | null][];
  /** Least and greatest single value of each bucket; empty when raw. */
  spread: [number, number, number][];
  band: [number, number, number][];
  forecast: [number, number, number, number][];
  marks: {
    at: number;
    kind: 'alert' | 'muted' | 'planned' | 'suspect' | 'late' | 'changed';
    severity?: Severity;
    id?: string;
    until?: number;
    /** What changed: of the cell itself, or the formulas that make this KPI. */
    field?: ChangeField | 'formula';
    from?: string;
    to?: string;
  }[];
}

/** GET /api/kpis: the catalogue in force, what ships and what the deployment adds. */
export interface KpiList {
  /** `2026.2`, and after a plus what stands for the deployment's own file. */
  version: string;
  kpis: Kpi[];
}

/** An address that is polled. */
export interface PollState {
  /** As GET /api/sources names it. */
  source: string;
  /** Without its query. */
  url: string;
  everySeconds: number;
  /** Of the last good answer, and of the last with news. */
  answeredAt: Iso | null;
  newAt: Iso | null;
  /** Since the last good answer, and why the last one failed. */
  failures: number;
  problem: string | null;
  nextAt: Iso | null;
}

/** GET /api/health */
export interface HealthAnswer {
  status: 'ok' | 'degraded';
  version: string;
  startedAt: Iso;
  /** Newest data time over all sources; null before the first reading. */
  dataAt: Iso | null;
  zone: string;
  cells: number;
  unplaced: number;
  readings: number;
  rejected: number;
  /** Readings that came after a newer one of their cell, and such as had come before. */
  late: number;
  doubled: number;
  sources: number;
  /** Sources that have fallen quiet. */
  quietSources: number;
  /** Without those that mutes hold back. */
  openAlerts: number;
  mutedAlerts: number;
  byHealth: Record<Health, number>;
  /** `waitingSince`: when the oldest record came that a consumer has yet to take, of those that have one. */
  journal: {
    head: number;
    bytes: number;
    maxBytes: number;
    behind: Record<string, number>;
    waitingSince: Record<string, Iso>;
  };
  /** `levels`: what is kept raw, by hours and by local days, measured now and then; bytes where the store tells them. */
  store: {
    name: string;
    ok: boolean;
    bytes?: number;
    error?: string;
    levels?: Record<'raw' | 'hourly' | 'daily', { bytes?: number; oldestAt: Iso | null }>;
  };
  /** `unwatched`: rows of cells for which the detector had no room. */
  detector: { version: string; cells: number; series: number; bytes: number; unwatched: number };
  /** Files: waiting, of those stuck, and since the start read and refused as a whole. */
  inbox: { folder: string; waiting: number; stuck: number; done: number; refused: number };
  /** Addresses that are fetched again and again, each with how it stands. */
  polls: PollState[];
  access: 'loopback' | 'tokens';
}

/** GET /api/sources; durations in wall time. */
export interface SourceList {
  sources: (Omit<SourceStatus, 'newestAt' | 'heardAt'> & {
    newestAt: Iso | null;
    heardAt: Iso;
    /** When its next period should be here; null where that is not known. */
    expectedAt: Iso | null;
    /** Cells that it usually tells of, and how many of them have come as far as `newestAt`. */
    cells: { expected: number; seen: number };
    lastRejection: { at: Iso; reason: RejectionReason; detail: string } | null;
  })[];
  nextCursor?: string;
}

/** DELETE /api/sources/:id */
export interface RemovedSource {
  removed: string;
}

/**
 * GET /api/rejections, newest first; `at` and the filters `from` and `to` in wall time. `counts` and `total` follow the
 * filters `source` and `reason` alone, count for ever, and outlive what is kept one by one.
 */
export interface RejectionList {
  rejections: (Rejection & { at: Iso; source: string })[];
  counts: { source: string; reason: RejectionReason; count: number; firstAt: Iso; lastAt: Iso; example: Rejection }[];
  nextCursor?: string;
  total: number;
  /** Kept one by one: so many are, at most so many of at most so many days. */
  kept: { count: number; most: number; days: number };
  /** False for roles that do not see pieces of what senders wrote: they get no excerpt and no field, and as detail our words for the reason. */
  text: boolean;
}

/** PUT /api/inventory answers this, `retired` with `?mode=full`, `renamed` where known cells have other ids now. */
export type InventoryReceipt = Receipt & { retired?: number; renamed?: { from: string; to: string }[] };

/**
 * PUT /api/calendar answers this; with `?mode=full`, `removed` counts the days that were taken back. `unknown`: areas that no
 * cell of the inventory is in yet.
 */
export type CalendarReceipt = Receipt & { removed?: number; unknown?: string[] };

/** GET /api/calendar?from=&to=, local dates of the network, both inclusive; in order of date and area. */
export interface CalendarList {
  days: CalendarDay[];
  nextCursor?: string;
}

/** DELETE /api/calendar/:date?area= */
export interface RemovedDay {
  removed: CalendarDay;
}

/** POST /api/alerts/:id/(acknowledge|assign|comment|clear) */
export interface AlertAct {
  by?: string;
  comment?: string;
  assignee?: string;
  /** With a comment or a clear: what failed, or `nothing`. The foretellers learn from it. */
  found?: FoundCause;
}

/** When it is expected, and how likely it is that it comes by `latestAt`. */
export interface ForetoldTimes {
  expectedAt: Iso;
  earliestAt: Iso;
  latestAt: Iso;
  probability: number;
}

/** How the newest predictions like one fared. */
export interface ToldRecord {
  settled: number;
  cameTrue: number;
  medianLeadSeconds: number | null;
  text: string;
}

/** One of GET /api/predictions: as it stands, and `first` as it was first said, which is what is scored. Data times. */
export interface PredictionRow
  extends ForetoldTimes,
    Pick<
      RecordedPrediction,
      'id' | 'kind' | 'scope' | 'subject' | 'cells' | 'siteId' | 'kpi' | 'mode' | 'model' | 'told' | 'alert' | 'cameAs'
    > {
  state: 'open' | 'settled';
  basis: AlertPrediction['basis'];
  saidAt: Iso;
  first: ForetoldTimes;
  title: string;
  why: string;
  ifNothing: string;
  repair: string;
  outcome?: Outcome;
  settledAt?: Iso;
  cameAt?: Iso;
  /** From the word to the fault; below zero where the fault had begun before. */
  leadSeconds?: number;
  /** It came between the first earliest and latest time. */
  inInterval?: boolean;
  /** Wall time. */
  visit?: Omit<Visit, 'at'> & { at: Iso };
  /** Who would be hit; absent while no people are known. */
  impact?: Impact;
  record: ToldRecord;
}

/** GET /api/predictions?state=&mode=&outcome=, newest said first. */
export interface PredictionList {
  predictions: PredictionRow[];
  nextCursor?: string;
}

/** GET /api/predictions/record: how good they were, by mode and model; shares 0…1. */
export interface PredictionRecord {
  groups: (Omit<RecordOfMode, 'medianLeadMs' | 'support'> & {
    modeName: string;
    medianLeadSeconds: number | null;
    support: RecordOfMode['support'] & { why: string };
  })[];
  /** Over all of them. */
  reliability: ReliabilityBin[];
}

/** GET /api/models: what foretells each mode, which versions there are, and how the newest one was compared. */
export interface ModelList {
  /** While a training runs: what it is at, and how far it is, 0…1. */
  training?: { step: 'history' | 'models'; share: number };
  /** Data time of the newest training. */
  trainedAt: Iso | null;
  modes: ModeOfModels[];
}

export interface ModeOfModels {
  mode: LearnedModel['mode'];
  modeName: string;
  inForce: number;
  /** All that one can go back to, oldest first; 1 is the one that is shipped. */
  versions: { version: number; madeAt: Iso | null; learnedTo: Iso | null; examples: number; came: number }[];
  /** Of the newest training, on weeks that neither has seen; of both scores, less is better. */
  compared?: {
    at: Iso;
    learned: number;
    held: number;
    heldFrom: Iso | null;
    came: number;
    inForce?: ModelScore;
    candidate?: ModelScore;
    verdict: Verdict;
  };
  /** What holds, in a sentence. */
  why: string;
}

/** POST /api/models/rollback: to the version before, or `version` of `mode`; all modes unless one is named. */
export interface RollbackAsk {
  mode?: LearnedModel['mode'];
  version?: number;
}

/** POST /api/predictions/:id/outcome: what somebody found on the spot; answers the prediction. */
export type VisitAct = Omit<Visit, 'at'>;

/** One visit to one site, for all its reasons; `saved` in person-hours or cell-hours of service. */
export interface DispatchVisit {
  rank: number;
  siteId: string;
  name: string;
  lat: number | null;
  lon: number | null;
  cells: string[];
  people: PeopleCount | null;
  saved: number;
  /** What to bring. */
  parts: string[];
  /** What saves most first. */
  reasons: {
    alert: string;
    kind: AlertKind;
    mode: AlertPrediction['mode'];
    title: string;
    why: string;
    /** What most likely did it. */
    cause?: string;
    repair: string;
    /** The product that it is ranked by: probability × people × loss × hours × mends. */
    worth: string;
    probability: number;
    people: PeopleCount | null;
    loss: number;
    hours: number;
    mends: number;
    saved: number;
    since?: Iso;
    earliestAt?: Iso;
    expectedAt?: Iso;
    latestAt?: Iso;
    /** How predictions like it fared. */
    record?: string;
    assignedTo?: string;
  }[];
}

/** GET /api/dispatch?day=&limit=: the visits of a local day that save most; also as .csv and .html. */
export interface DispatchAnswer {
  day: string;
  /** Data time at which it holds. */
  at: Iso;
  countedIn: 'people' | 'cells';
  /** Going on this day is weighed against going so many hours later. */
  horizonHours: number;
  /** Sites that have a reason, listed or not. */
  ofAll: number;
  /** Alerts that stand and call for no visit, and the people on their cells; null while none are known. */
  others: { alerts: number; forPlanners: number; people: PeopleCount | null };
  visits: DispatchVisit[];
}

/** GET /api/coverage/slices: what there is to judge, most samples first. */
export interface CoverageSliceList {
  slices: {
    operator: string | null;
    ours: boolean;
    radio: Radio | null;
    kind: SampleKind | null;
    bands: string[];
    samples: number;
    unmeasured: number;
    from: Iso;
    to: Iso;
  }[];
}

/** One weak area as planners see it. Shares are 0…1. */
export interface CoverageArea {
  id: string;
  rule: CoverageRule;
  rules: CoverageRule[];
  /** What the place is called. */
  name: string;
  geometry: { type: 'MultiPolygon'; coordinates: [number, number][][][] };
  centre: { lat: number; lon: number };
  operator: string | null;
  ours: boolean;
  radio: Radio | null;
  kind: SampleKind | null;
  scenario: string;
  samples: number;
  unmeasured: number;
  weakShare: number;
  weakShareLow: number;
  weakShareHigh: number;
  weakDbm: number;
  medianRsrpDbm: number;
  medianSinrDb: number | null;
  medianDlMbps: number | null;
  rival?: { operator: string; difference: number; samples: number };
  cells: {
    cell: string;
    name?: string;
    samples: number;
    allSamples: number;
    weakShare: number;
    medianRsrpDbm: number | null;
    distanceM: number | null;
  }[];
  cause: { kind: CoverageCause; why: string };
  remedy: { kind: CoverageRemedy; why: string };
  /** People who are usually served there, estimated from the cells they use; absent while no people are known. */
  people?: PeopleCount;
  complaints?: PeopleCount;
  starsAtRisk?: number;
  areaKm2: number;
  /** Larger is more urgent; the list is in this order. */
  priority: number;
  at: Iso;
  since: Iso;
}

/** GET /api/coverage/areas?from=&to=&operator=&radio=&kind=&band=&indoor=&lang= */
export interface CoverageAreaList {
  areas: CoverageArea[];
  nextCursor?: string;
  /** Behind them, with a level. */
  samples: number;
  from: Iso | null;
  to: Iso | null;
}

/** GET /api/coverage/hexagons: `CoverageHexagons` of the model, as it is. */
export type { CoverageHexagons } from '../model/coverage.ts';

/** Of all measurements with distance and level: how many, their share and its 95 % interval, 0…1. */
export interface TimingShare {
  samples: number;
  share: number;
  low: number;
  high: number;
}

/** GET /api/cells/:id/timing-advance?from=&to=&lang= */
export interface CellTimingAdvance {
  cell: string;
  /** Local days that touch it are counted whole. Null while the cell has no reports. */
  from: Iso | null;
  to: Iso | null;
  /** Which counts are judged: made of single reports, or by the network itself. The two are of the same phones. */
  form: 'reports' | 'statistics' | null;
  /** Of that form, with distance and level. */
  samples: number;
  /** At or below is weak; up to `nearM` is near, beyond `farM` too far. */
  weakDbm: number;
  nearM: number;
  farM: number;
  meanM: number;
  weakNear: TimingShare;
  weakFar: TimingShare;
  strongFar: TimingShare;
  verdict: { kind: 'indoor' | 'distance' | 'overshoot' | 'good' | 'few'; why: string };
  /** Nearest and weakest first. A side that is null is open; both sides null: not told apart. */
  rows: {
    form: 'reports' | 'statistics';
    fromM: number | null;
    toM: number | null;
    lowDbm: number | null;
    highDbm: number | null;
    samples: number;
  }[];
}

/** GET /api/subscribers/:id/star?lang= */
export interface PersonStar {
  /** Pseudonym. */
  subscriber: string;
  at: Iso;
  stars: number;
  score: number;
  low: number;
  high: number;
  /** Null where neither the operator nor a tier profile says one. */
  tier: string | null;
  plan: string | null;
  tenureMonths: number | null;
  dimensions: {
    id: Dimension;
    score: number | null;
    weight: number;
    usual: number | null;
    reasons: { text: string; cells?: string[]; from?: Iso; to?: Iso }[];
  }[];
  /** One a local day, oldest first; `network` is that dimension alone. */
  history: { day: string; score: number; stars: number; network: number | null }[];
  /** A sentence on what moved the score of late, and one on what comes next. */
  change: string;
  outlook: { text: string; score: number | null; belowTwoStars: boolean };
  /** Share of use, largest first. */
  servedBy: { cell: string; name?: string; share: number }[];
  /** The last seven local days, oldest first, 24 hours each: 0…100, null where nothing is known or yet to come. */
  hours: { day: string; scores: (number | null)[] }[];
  /** What is wrong there now, worst first. */
  now: Alert[];
  complaints: { at: Iso; category: string | null; text: string | null; answeredAt: Iso | null }[];
}

/** POST /api/subscribers/find {"id"}: the pseudonym that stands in the addresses of pages; 404 when nobody has it. */
export interface FoundSubscriber {
  subscriber: string;
}

/** GET /api/stars/summary?by=tier|area|plan|cell&across=tier&lang= */
export interface StarSummary {
  at: Iso | null;
  people: number;
  meanScore: number | null;
  stars: number | null;
  /** A week of data time earlier; null where that is not known. */
  before: { meanScore: number; stars: number } | null;
  groups: StarGroup[];
  /** Points of 100 by which each dimension moved the mean within a week. */
  moved: { id: Dimension; points: number }[];
  /** Open alerts that cost most stars, worst first. */
  causes: { alert: string; title: string; severity: Severity; people: PeopleCount; points: number }[];
  /** Strength of the link from the network dimension to what people say and do: of people who left or were dissatisfied. */
  evidence: LinkEvidence[];
}

export interface StarGroup {
  key: string;
  /** For people; the key where there is nothing better. */
  name: string;
  people: PeopleCount;
  /** Null where the group is too small to be shown. */
  meanScore: number | null;
  stars: number | null;
  /** In stars, against a week earlier. */
  change: number | null;
  /** Mean stars of the last 28 days, oldest first. */
  history: (number | null)[];
  /** With `across`: the same people by the second key, in the order of `StarSummary.groups` of that key. */
  across?: { key: string; people: PeopleCount; stars: number | null }[];
}

export interface LinkEvidence {
  outcome: 'left' | 'dissatisfied';
  measure: 'network' | 'complaints';
  people: number;
  /** Of them with that outcome. */
  cases: number;
  /** Area under the ROC curve with its 95 % interval; 0.5 says nothing. */
  auc: number;
  low: number;
  high: number;
  strength: 'not-shown' | 'weak' | 'moderate' | 'strong';
  text: string;
}

/** GET /api/stars/at-risk: who may fall below two stars within a week. Single people only for the care role. */
export interface StarsAtRisk {
  at: Iso | null;
  people: PeopleCount;
  before: PeopleCount | null;
  groups: { key: string; name: string; people: PeopleCount; highTier: PeopleCount; help: string | null }[];
  subscribers?: {
    subscriber: string;
    tier: string | null;
    stars: number;
    outlookScore: number;
    priority: number;
    why: string;
  }[];
}

/** GET /api/subscribers/audit?limit=, newest first: who looked up whom. */
export interface LookUpList {
  lookUps: { at: Iso; role: string; subscriber: string }[];
}

/** POST /api/backtest: would it have fired? Times in ISO 8601 or `now-7d`; neither cells nor site: the whole network. */
export interface BacktestAsk {
  from: string;
  to: string;
  cells?: string[];
  site?: string;
  /** `drop_rate_pct > 2 for 2 of 3 and active_users > 20`; without one the detector is asked. */
  rule?: string;
  /** Other settings of the detector's profile, by name. */
  set?: Record<string, number>;
}

/** One time that it would have fired, or did. */
export interface BacktestFiring {
  kind: AlertKind;
  from: Iso;
  /** Null while it lasts. */
  to: Iso | null;
  kpi: string | null;
  /** The value of the KPI at its worst; of an alert that did fire, the newest that it stood on. */
  peak: number | null;
  /** Why it would have fired; of an alert that did, its title. */
  text: string;
  /** Of what did fire. */
  alert?: string;
}

/** On both sides, or on one alone. One that covers several of the other side stands beside each of them. */
export interface BacktestRow {
  outcome: 'both' | 'only-would' | 'only-did';
  cell: string;
  would: BacktestFiring | null;
  did: BacktestFiring | null;
}

export interface BacktestSide {
  /** Alerts that did fire, or times that it would have; one of several cells is one, and parts of a wider alert count with it. */
  fired: number;
  aDay: number;
  /** Null where nothing was measured. */
  aThousandCellDays: number | null;
}

export interface BacktestAnswer {
  /** The rule as it was read, or name and profile version of the detector. */
  judge: string;
  from: Iso;
  to: Iso;
  cells: number;
  /** Days of cells that were measured within from and to. */
  cellDays: number;
  readings: { judged: number; suspect: number; late: number };
  /** Days of data before `from` that the detector learned from; null for a rule. */
  learnedDays: number | null;
  /** IANA name of the zone that days and times without an offset go by. */
  zone: string;
  would: BacktestSide;
  did: BacktestSide;
  /** Alerts that did fire and would have: with `onlyDid` all that did. */
  both: number;
  /** Of those that would have fired: beside no alert on any of its cells. */
  onlyWould: number;
  onlyDid: number;
  /** Cell by cell, by time; at most so many of each outcome as the server gives. */
  rows: BacktestRow[];
  leftOff: number;
}

/** Lines of POST /api/backtest with `Accept: application/x-ndjson`; days of cells that are read, of all. */
export type BacktestMessage =
  | { type: 'progress'; done: number; of: number }
  | { type: 'answer'; answer: BacktestAnswer }
  | { type: 'problem'; problem: Problem };

/** POST /api/mutes. Times are data time, ISO 8601 or epoch milliseconds; without an offset the zone's own. */
export interface MuteAsk extends MuteScope {
  from: Iso | number;
  to: Iso | number;
  /** The same local times again, each day or week, with windows that begin by `until`. */
  repeat?: Repeat;
  until?: Iso | number;
  reason: string;
  by?: string;
}

/** Answers it. `unknown`: cells, the site and the area that nothing has named yet. */
export interface MadeMute {
  id: string;
  unknown?: string[];
}

export interface Mute extends MuteScope {
  id: string;
  from: Iso;
  to: Iso;
  repeat?: Repeat;
  until?: Iso;
  reason: string;
  by: string;
  role: string;
  /** Wall time. */
  madeAt: Iso;
  state: MuteState;
  /** The open window, else the next, else the last one. */
  window: { from: Iso; to: Iso };
  /** Alerts that it holds back now, and the worst of them. */
  holds: number;
  worst?: Severity;
  /** Data time at which it was ended by hand, and who did so, in wall time. */
  endedAt?: Iso;
  ended?: { at: Iso; by: string; role: string; atOnce: boolean };
}

/** GET /api/mutes, the newest first; `at`: data time that windows are measured by. */
export interface MuteList {
  at: Iso | null;
  mutes: Mute[];
  nextCursor?: string;
}

/** Every error answer (RFC 9457 problem details). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** To quote when asking for help; also in the server's log. */
  instance?: string;
}

/** Messages of GET /api/live, JSON text unless said otherwise. */
export type LiveMessage =
  | { type: 'hello'; seq: number; version: string; dataAt: Iso | null; zone: string; cells: number; lang: 'en' | 'zh' }
  | { type: 'alert'; seq: number; alert: Alert }
  | { type: 'cells'; seq: number; at: Iso | null; cells: { id: string; health: Health; at: Iso | null }[] }
  | { type: 'inventory'; seq: number; cells: number }
  | { type: 'resync'; seq: number };

/** A cell by its capacity; `people` as with alerts, absent while none are known. */
export interface CapacityRow extends CapacityOutlook<string> {
  name: string;
  nameZh?: string | undefined;
  area?: string | undefined;
  areaZh?: string | undefined;
  lat: number | null;
  lon: number | null;
  people?: PeopleCount;
  starsAtRisk?: number;
  /** While it is learned: END of the day from which on something can be said of it, if days go on as they do; else null. */
  tellsFrom: string | null;
}

/** `GET /api/capacity`: full cells first, then by the date on which they will be. */
export interface CapacityAnswer {
  /** End of the newest day that is judged; null without any. */
  at: string | null;
  /** Days that must be known of a cell before anything is said of it, and the most that are known of one. */
  daysNeeded: number;
  daysKnown: number;
  /** While nothing can be said of any cell: END of the day from which on it can, if days go on as they do; else null. */
  tellsFrom: string | null;
  /** Of all cells. */
  counts: Record<CapacityState, number>;
  /** Areas by which cells can be asked for, in order of name. */
  areas: { area: string; areaZh?: string | undefined }[];
  cells: CapacityRow[];
  nextCursor: string | null;
}

/** `GET /api/capacity/:cell`; times in `days` and `forecast` are epoch milliseconds, END of the day. */
export interface CapacityCourseAnswer extends Pick<CapacityCourse, 'days' | 'forecast'> {
  outlook: CapacityRow;
}

/** `GET /api/detection`: how the detector judges. Rates are a day, over the last four weeks, older days fading. */
export interface DetectionAnswer {
  /** Findings name it: `seasonal@5+alertsPerDay=50`. */
  detector: string;
  /** Settings that differ from those that ship. */
  settings: { name: string; value: number; shipped: number }[];
  budget: {
    cells: number;
    /** Findings that this network is willing to look at; `alertsPerDay` is told for 100,000 cells. */
    allowedPerDay: number;
    /** Anomalies that began, whatever their cause; null until a day is over. */
    begunPerDay: number | null;
    /** Those that chance brings about; null until that can be told. */
    expectedByChancePerDay: number | null;
    /** The strength that an anomaly must reach: 1 as shipped, at most `highestLine`. */
    line: number;
    highestLine: number;
    /** Whether chance stays within what is allowed; null until that can be told. */
    met: boolean | null;
    /** Days of data that this rests on. */
    days: number;
    /** Data time from which it can be told; null once it can, and with too few cells for it. */
    learnsUntil: Iso | null;
  };
  /** Values out of line that were let pass, by why, since learning began. */
  excused: Record<Excuse, number>;
  /** Series watched, and how many of them know only hard lines yet. */
  learning: { series: number; cold: number };
}
