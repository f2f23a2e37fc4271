// The signs that causes are told by: what can be seen on a cell and around it in one period, each with its figures.

import { findKpi } from '../../model/catalogue.ts';
import type { Moved } from '../../model/explanation.ts';
import type { Said } from '../../model/finding.ts';

/** One cell in the period: its KPIs, and those outside their usual range by id. */
export interface CellScene {
  cell: string;
  kpis: Readonly<Record<string, number>>;
  moved: ReadonlyMap<string, Moved>;
  /** Uplink noise above its usual middle, dB; absent where it is not known. */
  noiseRiseDb?: number;
  isTdd: boolean;
}

/** All that signs are read from. */
export interface Scene {
  own: CellScene;
  /** Of the nearest other sites one cell each, of the same duplex: it hears what this one hears. */
  around: readonly CellScene[];
  /** Other cells of its site: they share its cabinet. */
  site?: readonly CellScene[];
  /** The KPI that leads, where one does. */
  kpi?: string | undefined;
  /** Code of the alert's own sentence: `down`, `sleeping`, `no-readings`, … */
  why: string;
  /** What was usual of the own cell some weeks ago, by KPI: slow decay becomes usual, and shows only against that. */
  longAgo: Readonly<Record<string, number>>;
  /** 0…23, local. */
  hour: number;
  /** The period, and the sunrise nearest to it, epoch milliseconds; absent where it is not known where the cell stands. */
  sunrise?: { at: number; sunriseMs: number };
  /** Breaks in service of the last days that came and went. */
  breaks: number;
  /** The newest change of the cell in the inventory shortly before. */
  change?: { field: string; at: number };
}

export type Sign = keyof typeof SIGNS;

type Read = (scene: Scene) => Said | undefined;

/** Where many cells agree, a rise of this much says something before it leaves the range of any of them; dB. *Default.* */
const SHARED_RISE_DB = 1.5;
/**
 * Of the cells around: from this share on it is not the cell's own trouble. From the other on, over as many sites, no single
 * source can be heard: it is the weather. *Default.*
 */
const SOME_AROUND = 1 / 3;
const WIDE = 0.5;
const LEAST_AROUND = 2;
const LEAST_WIDE = 3;
/** Ducts form over night and dissolve in the morning: hours from sunrise, else, by the clock, local ones. *Default.* */
const DAWN = { from: -6, until: 4 };
const NIGHT_HOURS = { from: 1, until: 9 };
/** Percent of blocks from which a cell counts as full, as operators do. */
const FULL_PCT = 80;
/** Percent of the period on air: from one on nobody notices a break, below the other all do. */
const ON_AIR_PCT = 99.5;
const OFF_AIR_PCT = 98;
/** Breaks that make a fault one that comes and goes. */
const LEAST_BREAKS = 3;

const SIGNS = {
  'noise-up': ({ own }) => went(own, 'ul_interference_dbm', 'up'),
  'noise-up-around': ({ around }) => amongst(around, isNoisy, SOME_AROUND, LEAST_AROUND, 'sign-noise-around'),
  'noise-up-wide': ({ own, around }) =>
    amongst([own, ...around].filter(isTdd), isLouder, WIDE, LEAST_WIDE, 'sign-noise-around'),
  'at-dawn': atDawn,
  'is-tdd': ({ own }) => (own.isTdd ? { code: 'sign-tdd', values: {} } : undefined),
  'clock-lost': ({ own }) => stateOf(own, 'sync_ok'),
  'clock-lost-around': ({ around }) => amongst(around, ({ kpis }) => kpis.sync_ok! < 0.5, 0, 1, 'sign-clock-around'),
  'vswr-up': (scene) => risen(scene, 'vswr_ratio'),
  hot: (scene) => risen(scene, 'temperature_c') ?? hotOnSite(scene),
  'level-down': (scene) => went(scene.own, 'rsrp_dbm', 'down') ?? fallen(scene, 'rsrp_dbm'),
  'quality-down': ({ own }) => went(own, 'sinr_db', 'down'),
  'light-down': (scene) => went(scene.own, 'optical_rx_dbm', 'down') ?? fallen(scene, 'optical_rx_dbm'),
  'loss-up': ({ own }) => went(own, 'packet_loss_pct', 'up'),
  'delay-up': ({ own }) => went(own, 'latency_ms', 'up') ?? went(own, 'rtt_ms', 'up'),
  'speed-down': ({ own }) => went(own, 'dl_throughput_mbps', 'down') ?? went(own, 'ul_throughput_mbps', 'down'),
  'users-up': ({ own }) => went(own, 'active_users', 'up') ?? went(own, 'traffic_gb', 'up'),
  'users-gone': ({ own, why }) => (why === 'sleeping' ? figureOf(own, 'active_users') : undefined),
  'blocks-taken': ({ own }) =>
    went(own, 'prb_util_pct', 'up') ?? (own.kpis.prb_util_pct! >= FULL_PCT ? figureOf(own, 'prb_util_pct') : undefined),
  'setups-fail': ({ own }) => went(own, 'setup_success_pct', 'down') ?? went(own, 'voice_setup_success_pct', 'down'),
  'drops-up': ({ own }) => went(own, 'drop_rate_pct', 'up') ?? went(own, 'voice_drop_pct', 'up'),
  'handovers-fail': ({ own }) => went(own, 'handover_success_pct', 'down'),
  'mains-off': ({ own }) => stateOf(own, 'mains_on'),
  'voltage-down': ({ own }) => went(own, 'supply_voltage_v', 'down'),
  'on-air': ({ own }) => (own.kpis.availability_pct! >= ON_AIR_PCT ? figureOf(own, 'availability_pct') : undefined),
  'off-air': ({ own, why }) =>
    why === 'down' || why === 'site-down' || own.kpis.availability_pct! < OFF_AIR_PCT
      ? figureOf(own, 'availability_pct')
      : undefined,
  unheard: ({ why }) =>
    why === 'no-readings' || why === 'site-silent' ? { code: 'sign-unheard', values: {} } : undefined,
  'comes-and-goes': ({ breaks }) =>
    breaks >= LEAST_BREAKS ? { code: 'sign-breaks', values: { times: breaks } } : undefined,
  changed: ({ change }) =>
    change && { code: 'sign-changed', values: { field: change.field, sinceMs: change.at, at: change.at } },
} satisfies Record<string, Read>;

/** The signs that are there, each as a sentence about its figures. */
export function signsOf(scene: Scene): ReadonlyMap<Sign, Said> {
  const read = Object.entries(SIGNS as Record<Sign, Read>).map(([sign, of]) => [sign as Sign, of(scene)] as const);
  const signs = new Map(read.filter((one): one is [Sign, Said] => one[1] !== undefined));
  if (isUntouchedByNoise(scene)) for (const sign of OF_NOISE) signs.delete(sign);
  return signs;
}

const NOISE = 'ul_interference_dbm';
const OF_NOISE: readonly Sign[] = ['noise-up', 'noise-up-around', 'noise-up-wide'];

/** Most around hear the same noise, and what leads here is as usual there: the noise is not what did it. */
function isUntouchedByNoise({ kpi, around }: Scene): boolean {
  if (kpi === undefined || kpi === NOISE || around.length < LEAST_AROUND) return false;
  const loud = around.filter((one) => isNoisy(one) || isLouder(one));
  return loud.length >= WIDE * around.length && !loud.some(({ moved }) => moved.has(kpi));
}

function atDawn({ hour, sunrise }: Scene): Said | undefined {
  if (!sunrise) {
    const isNight = hour >= NIGHT_HOURS.from && hour < NIGHT_HOURS.until;
    return isNight ? { code: 'sign-night-hour', values: { hour } } : undefined;
  }
  const hours = (sunrise.at - sunrise.sunriseMs) / 3_600_000;
  return hours >= DAWN.from && hours < DAWN.until ? { code: 'sign-at-dawn', values: { ...sunrise } } : undefined;
}

const isTdd = (one: CellScene) => one.isTdd;
const isNoisy = ({ moved }: CellScene) => moved.get('ul_interference_dbm')?.direction === 'up';
const isLouder = ({ noiseRiseDb = 0 }: CellScene) => noiseRiseDb >= SHARED_RISE_DB;

function went({ moved }: CellScene, kpi: string, direction: Moved['direction']): Said | undefined {
  const one = moved.get(kpi);
  return one?.direction === direction ? figures(one) : undefined;
}

const figures = ({ kpi, observed, expected }: Pick<Moved, 'kpi' | 'observed' | 'expected'>): Said => ({
  code: 'sign-moved',
  values: { kpi, observed, expected },
});

/** The value as it stands, with the usual one where it is known. */
function figureOf({ kpis, moved }: CellScene, kpi: string): Said {
  const one = moved.get(kpi);
  if (one) return figures(one);
  const observed = kpis[kpi];
  return { code: 'sign-value', values: observed === undefined ? { kpi } : { kpi, observed } };
}

/** Of what is only 1 or 0. */
function stateOf(own: CellScene, kpi: string): Said | undefined {
  return own.kpis[kpi]! < 0.5 ? figureOf(own, kpi) : undefined;
}

/** Above its usual, above the line that operators run by, or a step above what it was some weeks ago. */
function risen({ own, longAgo }: Scene, kpi: string): Said | undefined {
  const [now, before, known] = [own.kpis[kpi], longAgo[kpi], findKpi(kpi)];
  if (now === undefined || !known) return undefined;
  const moved = went(own, kpi, 'up');
  if (moved) return moved;
  if (before !== undefined && now - before >= known.leastChange)
    return figures({ kpi, observed: now, expected: before });
  return known.line !== undefined && now >= known.line ? figureOf(own, kpi) : undefined;
}

/** The cells of a site share its cabinet, and not each of them has a sensor. */
function hotOnSite(scene: Scene): Said | undefined {
  const { site = [] } = scene;
  return site.map((own) => risen({ ...scene, own, longAgo: {} }, 'temperature_c')).find((said) => said !== undefined);
}

function fallen({ own, longAgo }: Scene, kpi: string): Said | undefined {
  const [now, before, known] = [own.kpis[kpi], longAgo[kpi], findKpi(kpi)];
  if (now === undefined || before === undefined || !known || before - now < known.leastChange) return undefined;
  return figures({ kpi, observed: now, expected: before });
}

/** True of at least this share of the cells, and of so many. */
function amongst(
  all: readonly CellScene[],
  has: (one: CellScene) => boolean,
  share: number,
  least: number,
  code: string,
): Said | undefined {
  const some = all.filter(has).length;
  return some >= least && some >= share * all.length ? { code, values: { cells: some, of: all.length } } : undefined;
}
