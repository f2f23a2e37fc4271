// Every answer and message of the doors, as types; the web knows the server through this file alone.

import type { AlertEvent, AlertKind, AlertScope, AlertState, Audience } from '../model/alert.ts';
import type { Cell } from '../model/cell.ts';
import type { Evidence } from '../model/finding.ts';
import type { Health, Severity } from '../model/health.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Receipt, Rejection } from '../model/rejection.ts';

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
  kpi?: string;
  raisedAt: Iso;
  changedAt: Iso;
  clearedAt?: Iso;
  toldAt?: Iso;
  count: number;
  title: string;
  evidence: Evidence;
  why: string;
  wouldClear: string;
  acknowledgedBy?: string;
  assignedTo?: string;
  history: (Omit<AlertEvent, 'at'> & { at: Iso })[];
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

/** GET /api/cells/:id */
export interface CellDetail extends CellRow {
  /** What the inventory says; null for an unplaced cell. */
  cell: Cell | null;
  periodSeconds: number | null;
  suspect: boolean;
  source: string | null;
  alerts: Alert[];
  /** The usual range now, by KPI. */
  usual: Record<string, { low: number; mid: number; high: number }>;
  /** Newest raw counters, as the sender named them. */
  counters: Record<string, number>;
  /** How each KPI of this cell was made. */
  lineage: Record<string, { variant: string; source: string; expression: string; counters: Record<string, number> }>;
}

/**
 * GET /api/cells/:id/series; times in epoch milliseconds, null where nothing was measured. Raw while there are at most
 * 1,000 points; else buckets `(start, end]` named by their END, aligned to whole steps since 1970 UTC.
 */
export interface Series {
  kpi: string;
  unit: string;
  /** Seconds between points; 0 when raw. */
  step: number;
  points: [number, number | null][];
  band: [number, number, number][];
  forecast: [number, number, number, number][];
  marks: { at: number; kind: 'alert' | 'planned' | 'suspect'; severity?: Severity; id?: string; until?: number }[];
}

/** GET /api/kpis: the catalogue. */
export interface KpiList {
  kpis: Kpi[];
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
  sources: number;
  openAlerts: number;
  byHealth: Record<Health, number>;
  journal: { head: number; bytes: number; maxBytes: number; behind: Record<string, number> };
  store: { name: string; ok: boolean; bytes?: number; error?: string };
  /** `unwatched`: rows of cells for which the detector had no room. */
  detector: { version: string; cells: number; series: number; bytes: number; unwatched: number };
  inbox: { folder: string; waiting: number };
  access: 'loopback' | 'tokens';
}

/** GET /api/sources */
export interface SourceList {
  sources: { id: string; newestAt: Iso | null; heardAt: Iso; readings: number; rejected: number; quiet: boolean }[];
}

/** GET /api/rejections, newest first. */
export interface RejectionList {
  rejections: (Rejection & { at: Iso; source: string })[];
  nextCursor?: string;
  total: number;
}

/** PUT /api/inventory answers this, and `retired` with `?mode=full`. */
export type InventoryReceipt = Receipt & { retired?: number };

/** POST /api/alerts/:id/(acknowledge|assign|comment|clear) */
export interface AlertAct {
  by?: string;
  comment?: string;
  assignee?: string;
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
