// Each kind of fault does to the readings what its name says: all kinds at once on cells of their own, against the same days without.

import { beforeAll, describe, expect, it } from 'vitest';
import { Draft, type Sign } from '../../simulators/faults/draft.ts';
import { FAULT_KINDS, type Fault, type FaultKind } from '../../simulators/faults/happening.ts';
import { FAULT_MAKERS } from '../../simulators/faults/makers.ts';
import { Occupied } from '../../simulators/faults/occupied.ts';
import { Network } from '../../simulators/network.ts';
import { Random } from '../../simulators/random.ts';
import { sensorsOf } from '../../simulators/sensors.ts';
import { buildCity } from '../../simulators/world/bay-city.ts';
import { DAY, MONDAY, mean, readings, type SentReading } from './made.ts';

const HOUR = 3_600_000;
const PERIOD = 900_000;
const city = buildCity(1, 60);
const material = { seed: 1, city, sensors: sensorsOf(1, city), periodMs: PERIOD, growthAt: () => 1 };
/** Long enough before for any sign but that of growth. */
const ONSET = MONDAY + 9 * DAY + 10 * HOUR;
const UNTIL = ONSET + DAY;

interface Case {
  fault: Fault;
  /** Readings of its first cell from the harm on (or the onset, where it hurts nobody), with the fault and without. */
  hurt: SentReading[];
  well: SentReading[];
  /** Of the last hours before the onset. */
  before: SentReading[];
  beforeWell: SentReading[];
}

const cases = new Map<string, Case>();
const of = (kind: FaultKind, sign: Sign = 'none') => cases.get(`${kind} ${sign}`)!;

/** Tries dice until the fault has all its sensors, lasts long enough to be seen, and shares no cell with another. */
function someFault(kind: FaultKind, sign: Sign, occupied: Occupied): Fault {
  for (let dice = 1; dice < 2000; dice++) {
    const fault = FAULT_MAKERS[kind].make(new Draft(material, new Random(dice, kind), ONSET, sign)) as
      | Fault
      | undefined;
    if (!fault || fault.isHidden || fault.from < MONDAY + DAY || fault.repair < ONSET + 6 * HOUR) continue;
    const cells = fault.cells.flatMap((cell) => city.sites[city.cells[cell]!.site]!.cells);
    if (!occupied.isFree({ ...fault, cells })) continue;
    occupied.take({ ...fault, cells });
    return fault;
  }
  throw new Error(`no ${kind} found`);
}

beforeAll(() => {
  const occupied = new Occupied(0);
  const faults = new Map<string, Fault>();
  // Those of many sites find their place first.
  const wide: FaultKind[] = ['clock-drift', 'silent-source'];
  const kinds = [...wide, ...FAULT_KINDS.filter((kind) => !wide.includes(kind))];
  for (const kind of kinds) {
    const { canBeForetold } = FAULT_MAKERS[kind];
    const canShow = canBeForetold && kind !== 'congestion-growth';
    for (const sign of canShow ? (['true', 'none'] as const) : (['none'] as const)) {
      faults.set(`${kind} ${sign}`, someFault(kind, sign, occupied));
    }
  }
  const plan = [...faults.values()].sort((a, b) => a.from - b.from);
  const era = { from: MONDAY, liveFrom: UNTIL, periodSeconds: PERIOD / 1000 };
  const [hurt, well] = [plan, []].map((events) => readings(new Network(1, city, events, era), UNTIL));
  for (const [name, fault] of faults) {
    const id = city.cells[fault.cells[0]!]!.cell.id;
    const between = (list: SentReading[], from: number, until: number) =>
      list.filter(({ cell, at }) => cell === id && at > from && at <= until);
    const [from, until] = [fault.hurtsFrom ?? fault.onset, Math.min(fault.repair, UNTIL)];
    cases.set(name, {
      fault,
      hurt: between(hurt!, from, until),
      well: between(well!, from, until),
      before: between(hurt!, fault.onset - 3 * HOUR, fault.onset),
      beforeWell: between(well!, fault.onset - 3 * HOUR, fault.onset),
    });
  }
}, 60_000);

const values = (list: readonly SentReading[], kpi: string) =>
  list.map(({ kpis }) => kpis[kpi]).filter((value) => value !== undefined);
const level = (list: readonly SentReading[], kpi: string) => mean(values(list, kpi));
const share = (list: readonly SentReading[], part: string, whole: string) =>
  values(list, part).reduce((sum, v) => sum + v, 0) / values(list, whole).reduce((sum, v) => sum + v, 0);
const dropsOf = (list: readonly SentReading[]) => share(list, 'abnormal_releases', 'session_releases');
const setupsOf = (list: readonly SentReading[]) => share(list, 'setup_successes', 'setup_attempts');

describe('a fault does what its name says', () => {
  it('power loss: mains is gone, the battery runs down while the cell serves as always, then the site is dark', () => {
    const { hurt, before, beforeWell, fault } = of('power-loss', 'true');
    const volts = values(before, 'supply_voltage_v');
    expect(before.at(-1)!.kpis.mains_on).toBe(0);
    expect(volts.at(-1)!).toBeLessThan(48.5);
    expect(level(before, 'active_users')).toBeCloseTo(level(beforeWell, 'active_users'), 0);
    expect(hurt.every(({ kpis }) => kpis.availability_pct === 0 && kpis.setup_attempts === 0)).toBe(true);
    expect(fault.onset - fault.precursorFrom!).toBeGreaterThanOrEqual(HOUR / 2);
    expect(of('power-loss').before.every(({ kpis }) => kpis.mains_on !== 0)).toBe(true);
  });

  it('cell outage: nothing is served, whether the cell can still say so or not', () => {
    const { hurt, well } = of('cell-outage');
    expect([0, well.length]).toContain(hurt.length);
    expect(hurt.every(({ kpis }) => kpis.availability_pct === 0 && kpis.active_users === 0)).toBe(true);
  });

  it('sleeping cell: no attempt at all, and by its own word it is on air', () => {
    const { hurt, well } = of('sleeping-cell');
    expect(hurt.every(({ kpis }) => kpis.availability_pct === 100 && kpis.setup_attempts === 0)).toBe(true);
    expect(level(well, 'setup_attempts')).toBeGreaterThan(50);
  });

  it.each(['true', 'none'] as const)('feeder decay (%s): reflections, a lower level, more drops', (sign) => {
    const { hurt, well } = of('feeder-decay', sign);
    expect(level(hurt, 'vswr_ratio') || 9).toBeGreaterThan(1.9);
    expect(level(hurt, 'rsrp_dbm')).toBeLessThan(level(well, 'rsrp_dbm') - 2.5);
    expect(dropsOf(hurt)).toBeGreaterThan(1.4 * dropsOf(well));
  });

  it('feeder decay is seen in its reflections long before people feel it', () => {
    const { before, beforeWell } = of('feeder-decay', 'true');
    expect(level(before, 'vswr_ratio')).toBeGreaterThan(level(beforeWell, 'vswr_ratio') + 0.3);
    expect(Math.abs(level(before, 'rsrp_dbm') - level(beforeWell, 'rsrp_dbm'))).toBeLessThan(1.3);
    expect(of('feeder-decay').before.every(({ kpis }) => (kpis.vswr_ratio ?? 1) < 1.35)).toBe(true);
  });

  it('cooling failure: the cabinet is hot hours before the radios throttle', () => {
    const { hurt, well, before, beforeWell } = of('cooling-failure', 'true');
    expect(level(before, 'temperature_c') - level(beforeWell, 'temperature_c')).toBeGreaterThan(10);
    expect(setupsOf(before)).toBeGreaterThan(0.985);
    expect(setupsOf(hurt)).toBeLessThan(setupsOf(well) - 0.015);
    expect(level(hurt, 'rsrp_dbm')).toBeLessThan(level(well, 'rsrp_dbm') - 2);
    const blind = of('cooling-failure');
    expect(Math.abs(level(blind.before, 'temperature_c') - level(blind.beforeWell, 'temperature_c'))).toBeLessThan(0.6);
  });

  it('backhaul degradation: the light fades, then packets are lost and delayed while the radio is as always', () => {
    const { hurt, well, before } = of('backhaul-degradation', 'true');
    expect(level(before, 'optical_rx_dbm')).toBeLessThan(-15);
    expect(level(hurt, 'packet_loss_pct')).toBeGreaterThan(level(well, 'packet_loss_pct') + 0.3);
    expect(level(hurt, 'latency_ms')).toBeGreaterThan(level(well, 'latency_ms') + 12);
    expect(level(hurt, 'rsrp_dbm')).toBeCloseTo(level(well, 'rsrp_dbm'), 0);
  });

  it('interference: the noise is lifted, the uplink slow, sessions drop', () => {
    const { hurt, well } = of('interference');
    expect(level(hurt, 'ul_interference_dbm')).toBeGreaterThan(level(well, 'ul_interference_dbm') + 7);
    expect(level(hurt, 'ul_throughput_mbps')).toBeLessThan(0.6 * level(well, 'ul_throughput_mbps'));
    expect(dropsOf(hurt)).toBeGreaterThan(1.5 * dropsOf(well));
  });

  it('congestion: the blocks are full in the busy hour, and everybody waits', () => {
    const { hurt } = of('congestion-growth');
    expect(Math.max(...values(hurt, 'prb_util_pct'))).toBeGreaterThan(80);
  });

  it('wrong parameter: one of setups, handovers, drops or the level is worse', () => {
    const { hurt, well } = of('wrong-parameter');
    const handovers = (list: SentReading[]) => share(list, 'handover_successes', 'handover_attempts');
    const worse = [
      setupsOf(hurt) < setupsOf(well) - 0.02,
      handovers(hurt) < handovers(well) - 0.05,
      dropsOf(hurt) > dropsOf(well) + 0.005,
      level(hurt, 'rsrp_dbm') < level(well, 'rsrp_dbm') - 3,
    ];
    expect(worse).toContain(true);
  });

  it('wrong tilt: its users are reached worse, and the equipment says nothing', () => {
    const { hurt, well } = of('wrong-tilt');
    expect(level(hurt, 'dl_throughput_mbps')).toBeLessThan(0.9 * level(well, 'dl_throughput_mbps'));
    expect(level(hurt, 'availability_pct')).toBe(100);
  });

  it('intermittent hardware: now and then a period in which everybody is thrown off, and quiet between', () => {
    const { hurt } = of('intermittent-hardware');
    const bad = hurt.filter((one) => one.kpis.availability_pct === 0 || dropsOf([one]) > 0.2);
    expect(bad.length).toBeGreaterThan(3);
    expect(bad.length).toBeLessThan(0.8 * hurt.length);
  });

  it('never woken: saving energy in broad daylight', () => {
    const { hurt } = of('never-woken');
    expect(hurt.length).toBeGreaterThan(10);
    expect(hurt.every(({ kpis }) => kpis.saving_s === PERIOD / 1000)).toBe(true);
  });

  it('silent source: not a reading, though the cells live', () => {
    const { hurt, well, fault } = of('silent-source');
    expect(hurt).toEqual([]);
    expect(well.length).toBeGreaterThan(8);
    expect(fault.hurtsFrom).toBeNull();
  });

  it('clock drift: out of step, TDD cells lose their uplink after hours of holding over', () => {
    const { hurt, well, before } = of('clock-drift', 'true');
    expect(before.every(({ kpis }) => kpis.sync_ok === 0)).toBe(true);
    expect(level(before, 'ul_interference_dbm')).toBeLessThan(-108);
    expect(level(hurt, 'ul_throughput_mbps')).toBeLessThan(0.6 * level(well, 'ul_throughput_mbps'));
  });

  it('clock drift of a cabinet: the times that are told are false', () => {
    const { hurt, fault } = of('clock-drift');
    expect(fault.hurtsFrom).toBeNull();
    expect(hurt.filter(({ at }) => at % PERIOD !== 0).length).toBeGreaterThan(0.8 * hurt.length);
  });
});
