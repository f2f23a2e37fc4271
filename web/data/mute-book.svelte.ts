// The mutes that stand, fetched now and then and after each act: what they hold back changes with the alerts.

import type { Mute, MuteAsk } from '../../server/api/contract.ts';
import type { MuteDoors } from './mutes.ts';
import { myName } from './my-name.ts';

const FETCH_EVERY_MS = 10_000;

export class MuteBook {
  /** The newest first. */
  mutes = $state.raw<readonly Mute[]>([]);
  readonly #doors: MuteDoors;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(doors: MuteDoors) {
    this.#doors = doors;
  }

  /** Fetches from now on; returns how to stop. */
  start(): () => void {
    void this.load();
    this.#timer = setInterval(() => void this.load(), FETCH_EVERY_MS);
    return () => clearInterval(this.#timer);
  }

  /** Without an answer what was known stays: the page says elsewhere that the server is away. */
  async load(): Promise<void> {
    await this.#doors.list().then(
      ({ mutes }) => (this.mutes = mutes),
      () => undefined,
    );
  }

  get(id: string): Mute | undefined {
    return this.mutes.find((mute) => mute.id === id);
  }

  /** The mute that has works on at the cell now, or holds back its alerts. */
  ofCell(cell: { id: string; siteId: string }): Mute | undefined {
    const isOpen = ({ state, kinds }: Mute) => state === 'open' && !kinds;
    return this.mutes.find(
      (mute) => isOpen(mute) && (mute.all || mute.cells?.includes(cell.id) || mute.siteId === cell.siteId),
    );
  }

  /** Gives what it names and nothing else has named. Throws a `Failure`. */
  async make(ask: MuteAsk): Promise<readonly string[]> {
    const by = myName();
    const { unknown = [] } = await this.#doors.make(by ? { ...ask, by } : ask);
    await this.load();
    return unknown;
  }

  /** Throws a `Failure`. */
  async end(id: string, atOnce: boolean): Promise<void> {
    await this.#doors.end(id, myName(), atOnce);
    await this.load();
  }
}
