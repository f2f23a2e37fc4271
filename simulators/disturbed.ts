// Whom a happening disturbs beside its own cells: those that must serve its users as guests, and those that hear more of their neighbours.

import { Effects } from './effects.ts';
import type { Happening } from './faults/happening.ts';
import { loadOf, type Reception } from './radio/reception.ts';
import { NO_STRAIN, newService } from './radio/users.ts';
import { slotOfWeek, weekCurve } from './traffic/week.ts';
import type { City } from './world/city.ts';

/** So many guests for each usual user are noticed. */
const NOTICED = 0.05;
/** And so much less of signal over interference, on the average of a cell's users, dB. */
const NOTICED_DB = 1.5;
/** Neighbours whose load changes by less change nothing. */
const LEAST_LOAD = 0.02;
/** A happening is looked at so many times from its beginning to its end: at night others are awake than by day. */
const LOOKS = 4;
const HOUR_SECONDS = 3600;

/** The radio of the network at one moment. */
interface Moment {
  guests: Float64Array;
  guestLevel: Float64Array;
  users: Float64Array;
  load: Float64Array;
}

export class Disturbed {
  readonly #cells: City['cells'];
  readonly #radio: Pick<Reception, 'takeover' | 'users'>;
  readonly #effects: Effects;
  readonly #curve = weekCurve(HOUR_SECONDS);
  readonly #service = newService();

  constructor({ cells }: Pick<City, 'cells'>, radio: Pick<Reception, 'takeover' | 'users'>) {
    this.#cells = cells;
    this.#radio = radio;
    this.#effects = new Effects(cells.length);
  }

  /** Indexes of the cells. */
  by(event: Happening): number[] {
    const own = new Set(event.cells);
    const found = new Set<number>();
    for (let look = 0; look < LOOKS; look++) {
      const at = event.from + ((look + 0.5) / LOOKS) * (event.until - event.from);
      for (const cell of this.#at(event, at)) if (!own.has(cell)) found.add(cell);
    }
    for (const cell of this.#at(event, event.until - 1)) if (!own.has(cell)) found.add(cell);
    return [...found].sort((a, b) => a - b);
  }

  #at(event: Happening, at: number): number[] {
    const before = this.#moment(at);
    const after = this.#moment(at, event);
    return this.#cells.flatMap((_, cell) => (this.#isDisturbed(cell, before, after) ? [cell] : []));
  }

  /** Who serves how many; without the event: as usual at that hour. */
  #moment(at: number, event?: Happening): Moment {
    const slot = slotOfWeek(at, this.#curve);
    this.#effects.reset();
    event?.apply(this.#effects, at);
    const [home, business] = [this.#curve.home[slot]!, this.#curve.business[slot]!];
    const users = Float64Array.from(
      this.#cells,
      ({ peakUsers, homeShare }, cell) =>
        this.#effects.demand[cell]! * peakUsers * (homeShare * home + (1 - homeShare) * business),
    );
    const { takeover } = this.#radio;
    takeover.move(users, this.#effects);
    return {
      ...{ guests: takeover.guests.slice(), guestLevel: takeover.guestLevel.slice(), users },
      load: Float64Array.from(this.#cells, ({ carrier }, cell) => loadOf(users[cell]!, carrier.fullUsers, 1)),
    };
  }

  #isDisturbed(cell: number, before: Moment, after: Moment): boolean {
    const guests = after.guests[cell]!;
    if (guests > NOTICED * before.users[cell]!) return true;
    const loads = [before, after].map(({ load }) => this.#radio.users.neighbourLoad(cell, load));
    if (guests === 0 && loads[1]! - loads[0]! < LEAST_LOAD) return false;
    return this.#sinrDb(cell, before, loads[0]!) - this.#sinrDb(cell, after, loads[1]!) >= NOTICED_DB;
  }

  #sinrDb(cell: number, { guests, guestLevel, users }: Moment, neighbourLoad: number): number {
    const own = guests[cell]!;
    const strain = { ...NO_STRAIN, neighbourLoad };
    if (own > 0) Object.assign(strain, { guestShare: own / users[cell]!, guestLevelDbm: guestLevel[cell]! / own });
    this.#radio.users.serve(cell, strain, this.#service);
    return this.#service.sinrDb;
  }
}
