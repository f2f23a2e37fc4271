// One cause, one alert: what single cells and sites show of a move that a whole region makes stands behind the region's alert.

import type { AlertRecord } from '../model/alert.ts';
import { isActive, withSeverity } from './alert-state.ts';
import { alsoOf, NOISE } from './area.ts';
import { sinceOf, TOGETHER_PERIODS } from './correlate.ts';
import { recovered } from './ending.ts';
import { worst } from './severity.ts';
import { joined, parted } from './widening.ts';

/** What noise in the uplink does to service: told with it, it has the same cause. */
const OF_NOISE = [
  ...['setup_success_pct', 'drop_rate_pct', 'handover_success_pct', 'ul_throughput_mbps', 'dl_throughput_mbps'],
  ...[
    'packet_loss_pct',
    'latency_ms',
    'rtt_ms',
    'sinr_db',
    'voice_setup_success_pct',
    'voice_drop_pct',
    'voice_loss_pct',
  ],
];
/** What lasts for so many periods after the region is well again has a cause of its own. *Default.* */
const OUTLASTS_PERIODS = 4;

/** What wide moves need to know of the alerts in memory. */
export interface WideRooms {
  get(id: string): AlertRecord | undefined;
  /** Active alerts that concern a cell. */
  ofCell(cell: string): AlertRecord[];
  /** Active parts of an alert. */
  partsOf(id: string): AlertRecord[];
}

export interface WideEvent {
  /** END of the period, data time. */
  at: number;
  periodSeconds: number;
  /** Alerts that it has just changed, as they are now. */
  changed: readonly AlertRecord[];
}

/** True of the alert about what many cells do at once; an area that sites were gathered to has the site that it began with. */
export function isWideMove({ kind, scope, siteId }: AlertRecord): boolean {
  return kind === 'anomaly' && scope === 'area' && siteId === undefined;
}

/**
 * What joins a wide move after some alerts changed: trouble on its cells with the KPIs that it moves, which did not begin before
 * it. It is never milder than what stands behind it, and on the night list once that would be.
 *
 * @returns changed alerts only; deterministic
 */
export function joinedToWide(event: WideEvent, rooms: WideRooms, wallMs: number): AlertRecord[] {
  const wides = new Map(event.changed.flatMap((alert) => widesNear(alert, rooms)).map((wide) => [wide.id, wide]));
  return [...wides.values()].flatMap((wide) => {
    const near = isAmong(wide, event.changed) ? wide.cells.flatMap(rooms.ofCell) : event.changed;
    const fresh = [...new Map(near.map((one) => [one.id, one])).values()].filter((one) => belongs(one, wide, event));
    if (fresh.length === 0) return [];
    const parts = fresh.map((one) => joined(one, wide, wallMs));
    return [faced(wide, parts, wallMs), ...parts];
  });
}

/** What no longer belongs to a wide move that is over, because it lasts, with the move itself once nothing stands behind it. */
export function leftOfWide({ at, periodSeconds, changed }: WideEvent, rooms: WideRooms, wallMs: number): AlertRecord[] {
  const lasting = changed.filter(({ partOf }) => {
    const wide = rooms.get(partOf ?? '');
    const calm = wide && isWideMove(wide) ? wide.calm : undefined;
    return calm !== undefined && at > calm.since + OUTLASTS_PERIODS * periodSeconds * 1000;
  });
  return lasting.filter(isActive).map((alert) => parted(alert, wallMs));
}

/** A wide move that is well, and so is all that stood behind it. The same object while something still does. */
export function overIfAlone(wide: AlertRecord, rooms: WideRooms, wallMs: number): AlertRecord {
  const isOver = isWideMove(wide) && wide.calm && rooms.partsOf(wide.id).length === 0;
  return isOver ? recovered(wide, wide.calm!.since, wallMs) : wide;
}

const isAmong = ({ id }: AlertRecord, alerts: readonly AlertRecord[]) => alerts.some((one) => one.id === id);

/** Wide moves that go on, and are the alert itself or span one of its cells. */
function widesNear(alert: AlertRecord, { ofCell }: WideRooms): AlertRecord[] {
  const near = isWideMove(alert) ? [alert] : alert.cells.flatMap(ofCell);
  return near.filter((one) => isWideMove(one) && isActive(one) && !one.calm);
}

/** What equipment itself says stands apart: `arrange.ts` puts these together. */
function belongs(alert: AlertRecord, wide: AlertRecord, { periodSeconds }: WideEvent): boolean {
  const isOwn = alert.kind === 'anomaly' && !isWideMove(alert) && !alert.alarmsOn && !alert.calm;
  if (!isOwn || !isActive(alert) || alert.partOf !== undefined) return false;
  const begun = sinceOf(wide) - TOGETHER_PERIODS * periodSeconds * 1000;
  return sinceOf(alert) >= begun && alert.cells.some((cell) => wide.cells.includes(cell)) && isExplained(alert, wide);
}

function isExplained({ kpi = '', why }: AlertRecord, wide: AlertRecord): boolean {
  const moved = [wide.kpi, ...alsoOf(wide)];
  return moved.includes(kpi) || (moved.includes(NOISE) && OF_NOISE.includes(kpi) && alsoOf({ why }).includes(NOISE));
}

function faced(wide: AlertRecord, parts: readonly AlertRecord[], wallMs: number): AlertRecord {
  const audience = parts.some((part) => part.audience === 'noc') ? 'noc' : wide.audience;
  return withSeverity(
    audience === wide.audience ? wide : { ...wide, audience },
    worst([wide.severity, ...parts.map(({ severity }) => severity)]),
    wallMs,
  );
}
