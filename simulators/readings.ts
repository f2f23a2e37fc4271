// What the counters of a cell show for one period: from users and condition to the KPIs that are sent, sampling noise included.

import { ASLEEP, DOWN, type Effects, SLEEPING, WORKS } from './effects.ts';
import type { Random } from './random.ts';
import type { Sensors } from './sensors.ts';
import type { CityCell } from './world/city.ts';

/** KPI ids in the order of a row, with the decimals that are sent. Ratios are left to the receiver: counts only. */
export const SENT = [
  { kpi: 'availability_pct', decimals: 2 },
  { kpi: 'setup_attempts', decimals: 0 },
  { kpi: 'setup_successes', decimals: 0 },
  { kpi: 'session_releases', decimals: 0 },
  { kpi: 'abnormal_releases', decimals: 0 },
  { kpi: 'handover_attempts', decimals: 0 },
  { kpi: 'handover_successes', decimals: 0 },
  { kpi: 'dl_throughput_mbps', decimals: 2 },
  { kpi: 'ul_throughput_mbps', decimals: 2 },
  { kpi: 'latency_ms', decimals: 1 },
  { kpi: 'packet_loss_pct', decimals: 3 },
  { kpi: 'prb_util_pct', decimals: 1 },
  { kpi: 'active_users', decimals: 1 },
  { kpi: 'traffic_gb', decimals: 3 },
  { kpi: 'ul_interference_dbm', decimals: 1 },
  { kpi: 'temperature_c', decimals: 1 },
  { kpi: 'fault_unavail_s', decimals: 0 },
  { kpi: 'planned_unavail_s', decimals: 0 },
  { kpi: 'saving_s', decimals: 0 },
  { kpi: 'vswr_ratio', decimals: 2 },
  { kpi: 'supply_voltage_v', decimals: 1 },
  { kpi: 'mains_on', decimals: 0 },
  { kpi: 'optical_rx_dbm', decimals: 1 },
  { kpi: 'sync_ok', decimals: 0 },
] as const;

type SentKpi = (typeof SENT)[number]['kpi'];
const COLUMN = Object.fromEntries(SENT.map(({ kpi }, index) => [kpi, index])) as Record<SentKpi, number>;

/** What surrounds a cell in one period. */
export interface Circumstances {
  /** Of the cell, in the effects and sensors. */
  index: number;
  effects: Effects;
  sensors: Sensors;
  /** Expected active users. */
  users: number;
  /** Slow wander of the uplink noise, dB. */
  noiseDb: number;
  /** Air temperature outside the cabinet, °C. */
  outdoorC: number;
  periodSeconds: number;
}

const SETUPS_PER_USER_SECOND = 1 / 180;
/** Interference of this lift hurts as much as any. */
const WORST_LIFT_DB = 18;
/** Light at the receiver of a sound line, dBm. */
const LIGHT_DBM = -9;
/** Looking past the users costs so much for each degree squared, dB. */
const TILT_LOSS_DB = 0.12;
/** Blocks used by signalling when nobody is there. */
const IDLE_LOAD = 0.03;

/** Fills `row` (as long as SENT) for one cell and period; NaN is "not measured" and is not sent. */
export function measure(own: CityCell, around: Circumstances, random: Random, row: Float64Array): void {
  row.fill(Number.NaN);
  const state = around.effects.state[around.index]!;
  if (state === DOWN || state === WORKS || state === ASLEEP) measureOffAir(state, around, row);
  else if (state === SLEEPING) measureSleeping(own, around, random, row);
  else measureOnAir(own, around, random, row);
  measureCabinet(around, random, row);
}

/** What the equipment tells of itself, on air or not, where it has the sensor. */
function measureCabinet({ index, effects, sensors, outdoorC }: Circumstances, random: Random, row: Float64Array): void {
  const load = row[COLUMN.prb_util_pct]! / 100;
  const warmth = Number.isNaN(load) ? 4 : 11 + 5 * load;
  const noise = random.normal();
  if (sensors.temperature[index]) row[COLUMN.temperature_c] = outdoorC + warmth + effects.heatC[index]! + 0.3 * noise;
  if (sensors.vswr[index] && !Number.isNaN(load)) {
    row[COLUMN.vswr_ratio] = Math.max(1, effects.vswr[index]! + 0.02 * random.normal());
  }
  if (sensors.power[index]) {
    row[COLUMN.supply_voltage_v] = effects.supplyV[index]! + 0.1 * random.normal();
    row[COLUMN.mains_on] = effects.mainsOn[index]!;
  }
  if (sensors.optical[index])
    row[COLUMN.optical_rx_dbm] = LIGHT_DBM + effects.opticalDb[index]! + 0.15 * random.normal();
  if (sensors.sync[index]) row[COLUMN.sync_ok] = 1 - effects.syncOff[index]!;
}

/** Off air: no users, no attempts, and nothing that could be measured by their means. */
function measureOffAir(state: number, { periodSeconds }: Circumstances, row: Float64Array): void {
  row[COLUMN.availability_pct] = state === ASLEEP ? 100 : 0;
  measureNobody(row);
  const reason = state === DOWN ? 'fault_unavail_s' : state === WORKS ? 'planned_unavail_s' : 'saving_s';
  row[COLUMN[reason]] = periodSeconds;
}

function measureNobody(row: Float64Array): void {
  row[COLUMN.setup_attempts] = 0;
  row[COLUMN.session_releases] = 0;
  row[COLUMN.handover_attempts] = 0;
  row[COLUMN.active_users] = 0;
  row[COLUMN.traffic_gb] = 0;
}

/** It believes that it is well: only nobody comes. */
function measureSleeping({ carrier }: CityCell, { noiseDb }: Circumstances, random: Random, row: Float64Array): void {
  row[COLUMN.availability_pct] = 100;
  measureNobody(row);
  row[COLUMN.prb_util_pct] = 100 * IDLE_LOAD;
  row[COLUMN.ul_interference_dbm] = carrier.quietNoiseDbm + noiseDb + 0.5 * random.normal();
}

/** How much worse than usual each direction is, 0 … 1: by noise, and by what is lost on the way or looks past the users. */
interface Hurt {
  down: number;
  up: number;
}

function hurtOf({ index, effects }: Circumstances): Hurt {
  const pastDb = Math.min(8, TILT_LOSS_DB * effects.tiltDeg[index]! ** 2);
  const down = effects.dlLossDb[index]! + pastDb;
  const up = effects.ulLossDb[index]! + pastDb;
  const noise = effects.ulNoiseDb[index]!;
  const part = (db: number) => Math.min(1, Math.max(-0.1, db / WORST_LIFT_DB));
  return { down: part(0.45 * noise + down), up: part(noise + up) };
}

function measureOnAir(own: CityCell, around: Circumstances, random: Random, row: Float64Array): void {
  const { carrier, quality } = own;
  const { periodSeconds, effects, index } = around;
  const hurt = hurtOf(around);
  const users = random.poisson(4 * around.users) / 4;
  const load = Math.min(0.99, IDLE_LOAD + (1 - IDLE_LOAD) * (1 - Math.exp(-users / carrier.fullUsers)));
  const offered = (load - IDLE_LOAD) * carrier.capacityMbps * quality * (1 - 0.45 * hurt.down);
  const carried = Math.min(offered, effects.backhaulMbps[index]!);
  row[COLUMN.availability_pct] = 100;
  row[COLUMN.active_users] = users;
  row[COLUMN.prb_util_pct] = 100 * load;
  row[COLUMN.traffic_gb] = (carried * periodSeconds * wobble(random, 0.05)) / 8000;
  row[COLUMN.ul_interference_dbm] =
    carrier.quietNoiseDbm + 4 * load + around.noiseDb + effects.ulNoiseDb[index]! + 0.5 * random.normal();
  measureSpeed(own, around, load, hurt, carried / Math.max(offered, 1e-9), random, row);
  measureCounts(own, around, load, hurt, random, row);
}

/**
 * Speed falls with load as in real LTE cells (to about a fifth when full); without users nothing is measured.
 * `share` is what the backhaul lets through of what is asked for.
 */
function measureSpeed(
  { carrier, quality }: CityCell,
  { effects, index }: Circumstances,
  load: number,
  hurt: Hurt,
  share: number,
  random: Random,
  row: Float64Array,
): void {
  if (row[COLUMN.active_users] === 0) return;
  const room = (1 - 0.8 * load) * quality;
  const queue = load / (1.12 - load);
  const wait = effects.backhaulDelayMs[index]! + 30 * (1 - share);
  const lost = 100 * effects.backhaulLoss[index]! + 2 * (1 - share);
  // A lossy way slows every transfer down (throughput of TCP falls with the root of the loss).
  const way = share / (1 + 6 * Math.sqrt(effects.backhaulLoss[index]!));
  row[COLUMN.dl_throughput_mbps] =
    Math.min(carrier.emptyDlMbps * room * (1 - 0.85 * hurt.down) * way, effects.backhaulMbps[index]!) *
    wobble(random, 0.05);
  row[COLUMN.ul_throughput_mbps] = carrier.emptyUlMbps * room * (1 - 0.75 * hurt.up) * way * wobble(random, 0.05);
  row[COLUMN.latency_ms] = (carrier.emptyLatencyMs * (1 + 0.12 * queue + 0.6 * hurt.up) + wait) * wobble(random, 0.03);
  row[COLUMN.packet_loss_pct] = Math.min(
    100,
    (0.06 + 0.25 * load ** 4 + 1.2 * Math.max(0, hurt.up) + lost) * wobble(random, 0.15),
  );
}

/** Counts are drawn, so that ratios over few attempts are as noisy as they are in life. */
function measureCounts(
  own: CityCell,
  { users, periodSeconds, effects, index }: Circumstances,
  load: number,
  hurt: Hurt,
  random: Random,
  row: Float64Array,
): void {
  const setups = users * periodSeconds * SETUPS_PER_USER_SECOND;
  const crowding = Math.max(0, load - 0.8) / 0.2;
  const bad = Math.max(0, hurt.up, hurt.down);
  const chance = (value: number) => Math.min(1, value);
  const attempts = random.poisson(setups);
  const successes =
    attempts - random.binomial(attempts, chance(0.004 + 0.02 * crowding + 0.035 * bad + effects.setupFail[index]!));
  // Sessions that end are as many as begin: operators' drop rates rest on that.
  const releases = successes;
  const handovers = random.poisson(setups * own.scenario.handoversPerSession);
  const drops = (0.0028 + 0.004 * crowding + 0.03 * bad) / own.quality + effects.dropFail[index]!;
  row[COLUMN.setup_attempts] = attempts;
  row[COLUMN.setup_successes] = successes;
  row[COLUMN.session_releases] = releases;
  row[COLUMN.abnormal_releases] = random.binomial(releases, chance(drops));
  row[COLUMN.handover_attempts] = handovers;
  row[COLUMN.handover_successes] =
    handovers - random.binomial(handovers, chance(0.015 + 0.02 * crowding + 0.04 * bad + effects.handoverFail[index]!));
}

/** A factor around 1; held away from zero so that no speed turns negative. */
function wobble(random: Random, spread: number): number {
  return Math.max(0.2, 1 + spread * random.normal());
}
