// What the counters of a cell show for one period: from users and condition to the KPIs that are sent, sampling noise included.

import { ASLEEP, DOWN, WORKS } from './conditions.ts';
import type { Random } from './random.ts';
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
] as const;

type SentKpi = (typeof SENT)[number]['kpi'];
const COLUMN = Object.fromEntries(SENT.map(({ kpi }, index) => [kpi, index])) as Record<SentKpi, number>;

/** What surrounds a cell in one period. */
export interface Circumstances {
  condition: number;
  /** Expected active users. */
  users: number;
  /** Lift of the uplink noise by someone else's transmitter, dB. */
  liftDb: number;
  /** Slow wander of the uplink noise, dB. */
  noiseDb: number;
  /** Air temperature outside the cabinet, °C. */
  outdoorC: number;
  periodSeconds: number;
}

const SETUPS_PER_USER_SECOND = 1 / 180;
/** Interference of this lift hurts as much as any. */
const WORST_LIFT_DB = 18;
/** Blocks used by signalling when nobody is there. */
const IDLE_LOAD = 0.03;

/** Fills `row` (as long as SENT) for one cell and period; NaN is "not measured" and is not sent. */
export function measure(own: CityCell, around: Circumstances, random: Random, row: Float64Array): void {
  row.fill(Number.NaN);
  const isOff = around.condition === DOWN || around.condition === WORKS || around.condition === ASLEEP;
  if (isOff) measureOffAir(around, row);
  else measureOnAir(own, around, random, row);
  const load = isOff ? 0 : row[COLUMN.prb_util_pct]! / 100;
  const heat = isOff ? 4 : 11 + 5 * load;
  row[COLUMN.temperature_c] = around.outdoorC + heat + 0.3 * random.normal();
}

/** Off air: no users, no attempts, and nothing that could be measured by their means. */
function measureOffAir({ condition, periodSeconds }: Circumstances, row: Float64Array): void {
  row[COLUMN.availability_pct] = condition === ASLEEP ? 100 : 0;
  row[COLUMN.setup_attempts] = 0;
  row[COLUMN.session_releases] = 0;
  row[COLUMN.handover_attempts] = 0;
  row[COLUMN.active_users] = 0;
  row[COLUMN.traffic_gb] = 0;
  const reason = condition === DOWN ? 'fault_unavail_s' : condition === WORKS ? 'planned_unavail_s' : 'saving_s';
  row[COLUMN[reason]] = periodSeconds;
}

function measureOnAir(own: CityCell, around: Circumstances, random: Random, row: Float64Array): void {
  const { carrier, quality } = own;
  const { periodSeconds } = around;
  const hurt = Math.min(1, around.liftDb / WORST_LIFT_DB);
  const users = random.poisson(4 * around.users) / 4;
  const load = Math.min(0.99, IDLE_LOAD + (1 - IDLE_LOAD) * (1 - Math.exp(-users / carrier.fullUsers)));
  row[COLUMN.availability_pct] = 100;
  row[COLUMN.active_users] = users;
  row[COLUMN.prb_util_pct] = 100 * load;
  row[COLUMN.traffic_gb] =
    ((load - IDLE_LOAD) * carrier.capacityMbps * quality * (1 - 0.2 * hurt) * periodSeconds * wobble(random, 0.05)) /
    8000;
  row[COLUMN.ul_interference_dbm] =
    carrier.quietNoiseDbm + 4 * load + around.noiseDb + around.liftDb + 0.5 * random.normal();
  measureSpeed(own, load, hurt, random, row);
  measureCounts(own, around.users * periodSeconds * SETUPS_PER_USER_SECOND, load, hurt, random, row);
}

/** Speed falls with load as in real LTE cells (to about a fifth when full); without users nothing is measured. */
function measureSpeed({ carrier, quality }: CityCell, load: number, hurt: number, random: Random, row: Float64Array) {
  if (row[COLUMN.active_users] === 0) return;
  const room = 1 - 0.8 * load;
  const queue = load / (1.12 - load);
  row[COLUMN.dl_throughput_mbps] = carrier.emptyDlMbps * quality * room * (1 - 0.4 * hurt) * wobble(random, 0.05);
  row[COLUMN.ul_throughput_mbps] = carrier.emptyUlMbps * quality * room * (1 - 0.75 * hurt) * wobble(random, 0.05);
  row[COLUMN.latency_ms] = carrier.emptyLatencyMs * (1 + 0.12 * queue + 0.6 * hurt) * wobble(random, 0.03);
  row[COLUMN.packet_loss_pct] = (0.06 + 0.25 * load ** 4 + 1.2 * hurt) * wobble(random, 0.15);
}

/** Counts are drawn, so that ratios over few attempts are as noisy as they are in life. */
function measureCounts(own: CityCell, setups: number, load: number, hurt: number, random: Random, row: Float64Array) {
  const crowding = Math.max(0, load - 0.8) / 0.2;
  const attempts = random.poisson(setups);
  const successes = attempts - random.binomial(attempts, 0.004 + 0.02 * crowding + 0.035 * hurt);
  const releases = random.poisson(setups * 0.995);
  const handovers = random.poisson(setups * own.scenario.handoversPerSession);
  row[COLUMN.setup_attempts] = attempts;
  row[COLUMN.setup_successes] = successes;
  row[COLUMN.session_releases] = releases;
  row[COLUMN.abnormal_releases] = random.binomial(releases, (0.0028 + 0.004 * crowding + 0.03 * hurt) / own.quality);
  row[COLUMN.handover_attempts] = handovers;
  row[COLUMN.handover_successes] = handovers - random.binomial(handovers, 0.015 + 0.02 * crowding + 0.04 * hurt);
}

/** A factor around 1; held away from zero so that no speed turns negative. */
function wobble(random: Random, spread: number): number {
  return Math.max(0.2, 1 + spread * random.normal());
}
