// What equipment of the pretend network tells by itself, as data: which sign, from which level on, and what to do.

import { DOWN, type Effects } from '../effects.ts';
import type { Sensor } from '../sensors.ts';

export type AlarmSeverity = 'WARNING' | 'MINOR' | 'MAJOR' | 'CRITICAL';

export interface AlarmKind {
  condition: string;
  problem: string;
  /** Probable cause, in the words of ITU-T X.733. */
  cause: string;
  repair: string;
  /** Told once for the site, by its worst cell, or for each cell. */
  scope: 'site' | 'cell';
  /** Without it nothing is told. */
  sensor?: Sensor;
  /** The higher the worse. */
  badness(effects: Effects, cell: number): number;
  /** Lowest first: from this badness on the alarm has this severity. */
  levels: readonly (readonly [from: number, severity: AlarmSeverity])[];
  /** The alarm ends below this, so that it does not flutter. */
  endsBelow: number;
}

/** Voltage of a site on mains. */
const USUAL_V = 53.5;

export const ALARM_KINDS: readonly AlarmKind[] = [
  {
    condition: 'MainsFailure',
    problem: 'mains is gone, the site runs on battery',
    cause: 'powerProblem',
    repair: 'restore mains or bring a generator',
    ...{ scope: 'site', sensor: 'power', endsBelow: 1 },
    badness: ({ mainsOn }, cell) => 1 - mainsOn[cell]!,
    levels: [[1, 'MAJOR']],
  },
  {
    condition: 'BatteryLow',
    problem: 'battery voltage is low',
    cause: 'powerProblem',
    repair: 'bring a generator',
    ...{ scope: 'site', sensor: 'power', endsBelow: 3 },
    badness: ({ supplyV }, cell) => USUAL_V - supplyV[cell]!,
    levels: [
      [4.5, 'MINOR'],
      [7, 'CRITICAL'],
    ],
  },
  {
    condition: 'HighTemperature',
    problem: 'temperature in the cabinet is high',
    cause: 'temperatureUnacceptable',
    repair: 'check fan, filter and air conditioner',
    ...{ scope: 'site', sensor: 'temperature', endsBelow: 10 },
    badness: ({ heatC }, cell) => heatC[cell]!,
    levels: [
      [14, 'MINOR'],
      [22, 'MAJOR'],
    ],
  },
  {
    condition: 'OpticalPowerLow',
    problem: 'received light of the backhaul is low',
    cause: 'lossOfSignal',
    repair: 'clean or replace the optical connector, measure the fibre',
    ...{ scope: 'site', sensor: 'optical', endsBelow: 4 },
    badness: ({ opticalDb }, cell) => -opticalDb[cell]!,
    levels: [
      [6, 'WARNING'],
      [9, 'MAJOR'],
    ],
  },
  {
    condition: 'TransportErrors',
    problem: 'packets are lost on the backhaul',
    cause: 'transmissionError',
    repair: 'check the line and the equipment at its other end',
    ...{ scope: 'site', endsBelow: 0.002 },
    badness: ({ backhaulLoss }, cell) => backhaulLoss[cell]!,
    levels: [[0.004, 'MAJOR']],
  },
  {
    condition: 'ClockReferenceLost',
    problem: 'the radio has lost its time reference',
    cause: 'timingProblem',
    repair: 'check the satellite antenna and its cable',
    ...{ scope: 'site', sensor: 'sync', endsBelow: 1 },
    badness: ({ syncOff }, cell) => syncOff[cell]!,
    levels: [[1, 'MINOR']],
  },
  {
    condition: 'HighVswr',
    problem: 'too much power comes back from the antenna',
    cause: 'antennaFailure',
    repair: 'check feeder and connectors',
    ...{ scope: 'cell', sensor: 'vswr', endsBelow: 1.6 },
    badness: ({ vswr }, cell) => vswr[cell]!,
    levels: [
      [1.9, 'MINOR'],
      [2.6, 'MAJOR'],
    ],
  },
  {
    condition: 'CellUnavailable',
    problem: 'the cell is out of service',
    cause: 'equipmentMalfunction',
    repair: 'reset the radio unit, then replace it',
    ...{ scope: 'cell', endsBelow: 1 },
    badness: ({ state }, cell) => (state[cell] === DOWN ? 1 : 0),
    levels: [[1, 'CRITICAL']],
  },
];

/** Told by the element manager, since the element itself cannot. */
export const UNREACHABLE: Pick<AlarmKind, 'condition' | 'problem' | 'cause' | 'repair'> = {
  condition: 'ElementUnreachable',
  problem: 'the element does not answer',
  cause: 'lossOfSignal',
  repair: 'check power and transport of the site',
};
