// What the counters of a cell show for one period: from users, reception and condition to the KPIs that are sent, sampling noise included.

import { ASLEEP, DOWN, type Effects, SLEEPING, WORKS } from './effects.ts';
import { IDLE_LOAD, loadOf } from './radio/reception.ts';
import type { Service } from './radio/users.ts';
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
  { kpi: 'rsrp_dbm', decimals: 1 },
  { kpi: 'sinr_db', decimals: 1 },
  { kpi: 'cqi_mean', decimals: 2 },
] as const;

type SentKpi = (typeof SENT)[number]['kpi'];
const COLUMN = Object.fromEntries(SENT.map(({ kpi }, index) => [kpi, index])) as Record<SentKpi, number>;

/** What surrounds a cell in one period. */
export interface Circumstances {
  /** Of the cell, in the effects and sensors. */
  index: number;
  effects: Effects;
  sensors: Sensors;
  /** Expected active users, and how they fare. */
  users: number;
  service: Service;
  /** Slow wander of the uplink noise, dB. */
  noiseDb: number;
  /** Air temperature outside the cabinet, °C. */
  outdoorC: number;
  periodSeconds: number;
}

const SETUPS_PER_USER_SECOND = 1 / 180;
/** Light at the receiver of a sound line, dBm. */
const LIGHT_DBM = -9;
/** Chance that a session drops, or does not come about, for each connection that does not hold. */
const LOST_COUNTS = 0.12;
/** Above this share of blocks users feel that there are too many. */
const CROWDED_FROM = 0.8;

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

function measureOnAir(own: CityCell, around: Circumstances, random: Random, row: Float64Array): void {
  const { carrier } = own;
  const { periodSeconds, effects, index, service } = around;
  const users = random.poisson(4 * around.users) / 4;
  const load = loadOf(users, carrier.fullUsers, service.planned);
  const offered = (load - IDLE_LOAD) * carrier.capacityMbps * service.down;
  const carried = Math.min(offered, effects.backhaulMbps[index]!);
  row[COLUMN.availability_pct] = 100;
  row[COLUMN.active_users] = users;
  row[COLUMN.prb_util_pct] = 100 * load;
  row[COLUMN.traffic_gb] = (carried * periodSeconds * wobble(random, 0.05)) / 8000;
  row[COLUMN.ul_interference_dbm] =
    carrier.quietNoiseDbm + 4 * load + around.noiseDb + effects.ulNoiseDb[index]! + 0.5 * random.normal();
  measureReports(own, service, users, random, row);
  measureSpeed(own, around, load, carried / Math.max(offered, 1e-9), random, row);
  measureCounts(own, around, load, random, row);
}

/** Means over what devices report; the fewer they are, the more the mean jumps. */
function measureReports(
  { carrier: { radio } }: CityCell,
  { rsrpDbm, sinrDb, cqi }: Service,
  users: number,
  random: Random,
  row: Float64Array,
): void {
  if (users === 0) return;
  const jump = 0.2 + 2 / Math.sqrt(1 + users);
  row[COLUMN.rsrp_dbm] = Math.max(-140, Math.min(-44, rsrpDbm + jump * random.normal()));
  row[COLUMN.sinr_db] = Math.max(-23, Math.min(30, sinrDb) + 0.5 * jump * random.normal());
  if (radio === 'LTE') row[COLUMN.cqi_mean] = Math.max(0, Math.min(15, cqi + 0.2 * jump * random.normal()));
}

/**
 * Speed falls with load as in real LTE cells (to about a fifth when full, with what neighbours' load takes); without
 * users nothing is measured. `share` is what the backhaul lets through of what is asked for.
 */
function measureSpeed(
  { carrier }: CityCell,
  { effects, index, service }: Circumstances,
  load: number,
  share: number,
  random: Random,
  row: Float64Array,
): void {
  if (row[COLUMN.active_users] === 0) return;
  const { down, up, lost } = service;
  const room = 1 - 0.75 * load;
  const queue = load / (1.08 - load);
  const wait = effects.backhaulDelayMs[index]! + 30 * (1 - share);
  const lostOnTheWay = 100 * effects.backhaulLoss[index]! + 2 * (1 - share);
  // A lossy way slows every transfer down (throughput of TCP falls with the root of the loss); acknowledgements go up.
  const way = (share / (1 + 6 * Math.sqrt(effects.backhaulLoss[index]!))) * (1 - 0.6 * lost);
  row[COLUMN.dl_throughput_mbps] =
    Math.min(carrier.emptyDlMbps * down * room * way, effects.backhaulMbps[index]!) * wobble(random, 0.05);
  row[COLUMN.ul_throughput_mbps] = carrier.emptyUlMbps * up * room * way * wobble(random, 0.05);
  row[COLUMN.latency_ms] = (carrier.emptyLatencyMs * (1 + 0.12 * queue + 2 * lost) + wait) * wobble(random, 0.03);
  row[COLUMN.packet_loss_pct] = Math.min(
    100,
    (0.06 + 0.25 * load ** 4 + 4 * lost + lostOnTheWay) * wobble(random, 0.15),
  );
}

/** Counts are drawn, so that ratios over few attempts are as noisy as they are in life. */
function measureCounts(
  own: CityCell,
  { users, periodSeconds, effects, index, service }: Circumstances,
  load: number,
  random: Random,
  row: Float64Array,
): void {
  const setups = users * periodSeconds * SETUPS_PER_USER_SECOND;
  const crowding = Math.max(0, load - CROWDED_FROM) / (1 - CROWDED_FROM);
  const bad = LOST_COUNTS * service.lost;
  const chance = (value: number) => Math.min(1, value);
  const attempts = random.poisson(setups);
  const successes =
    attempts - random.binomial(attempts, chance(0.004 + 0.02 * crowding + bad + effects.setupFail[index]!));
  // Sessions that end are as many as begin: operators' drop rates rest on that.
  const releases = successes;
  const handovers = random.poisson(setups * own.scenario.handoversPerSession);
  const drops = 0.0025 + 0.006 * crowding + bad + effects.dropFail[index]!;
  row[COLUMN.setup_attempts] = attempts;
  row[COLUMN.setup_successes] = successes;
  row[COLUMN.session_releases] = releases;
  row[COLUMN.abnormal_releases] = random.binomial(releases, chance(drops));
  row[COLUMN.handover_attempts] = handovers;
  row[COLUMN.handover_successes] =
    handovers - random.binomial(handovers, chance(0.015 + 0.02 * crowding + bad + effects.handoverFail[index]!));
}

/** A factor around 1; held away from zero so that no speed turns negative. */
function wobble(random: Random, spread: number): number {
  return Math.max(0.2, 1 + spread * random.normal());
}
