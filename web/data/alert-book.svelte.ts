// All alerts that the page knows: fetched once, then changed by messages, in order, with nothing lost while fetching or pausing.

import type { Alert } from '../../server/api/contract.ts';
import type { Api } from './api.ts';

/** Cleared alerts that are fetched for the list and the last day's bar. */
const MOST_CLEARED = 500;
/** Changes that wait while the page is paused; beyond that the list is fetched anew on return. */
const MOST_WAITING = 2_000;
/** A storm of alerts is shown in steps of this, not one by one. */
const SHOW_EVERY_MS = 50;

export class AlertBook {
  alerts = $state.raw<ReadonlyMap<string, Alert>>(new Map());
  /** Alerts that changed while the connection was away. */
  missed = $state.raw<ReadonlySet<string>>(new Set());
  /** Alerts that changed while the book was held. */
  waiting = $state(0);

  readonly #api: Pick<Api, 'alerts'>;
  /** Changes that are not shown yet: of the last moment, or of the whole pause. */
  #incoming = new Map<string, Alert>();
  #tooMany = false;
  #held = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What came while the list was being fetched is newer than the answer. */
  #arrivedMeanwhile: Alert[] = [];

  constructor(api: Pick<Api, 'alerts'>) {
    this.#api = api;
  }

  /** Fetches everything that is open, and what was cleared of late. Throws a `Failure`. */
  async load(): Promise<void> {
    this.#arrivedMeanwhile = [];
    const [open, acknowledged, cleared] = await Promise.all([
      this.#api.alerts('open'),
      this.#api.alerts('acknowledged'),
      this.#api.alerts('cleared', MOST_CLEARED),
    ]);
    const all = [...cleared, ...acknowledged, ...open, ...this.#arrivedMeanwhile];
    this.alerts = new Map(all.map((alert) => [alert.id, alert]));
  }

  /** A new state of one alert; `missed` when it happened while the connection was away. */
  take(alert: Alert, missed: boolean): void {
    this.#arrivedMeanwhile.push(alert);
    if (missed) this.missed = new Set([...this.missed, alert.id]);
    if (this.#incoming.size < MOST_WAITING || this.#incoming.has(alert.id)) this.#incoming.set(alert.id, alert);
    else this.#tooMany = true;
    if (this.#held) this.waiting = this.#incoming.size;
    else this.#timer ??= setTimeout(() => this.#show(), SHOW_EVERY_MS);
  }

  /** Stands still: changes wait. */
  hold(): void {
    this.#held = true;
  }

  /** Goes on, with all that waited. */
  release(): void {
    this.#held = false;
    this.waiting = 0;
    this.#show();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#held || this.#incoming.size === 0) return;
    this.alerts = withoutOldest(new Map([...this.alerts, ...this.#incoming]));
    this.#incoming = new Map();
    this.#arrivedMeanwhile = this.#arrivedMeanwhile.slice(-MOST_WAITING);
    // More came than could be kept: the list itself knows. What fails here is tried again with the next change.
    if (this.#tooMany)
      this.load().then(
        () => (this.#tooMany = false),
        () => undefined,
      );
  }
}

/** A page that stays open for weeks forgets what was cleared long ago, as one that is opened anew would. */
function withoutOldest(alerts: Map<string, Alert>): Map<string, Alert> {
  const cleared = [...alerts.values()].filter((alert) => alert.state === 'cleared');
  if (cleared.length <= 2 * MOST_CLEARED) return alerts;
  cleared.sort((a, b) => b.changedAt.localeCompare(a.changedAt));
  for (const { id } of cleared.slice(MOST_CLEARED)) alerts.delete(id);
  return alerts;
}
