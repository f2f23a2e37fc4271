// What the doors need of the house: app.ts hands it in; the api knows no other room.

import type { AlertRecord, AlertState } from '../model/alert.ts';
import type { CoverageHexagons, CoverageQuery } from '../model/coverage.ts';
import type { Receipt } from '../model/rejection.ts';
import type {
  Alert,
  AlertAct,
  CellDetail,
  CellList,
  CoverageAreaList,
  CoverageSliceList,
  HealthAnswer,
  InventoryReceipt,
  KpiList,
  RejectionList,
  Series,
  SourceList,
} from './contract.ts';

export type Lang = 'en' | 'zh';

/** One body that came in by a door. */
export interface Delivery {
  bytes: Uint8Array;
  /** Media type without parameters, lower case. */
  type: string;
  /** Sender as `?source=` names it. */
  source?: string;
}

export interface SeriesAsk {
  kpi: string;
  from?: string;
  to?: string;
  step?: string;
}

/** What a request for coverage asks for, times still as text. */
export interface CoverageAsk extends Omit<CoverageQuery, 'from' | 'to'> {
  from?: string;
  to?: string;
  /** Degrees. */
  bounds?: { west: number; south: number; east: number; north: number };
}

export type ActName = 'acknowledge' | 'assign' | 'comment' | 'clear';

export interface Doors {
  takeReadings(delivery: Delivery): Promise<Receipt>;
  takePm(delivery: Delivery): Promise<Receipt>;
  takeSamples(delivery: Delivery): Promise<Receipt>;
  takeInventory(delivery: Delivery, mode: 'merge' | 'full'): Promise<InventoryReceipt>;

  cells(page: { limit: number; cursor?: string }): CellList;
  /** Undefined when no such cell is known. */
  cell(id: string, lang: Lang): Promise<CellDetail | undefined>;
  /** Throws ApiError when the question cannot be understood. */
  series(id: string, ask: SeriesAsk): Promise<Series | undefined>;

  alerts(ask: {
    state: AlertState | 'all' | undefined;
    limit: number;
    cursor?: string;
  }): Promise<{ alerts: AlertRecord[]; nextCursor?: string }>;
  alert(id: string): Promise<AlertRecord | undefined>;
  act(id: string, name: ActName, act: AlertAct): Promise<AlertRecord | undefined>;
  /** An alert with its sentences. */
  tell(alert: AlertRecord, lang: Lang): Alert;

  coverageSlices(): Promise<CoverageSliceList>;
  /** In the order in which they are worth mending. Throws ApiError when the question cannot be understood. */
  coverageAreas(ask: CoverageAsk, lang: Lang): Promise<CoverageAreaList>;
  coverageHexagons(ask: CoverageAsk & { resolution: number; most: number }): Promise<CoverageHexagons>;
  coverageReport(ask: CoverageAsk, lang: Lang, form: 'csv' | 'geojson' | 'html'): Promise<string>;

  health(): Promise<HealthAnswer>;
  kpis(): KpiList;
  sources(): SourceList;
  rejections(page: { limit: number; cursor?: string }): Promise<RejectionList>;
}
