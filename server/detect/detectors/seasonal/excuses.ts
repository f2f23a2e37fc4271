// What excuses a cell: its peers do the same, its place is crowded, or a neighbour is off the air and sends it its users.

import type { Excuse } from '../../../model/detection.ts';
import type { Cells } from './cells.ts';
import type { SeasonalProfile } from './profile.ts';
import { type Run, valueAt } from './run.ts';
import type { Series } from './series.ts';
import type { Outlier } from './values.ts';

/** They get worse as more people share them, without anything being wrong. */
export const LOAD_DRIVEN = new Set([
  ...['dl_throughput_mbps', 'ul_throughput_mbps', 'latency_ms', 'rtt_ms', 'packet_loss_pct', 'prb_util_pct'],
  ...['sinr_db', 'cqi_mean'],
]);
/** They fail as well once all blocks are in use. */
export const FULL_DRIVEN = new Set([
  'setup_success_pct',
  'handover_success_pct',
  'endc_setup_success_pct',
  'drop_rate_pct',
]);
/** They follow the noise that the base station hears. */
const NOISE_DRIVEN = new Set(['ul_throughput_mbps', 'packet_loss_pct']);
/** They fall as well once devices are not heard in it. */
const DROWNED = new Set(['setup_success_pct', 'handover_success_pct', 'endc_setup_success_pct', 'drop_rate_pct']);
/** What a device hears of its cell beside what it hears of others: the level of its own cell tells the one from the other. */
const OF_OTHERS = new Set(['sinr_db', 'cqi_mean']);
const LEVEL = 'rsrp_dbm';
const NOISE = 'ul_interference_dbm';
/** On a holiday people are elsewhere. */
export const DEMAND = new Set(['active_users', 'traffic_gb']);
/** What equipment says of itself is a sign of faults to come: it is no trouble by itself until it cannot go on like this. */
export const SIGNS = new Set([
  ...['temperature_c', 'vswr_ratio', 'supply_voltage_v', 'mains_on', 'optical_rx_dbm', 'sync_ok'],
]);
/** Not caused by the users that come from a neighbour. */
const OF_THE_AIR = new Set(['ul_interference_dbm']);

export class Excuses {
  /** How many values out of line each kind has excused. */
  readonly counts: Record<Excuse, number> = { peers: 0, crowd: 0, neighbour: 0, sign: 0, 'special-day': 0 };

  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
    /** The memory of users or blocks, once there is one. */
    private readonly levels: (kpi: string) => Series | undefined,
    /** How far a source has told of its cells, epoch milliseconds. */
    private readonly clockOf: (source: number) => number,
  ) {}

  /** The strength that is left; what is raised already is not excused by its neighbours any more. */
  leftOf(run: Run, outlier: Outlier): number {
    const { memory, series, strength, i } = outlier;
    const kpi = memory.rule.kpi.id;
    const slot = run.slots[i]!;
    const isNew = memory.columns.fields.raised[series] === 0;
    if (outlier.channel === 'still') return strength;
    if (outlier.isShared) return this.excused('peers');
    if (SIGNS.has(kpi)) return this.isBeyondLimit(kpi, memory, outlier.value) ? strength : this.excused('sign');
    if (DEMAND.has(kpi) && run.special[i] === 1) return this.excused('special-day');
    if (LOAD_DRIVEN.has(kpi) && this.isCrowded(run, i, this.profile.crowdedBlocksPct)) return this.excused('crowd');
    if (FULL_DRIVEN.has(kpi) && this.isCrowded(run, i, this.profile.fullBlocksPct)) return this.excused('crowd');
    if (isNew && this.followsNeighbours(memory, strength) && this.takesOver(run, i)) return this.excused('neighbour');
    if (isNew && OF_OTHERS.has(kpi) && this.isOwnLevelUsual(run, i) && this.isDisturbed(run, slot))
      return this.excused('neighbour');
    if (this.isDrivenByNoise(kpi, strength) && this.hearsWhatPeersHear(run, i)) return this.excused('peers');
    if (outlier.channel === 'shift') return this.isBusierLately(run, i, kpi) ? this.excused('crowd') : strength;
    const left = strength - this.cells.places.commonOf(memory.peers, slot, run.at).level;
    if (left < 1 && strength >= 1) this.counts.peers++;
    return left;
  }

  /** Calls that break by the dozen are more than noise explains. */
  private isDrivenByNoise(kpi: string, strength: number): boolean {
    return NOISE_DRIVEN.has(kpi) || (DROWNED.has(kpi) && strength < this.profile.overwhelmingStrength);
  }

  /** The cell itself is heard as ever. */
  private isOwnLevelUsual(run: Run, i: number): boolean {
    const level = this.compare(run, i, LEVEL);
    return level !== undefined && level.strength < this.profile.releaseStrength;
  }

  /** A neighbour is in trouble, or has been busier than usual of late: it sends more, or whoever serves its users does. */
  private isDisturbed({ at }: Run, slot: number): boolean {
    const f = this.cells.columns.fields;
    // What has lasted longer is the usual by now.
    const earliest = at - this.profile.newLevelHours * 3_600_000;
    for (const other of this.cells.places.near(slot)) {
      const since = Math.max(f.anomalySince[other]!, f.faultSince[other]!, f.silentSince[other]!);
      if (since > earliest || this.isBusy(other)) return true;
    }
    return false;
  }

  private isBusy(slot: number): boolean {
    const least = this.profile.crowdStrength / 2;
    return this.latelyOf('prb_util_pct', slot) >= least || this.latelyOf('active_users', slot) <= -least;
  }

  /** How far out of line it has been on the average of the last hours. */
  private latelyOf(kpi: string, slot: number): number {
    const memory = this.levels(kpi);
    const series = memory?.knownSeries(slot) ?? -1;
    return series < 0 ? 0 : memory!.columns.fields.lately[series]!;
  }

  /** Noise is up all around, and here no more than there. */
  private hearsWhatPeersHear(run: Run, i: number): boolean {
    const memory = this.levels(NOISE);
    const level = memory ? this.cells.places.commonOf(memory.peers, run.slots[i]!, run.at).level : 0;
    const own = level > 0 ? this.compare(run, i, NOISE) : undefined;
    return own !== undefined && own.strength < level + 1;
  }

  /** Guests are far away and many, but calls that break by the dozen are more than guests explain. */
  private followsNeighbours({ rule }: Series, strength: number): boolean {
    const isService = rule.model !== 'level';
    return !OF_THE_AIR.has(rule.kpi.id) && !(isService && strength >= this.profile.overwhelmingStrength);
  }

  private isBeyondLimit(kpi: string, { rule }: Series, value: number): boolean {
    const limit = this.profile.operatingLimits[kpi];
    return limit !== undefined && (rule.kpi.worse === 'lower' ? value <= limit : value >= limit);
  }

  private excused(excuse: Excuse): number {
    this.counts[excuse]++;
    return 0;
  }

  /** Clearly more users than usual at this hour, and blocks in use accordingly: slow, but not broken. */
  private isCrowded(run: Run, i: number, blocksPct: number): boolean {
    const { crowdFactor, crowdStrength } = this.profile;
    const users = this.compare(run, i, 'active_users');
    if (!users || users.value < crowdFactor * users.mid || users.strength > -crowdStrength) return false;
    const blocks = this.compare(run, i, 'prb_util_pct');
    return (
      !blocks ||
      blocks.value >= blocksPct ||
      (blocksPct < this.profile.fullBlocksPct && blocks.strength >= crowdStrength)
    );
  }

  /** More people for hours than usual: what follows from that is no shift of its own. */
  private isBusierLately(run: Run, i: number, kpi: string): boolean {
    const isLoad = LOAD_DRIVEN.has(kpi) || FULL_DRIVEN.has(kpi);
    return isLoad && this.latelyOf('active_users', run.slots[i]!) <= -this.profile.crowdStrength / 2;
  }

  private compare(run: Run, i: number, kpi: string) {
    const row = run.rows[i]!;
    const value = valueAt(run, kpi, row);
    const memory = this.levels(kpi);
    const series = memory?.knownSeries(run.slots[i]!) ?? -1;
    if (!memory || series < 0 || Number.isNaN(value)) return undefined;
    return memory.compare(series, run.bins[i]!, run.paces[i]!, value, row);
  }

  /** A cell nearby went off the air of late: its users are here now, from farther away than usual. Of one farther out they are seen to be. */
  private takesOver(run: Run, i: number): boolean {
    const slot = run.slots[i]!;
    const { places } = this.cells;
    for (const other of places.near(slot)) if (this.isOffAir(run, other)) return true;
    if (!this.hasGuests(run, i)) return false;
    for (const other of places.farther(slot)) if (this.isOffAir(run, other)) return true;
    return false;
  }

  private hasGuests(run: Run, i: number): boolean {
    const users = this.compare(run, i, 'active_users');
    return users !== undefined && users.value >= this.profile.crowdFactor * users.mid;
  }

  private isOffAir({ at, source }: Run, slot: number): boolean {
    const f = this.cells.columns.fields;
    const periodMs = f.periodSeconds[slot]! * 1000;
    const since = at - f.offSince[slot]!;
    const wentLately = since <= this.profile.takeOverHours * 3_600_000;
    if (wentLately && at - f.offAt[slot]! <= this.profile.takeOverPeriods * periodMs) return true;
    // Unheard of while its own source goes on: of this period in a delivery of many sites, of the one before in any.
    const isWhole = f.source[slot] === source.index && source.isWhole;
    const toldUpTo = isWhole ? at : Math.min(at, this.clockOf(f.source[slot]!) + periodMs);
    const isMissing = toldUpTo - f.lastAt[slot]! >= (isWhole ? periodMs : 2 * periodMs);
    return f.lastAt[slot]! > 0 && isMissing && at - f.lastAt[slot]! <= this.profile.takeOverHours * 3_600_000;
  }
}
