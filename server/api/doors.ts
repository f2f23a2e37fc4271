// What the doors need of the house: app.ts hands it in; the api knows no other room.

import type { AlertRecord, AlertState, Audience } from '../model/alert.ts';
import type { CalendarMode } from '../model/calendar.ts';
import type { CapacityState } from '../model/capacity.ts';
import type { CoverageHexagons, CoverageQuery } from '../model/coverage.ts';
import type { LinePrecision } from '../model/line-protocol.ts';
import type { MuteState } from '../model/mute.ts';
import type { PeopleKind } from '../model/person.ts';
import type { PredictionQuery } from '../model/prediction-record.ts';
import type { Receipt } from '../model/rejection.ts';
import type {
  Alert,
  AlertAct,
  AlertExplanation,
  BacktestAnswer,
  BacktestAsk,
  CalendarList,
  CalendarReceipt,
  CapacityAnswer,
  CapacityCourseAnswer,
  CellDetail,
  CellTimingAdvance,
  CoverageAreaList,
  CoverageSliceList,
  DetectionAnswer,
  DispatchAnswer,
  FoundSubscriber,
  HealthAnswer,
  InventoryList,
  InventoryReceipt,
  KpiList,
  LookUpList,
  MadeMute,
  ModelList,
  Mute,
  MuteAsk,
  MuteList,
  PersonStar,
  PredictionList,
  PredictionRecord,
  PredictionRow,
  RejectionList,
  RemovedDay,
  RemovedSource,
  RollbackAsk,
  Series,
  SourceList,
  StarSummary,
  StarsAtRisk,
  VisitAct,
} from './contract.ts';

export type Lang = 'en' | 'zh';

/** One body that came in by a door. */
export interface Delivery {
  bytes: Uint8Array;
  /** Media type without parameters, lower case. */
  type: string;
  /** Encoding as the Content-Type names it. */
  charset?: string;
  /** Sender as `?source=` names it. */
  source?: string;
  /** Stands for the sender where neither `?source=` nor the content names one. */
  via?: string;
}

export interface SeriesAsk {
  kpi: string;
  from?: string;
  to?: string;
  step?: string;
}

/** What a request for rejections asks for, times still as text: wall time. */
export interface RejectionAsk {
  limit: number;
  cursor?: string;
  source?: string;
  reason?: string;
  from?: string;
  to?: string;
  /** The caller may see pieces of what senders wrote; others get our words for the reason. */
  withText: boolean;
}

/** Local dates, both inclusive, still as text. */
export interface CalendarAsk {
  limit: number;
  cursor?: string;
  from?: string;
  to?: string;
}

/** What a request for coverage asks for, times still as text. */
export interface CoverageAsk extends Omit<CoverageQuery, 'from' | 'to'> {
  from?: string;
  to?: string;
  /** Degrees. */
  bounds?: { west: number; south: number; east: number; north: number };
}

export const STAR_KEYS = ['tier', 'area', 'plan', 'cell'] as const;

export interface StarSummaryAsk {
  by: (typeof STAR_KEYS)[number];
  across?: 'tier';
}

/** A backtest that may begin: nobody else's does until this one has run. */
export interface OpenedBacktest {
  /**
   * Days of cells that are read, and of how many, are told as it goes on. Rejects when the signal ends it, and with an
   * ApiError when the store is away. To be called once.
   */
  run(progress: (done: number, of: number) => void, signal: AbortSignal): Promise<BacktestAnswer>;
}

export interface MuteListAsk {
  /** `standing`: all that are not over. */
  state: MuteState | 'standing' | 'all';
  limit: number;
  cursor?: string;
}

export interface EndMuteAsk {
  by?: string;
  role: string;
  /** What it holds back is told now, without a grace. */
  atOnce: boolean;
}

/** `day`: a local date, still as text; without one today by data time. */
export interface DispatchAsk {
  day?: string;
  limit: number;
}

export type ActName = 'acknowledge' | 'assign' | 'comment' | 'clear';

/** Which cells by their capacity; `area` as the inventory names it, `cursor` the number of rows before. */
export interface CapacityAsk {
  states: readonly CapacityState[];
  area?: string | undefined;
  limit: number;
  cursor: number;
}

export interface Doors {
  takeReadings(delivery: Delivery): Promise<Receipt>;
  takePm(delivery: Delivery): Promise<Receipt>;
  /** Readings as a table. */
  takeCsv(delivery: Delivery): Promise<Receipt>;
  /** Line protocol; without a precision the size of its times tells it. */
  takeLines(delivery: Delivery, precision: LinePrecision | undefined): Promise<Receipt>;
  /** ONAP VES events. */
  takeEvents(delivery: Delivery): Promise<Receipt>;
  takeSamples(delivery: Delivery): Promise<Receipt>;
  /** Measurement reports of phones; no answer and no rejection repeats anything of what was sent. */
  takeReports(delivery: Delivery): Promise<Receipt>;
  /** No answer and no rejection repeats anything of what was sent. */
  takePeople(delivery: Delivery, kind: PeopleKind): Promise<Receipt>;
  takeInventory(delivery: Delivery, mode: 'merge' | 'full'): Promise<InventoryReceipt>;

  takeCalendar(delivery: Delivery, mode: CalendarMode): Promise<CalendarReceipt>;
  /** Throws ApiError when the question cannot be understood, as the next does. */
  calendar(ask: CalendarAsk): CalendarList;
  /** The day that was taken back; undefined where there is none of this date and area. */
  takeBackDay(date: string, area: string | undefined): Promise<RemovedDay | undefined>;

  /** The JSON of a `CellList`. */
  cells(page: { limit: number; cursor?: string }): Uint8Array;
  inventory(page: { limit: number; cursor?: string }): InventoryList;
  /** Undefined when no such cell is known. */
  cell(id: string, lang: Lang): Promise<CellDetail | undefined>;
  /** Throws ApiError when the question cannot be understood. */
  series(id: string, ask: SeriesAsk): Promise<Series | undefined>;

  alerts(ask: {
    state: AlertState | 'all' | undefined;
    audience?: Audience;
    /** Without it the list of all has muted ones too, any other has none. */
    muted?: boolean | 'all';
    /** Most urgent for people first, instead of newest. */
    sort?: 'impact';
    limit: number;
    cursor?: string;
  }): Promise<{ alerts: AlertRecord[]; nextCursor?: string }>;
  alert(id: string): Promise<AlertRecord | undefined>;
  /** Undefined when no such alert is known. */
  explanation(id: string, lang: Lang): Promise<AlertExplanation | undefined>;
  act(id: string, name: ActName, act: AlertAct): Promise<AlertRecord | undefined>;
  mutes(ask: MuteListAsk): MuteList;
  /** Throws ApiError when its times cannot be, or too many stand. */
  mute(ask: MuteAsk, role: string): Promise<MadeMute>;
  /** Undefined when there is none of this id. Throws ApiError when it is over. */
  endMute(id: string, ask: EndMuteAsk): Promise<Mute | undefined>;
  /** An alert with its sentences. */
  tell(alert: AlertRecord, lang: Lang): Alert;

  /** Undefined when no such cell is known and no report names it. Throws ApiError when the question cannot be understood. */
  timingAdvance(id: string, ask: { from?: string; to?: string }, lang: Lang): Promise<CellTimingAdvance | undefined>;

  /** Throws ApiError when the cursor is none of ours. */
  capacity(ask: CapacityAsk): Promise<CapacityAnswer>;
  capacityCsv(ask: CapacityAsk): Promise<string>;
  /** Undefined for a cell of which no day is known. */
  capacityCourse(id: string): Promise<CapacityCourseAnswer | undefined>;

  predictions(query: PredictionQuery, lang: Lang): Promise<PredictionList>;
  predictionRecord(lang: Lang): PredictionRecord;
  models(lang: Lang): ModelList;
  /** Begins a training in the background, unless one runs. */
  trainModels(lang: Lang): ModelList;
  rollBackModels(ask: RollbackAsk, lang: Lang): Promise<ModelList>;
  /** Undefined when no such prediction is known. Throws ApiError when it was told before. */
  tellOutcome(id: string, visit: VisitAct, lang: Lang): Promise<PredictionRow | undefined>;
  /** These throw ApiError when the day cannot be understood. */
  dispatch(ask: DispatchAsk, lang: Lang): DispatchAnswer;
  dispatchCsv(ask: DispatchAsk, lang: Lang): string;
  dispatchHtml(ask: DispatchAsk, lang: Lang): string;

  coverageSlices(): Promise<CoverageSliceList>;
  /** In the order in which they are worth mending. Throws ApiError when the question cannot be understood. */
  coverageAreas(ask: CoverageAsk, lang: Lang): Promise<CoverageAreaList>;
  coverageHexagons(ask: CoverageAsk & { resolution: number; most: number }): Promise<CoverageHexagons>;
  coverageReport(ask: CoverageAsk, lang: Lang, form: 'csv' | 'geojson' | 'html'): Promise<string>;

  /** One person; undefined when nobody has this id or pseudonym. The look-up is audited under the caller's role. */
  star(id: string, role: string, lang: Lang): Promise<PersonStar | undefined>;
  findSubscriber(id: string, role: string): Promise<FoundSubscriber | undefined>;
  starSummary(ask: StarSummaryAsk, lang: Lang): Promise<StarSummary>;
  /** Single people only where `single`. */
  starsAtRisk(single: boolean, lang: Lang): Promise<StarsAtRisk>;
  /** Who looked up whom, newest first. */
  lookUps(limit: number): Promise<LookUpList>;

  /** Throws ApiError when the question cannot be understood, is too large, or another backtest runs. */
  openBacktest(ask: BacktestAsk, lang: Lang): Promise<OpenedBacktest>;

  detection(): Promise<DetectionAnswer>;

  health(): Promise<HealthAnswer>;
  kpis(): KpiList;
  /** `withText` as in `RejectionAsk`. */
  sources(withText: boolean): SourceList;
  /** Undefined when there is none of this id. Throws ApiError while it still sends. */
  removeSource(id: string): Promise<RemovedSource | undefined>;
  /** Throws ApiError when the question cannot be understood. */
  rejections(ask: RejectionAsk): Promise<RejectionList>;
  rejectionsCsv(ask: RejectionAsk): Promise<string>;
  /** In Prometheus text format. */
  metrics(): Promise<string>;
}
