// Alarms of the pretend equipment: raised, changed and cleared under one name, with hysteresis, in the form of VES 7.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DOWN, Effects, SILENT } from '../../simulators/effects.ts';
import { Alarms } from '../../simulators/senders/alarms.ts';
import type { Delivery } from '../../simulators/senders/delivery.ts';
import { buildCity } from '../../simulators/world/bay-city.ts';
import { MONDAY } from './made.ts';

const PERIOD_MS = 900_000;
const city = buildCity(1, 4);
const all = new Uint8Array(city.cells.length).fill(1);
const SENSORS = { power: all, optical: all, vswr: all, temperature: all, sync: all };

interface Event {
  commonEventHeader: {
    domain: string;
    eventId: string;
    sequence: number;
    sourceName: string;
    startEpochMicrosec: number;
    lastEpochMicrosec: number;
  };
  faultFields: { alarmCondition: string; alarmInterfaceA: string; eventSeverity: string };
}

function eventsOf(deliveries: readonly Delivery[]): Event[] {
  return deliveries.flatMap(({ body }) => JSON.parse(new TextDecoder().decode(body)).eventList as Event[]);
}

/** What is told when the effects of one period after another are those that are set. */
function run(periods: ((effects: Effects) => void)[], sensors = SENSORS): Event[][] {
  const alarms = new Alarms(1, city, sensors, 900);
  return periods.map((set, period) => {
    const effects = new Effects(city.cells.length);
    set(effects);
    return eventsOf(alarms.advance(MONDAY + period * PERIOD_MS, effects));
  });
}

const [first, second] = city.sites[0]!.cells as [number, number];
const told = (events: readonly Event[]) =>
  events.map(({ faultFields: { alarmCondition, alarmInterfaceA, eventSeverity } }) =>
    [alarmCondition, alarmInterfaceA, eventSeverity].join(' '),
  );

describe('alarms of equipment', () => {
  it('share their id and start from raise over change to clear, and number what is told', () => {
    const vswr = (value: number) => (effects: Effects) => void effects.vswr.fill(value, first, first + 1);
    const periods = run([vswr(1.2), vswr(2), vswr(2.2), vswr(3), vswr(1.7), vswr(1.3), vswr(1.2)]);
    const name = city.cells[first]!.cell.id;
    expect(periods.map(told)).toEqual([
      [],
      [`HighVswr ${name} MINOR`],
      [],
      [`HighVswr ${name} MAJOR`],
      [],
      [`HighVswr ${name} NORMAL`],
      [],
    ]);
    const headers = periods.flat().map(({ commonEventHeader }) => commonEventHeader);
    expect(new Set(headers.map(({ eventId, startEpochMicrosec }) => `${eventId} ${startEpochMicrosec}`)).size).toBe(1);
    expect(headers.map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
    expect(headers.every(({ sourceName }) => sourceName === city.sites[0]!.id)).toBe(true);
  });

  it('tell of mains and battery once for the site, then that the element is gone, and clear all when it is back', () => {
    const own = city.sites[0]!.cells;
    const onBattery = (volts: number, state: number) => (effects: Effects) => {
      for (const cell of own) {
        effects.mainsOn[cell] = 0;
        effects.supplyV[cell] = volts;
        effects.setState(cell, state);
      }
    };
    const periods = run([onBattery(50, 0), onBattery(46, 0), onBattery(43, SILENT), () => {}]).map(told);
    const { id } = city.sites[0]!;
    expect(periods[0]).toEqual([`MainsFailure ${id} MAJOR`]);
    expect(periods[1]).toEqual([`BatteryLow ${id} CRITICAL`]);
    expect(periods[2]).toEqual([`ElementUnreachable ${id} CRITICAL`]);
    expect(periods[3]!.sort()).toEqual(
      ['BatteryLow', 'ElementUnreachable', 'MainsFailure'].map((condition) => `${condition} ${id} NORMAL`),
    );
  });

  it('do not tell what no sensor sees', () => {
    const none = new Uint8Array(city.cells.length);
    const periods = run([(effects) => effects.mainsOn.fill(0)], { ...SENSORS, power: none });
    expect(periods).toEqual([[]]);
  });

  it('pair up whatever happens: a clear follows a raise, and in the end, all being well, nothing stands', () => {
    const step = fc.record({
      cell: fc.constantFrom(first, second),
      vswr: fc.double({ min: 1.1, max: 4, noNaN: true }),
      heatC: fc.double({ min: 0, max: 30, noNaN: true }),
      state: fc.constantFrom(0, 0, 0, DOWN, SILENT),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const sets = steps.map(({ cell, vswr, heatC, state }) => (effects: Effects) => {
          effects.vswr[cell] = vswr;
          effects.heatC[cell] = heatC;
          for (const one of state === SILENT ? city.sites[0]!.cells : [cell]) effects.setState(one, state);
        });
        const standing = new Map<string, number>();
        for (const { commonEventHeader, faultFields } of run([...sets, () => {}]).flat()) {
          const { eventId, sequence, startEpochMicrosec, lastEpochMicrosec } = commonEventHeader;
          expect(sequence).toBe(standing.has(eventId) ? standing.get(eventId)! + 1 : 0);
          expect(lastEpochMicrosec).toBeGreaterThanOrEqual(startEpochMicrosec);
          if (faultFields.eventSeverity !== 'NORMAL') standing.set(eventId, sequence);
          else expect(standing.delete(eventId)).toBe(true);
        }
        expect(standing.size).toBe(0);
      }),
    );
  });
});

describe('heartbeats', () => {
  it('come of every element manager, unless none of its elements answers', () => {
    const alarms = new Alarms(1, city, SENSORS, 900);
    const effects = new Effects(city.cells.length);
    expect(eventsOf(alarms.beats(MONDAY, effects)).map(({ commonEventHeader }) => commonEventHeader)).toMatchObject([
      { domain: 'heartbeat', sourceName: 'ems-1' },
    ]);
    effects.state.fill(SILENT);
    expect(alarms.beats(MONDAY, effects)).toEqual([]);
  });
});
