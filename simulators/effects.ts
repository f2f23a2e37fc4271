// What holds for every cell in one period by faults and nuisances: written by them, read by whatever turns it into readings.

/** On air and well, as far as it knows. */
export const ON_AIR = 0;
/** Off air and unable to say so: no reading is sent. */
export const SILENT = 1;
/** Off air by a fault, and reporting it. */
export const DOWN = 2;
/** Off air for planned work. */
export const WORKS = 3;
/** Switched off to save energy. */
export const ASLEEP = 4;
/** On air by its own word, but nobody gets on. */
export const SLEEPING = 5;

/** Which state wins when two hold at once: the one that leaves least. By state. */
const RANK = [0, 5, 4, 3, 2, 1];

/** The arrays whose usual value is not zero. */
const USUAL = { vswr: 1.2, supplyV: 53.5, mainsOn: 1, backhaulMbps: Number.POSITIVE_INFINITY, demand: 1 } as const;

/** True for the states in which a cell serves nobody. */
export function isOffAir(state: number): boolean {
  return state !== ON_AIR;
}

/** One entry a cell in each array, in the order of `City.cells`. `reset` before each period, then all that holds adds its own. */
export class Effects {
  /** One of the states above. */
  readonly state: Uint8Array;
  /** Lift of the uplink noise by others, dB. */
  readonly ulNoiseDb: Float64Array;
  /** Loss between radio and air on the way down, dB: feeder, antenna, wrong power. Coverage shrinks with it; negative: a gain. */
  readonly dlLossDb: Float64Array;
  /** The same on the way up, dB. */
  readonly ulLossDb: Float64Array;
  /** Error of the tilt, degrees; positive looks farther down than planned. */
  readonly tiltDeg: Float64Array;
  /** Standing wave ratio of the feeder; 1.2 is usual. */
  readonly vswr: Float64Array;
  /** Supply of the cabinet, volts below ground; 53.5 is usual on mains. */
  readonly supplyV: Float64Array;
  /** 1 while mains is there, else 0. */
  readonly mainsOn: Uint8Array;
  /** Added to the temperature in the cabinet, °C. */
  readonly heatC: Float64Array;
  /** Change of the light that the optical receiver of the backhaul gets, dB; negative is darker. */
  readonly opticalDb: Float64Array;
  /** Most that the backhaul carries for the cell, Mbit/s; Infinity: no limit that is felt. */
  readonly backhaulMbps: Float64Array;
  /** Added delay, ms. */
  readonly backhaulDelayMs: Float64Array;
  /** Added share of packets that are lost, 0…1. */
  readonly backhaulLoss: Float64Array;
  /** Added shares of attempts that fail, 0…1. */
  readonly setupFail: Float64Array;
  readonly dropFail: Float64Array;
  readonly handoverFail: Float64Array;
  /** Factor on the users who want service. */
  readonly demand: Float64Array;
  /** 1 where the clock of the radio has lost its reference. */
  readonly syncOff: Uint8Array;
  /** Added to the time that is reported, ms. */
  readonly clockShiftMs: Float64Array;
  /** The reading arrives so much later than usual, ms. */
  readonly lateMs: Float64Array;
  /** 1: the reading is delivered twice. */
  readonly doubled: Uint8Array;
  /** 1: the cell lives, but its reading is never sent (a sender that is silent, a collection that failed). */
  readonly lost: Uint8Array;

  constructor(readonly cells: number) {
    const bytes = () => new Uint8Array(cells);
    const numbers = () => new Float64Array(cells);
    this.state = bytes();
    this.ulNoiseDb = numbers();
    this.dlLossDb = numbers();
    this.ulLossDb = numbers();
    this.tiltDeg = numbers();
    this.vswr = numbers();
    this.supplyV = numbers();
    this.mainsOn = bytes();
    this.heatC = numbers();
    this.opticalDb = numbers();
    this.backhaulMbps = numbers();
    this.backhaulDelayMs = numbers();
    this.backhaulLoss = numbers();
    this.setupFail = numbers();
    this.dropFail = numbers();
    this.handoverFail = numbers();
    this.demand = numbers();
    this.syncOff = bytes();
    this.clockShiftMs = numbers();
    this.lateMs = numbers();
    this.doubled = bytes();
    this.lost = bytes();
    this.reset();
  }

  /** All cells well and as planned. */
  reset(): void {
    for (const [name, array] of Object.entries(this)) {
      if (typeof array === 'object') array.fill(USUAL[name as keyof typeof USUAL] ?? 0);
    }
  }

  /** The state of a cell, unless another one that leaves less holds already. */
  setState(cell: number, state: number): void {
    if (RANK[state]! > RANK[this.state[cell]!]!) this.state[cell] = state;
  }
}
