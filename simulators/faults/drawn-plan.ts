// What happens in a scenario, drawn at its rates: every kind has dice of its own, so that one more of it changes no other.

import { DAY, type Era, HOUR, WEEK } from '../era.ts';
import { type DrawnNuisance, NUISANCE_MAKERS } from '../nuisances/makers.ts';
import { Random } from '../random.ts';
import type { FaultRates, NamedScenario } from '../scenarios/named-scenario.ts';
import { Draft, type Material, type Sign } from './draft.ts';
import type { FaultKind, Happening } from './happening.ts';
import { FAULT_MAKERS } from './makers.ts';
import { Occupied } from './occupied.ts';

/** Between one thing and the next on the same cell. */
const PAUSE = 12 * HOUR;
/** What cannot be placed in so many tries is left out: the network is full of troubles already. */
const TRIES = 40;
/** Nothing breaks in the last hours: nobody could notice it in time. */
const LAST = 4 * HOUR;

/** A stretch of time to place things in. */
interface Window {
  from: number;
  until: number;
}

export class DrawnPlan {
  readonly happenings: Happening[] = [];
  readonly #material: Material;
  readonly #scenario: NamedScenario;
  readonly #era: Era;
  readonly #occupied = new Occupied(PAUSE);

  constructor(material: Material, scenario: NamedScenario, era: Era) {
    this.#material = material;
    this.#scenario = scenario;
    this.#era = era;
    const { from, liveFrom } = era;
    const calm = from + scenario.calmDays * DAY;
    this.#drawNuisances('once', { from, until: from + 1 });
    for (const [n, { day, hours, faults }] of (scenario.bursts ?? []).entries()) {
      const start = from + day * DAY;
      this.#drawFaults(`burst ${n}`, faults, this.#hundreds, { from: start, until: start + hours * HOUR });
    }
    const weeks = Math.max(0, liveFrom - calm) / WEEK;
    this.#drawFaults('faults', scenario.faults, this.#hundreds * weeks, { from: calm, until: liveFrom - LAST });
    this.#drawNuisances('cells', { from: from + DAY, until: liveFrom - LAST });
    this.#drawNuisances('network', { from: from + DAY, until: liveFrom - LAST });
  }

  /** Hundreds of cells. */
  get #hundreds(): number {
    return this.#material.city.cells.length / 100;
  }

  #drawFaults(part: string, rates: FaultRates, times: number, window: Window): void {
    for (const [kind, { canBeForetold }] of Object.entries(FAULT_MAKERS)) {
      const random = new Random(this.#material.seed, `${part}:${kind}`);
      const count = random.poisson((rates[kind as FaultKind] ?? 0) * times);
      const signs = Array.from({ length: count }, () => this.#sign(canBeForetold, random));
      const announced = signs.filter((sign) => sign === 'true').length;
      const falseOnes = Math.round(announced * this.#scenario.falsePrecursors);
      for (const sign of [...signs, ...Array<Sign>(falseOnes).fill('false')]) {
        this.#place(random, window, sign, (draft) => FAULT_MAKERS[kind as FaultKind].make(draft));
      }
    }
  }

  #sign(canBeForetold: boolean, random: Random): Sign {
    return canBeForetold && random.uniform() >= this.#scenario.withoutPrecursor ? 'true' : 'none';
  }

  #drawNuisances(per: 'cells' | 'network' | 'once', window: Window): void {
    const weeks = Math.max(0, window.until - window.from) / WEEK;
    const times = per === 'once' ? this.#hundreds : per === 'cells' ? this.#hundreds * weeks : weeks;
    for (const [kind, maker] of Object.entries(NUISANCE_MAKERS)) {
      if (maker.per !== per) continue;
      const random = new Random(this.#material.seed, `nuisances:${kind}`);
      const count = random.poisson((this.#scenario.nuisances[kind as DrawnNuisance] ?? 0) * times);
      const make = (draft: Draft) => maker.make(draft, this.#era.liveFrom);
      for (let n = 0; n < count; n++) this.#place(random, window, 'none', make, per !== 'network');
    }
  }

  /** Somewhere and some time where its cells are well; what hits all of the network at once finds them as they are. */
  #place(
    random: Random,
    window: Window,
    sign: Sign,
    make: (draft: Draft) => Happening | undefined,
    isAlone = true,
  ): void {
    const { periodMs } = this.#material;
    for (let tries = 0; tries < TRIES; tries++) {
      const onset = Math.ceil(random.between(window.from, window.until) / periodMs) * periodMs;
      const event = make(new Draft(this.#material, random, onset, sign));
      if (!event || event.from < Math.min(window.from, this.#era.from + DAY)) continue;
      if (isAlone && !this.#occupied.isFree(span(event))) continue;
      if (isAlone) this.#occupied.take(span(event));
      this.happenings.push(event);
      return;
    }
  }
}

/** A change that stays keeps its cells busy only as long as it surprises. */
function span(event: Happening): Pick<Happening, 'cells' | 'from' | 'until'> {
  const { cells, from, until } = event;
  return { cells, from, until: event.nature === 'nuisance' ? event.upsetsUntil : until };
}
