// Keeps alerts: what changed goes to the ledger and to whoever listens, or is all taken back; what is not worth it waits.

import type { AlarmState } from '../model/alarm.ts';
import type { AlertRecord } from '../model/alert.ts';
import type { RecordedPrediction } from '../model/prediction-record.ts';
import type { AlertOptions } from './alert-options.ts';
import { isActive, isListed } from './alert-state.ts';
import type { Book } from './book.ts';
import { type Change, type Draft, isWorthTelling } from './draft.ts';
import type { HealthBook } from './health-book.ts';
import type { MuteDesk, SavedMutes } from './mute-desk.ts';
import type { PredictionDesk } from './prediction-desk.ts';

/** What is saved in one with changed alerts. */
interface SavedBeside {
  /** Journal number up to which all is dealt with. */
  position?: number | undefined;
  alarms?: readonly AlarmState[];
  /** Cells have new names: then all is saved whole. */
  names?: ReadonlyMap<string, string> | undefined;
  predictions?: readonly RecordedPrediction[];
  muting?: SavedMutes | undefined;
}

export interface KeeperRooms {
  options: Pick<AlertOptions, 'ledger' | 'nextSeq' | 'now' | 'publish' | 'impactOf' | 'log'>;
  book: Book;
  predictions: PredictionDesk;
  muting: MuteDesk;
  health: HealthBook;
}

export class AlertKeeper {
  /** Cleared alerts that had to leave the list before anybody acknowledged them. */
  letGo = 0;
  /** Changed since they were last saved: counts and evidence only. */
  private readonly unsaved = new Set<string>();

  constructor(
    private readonly rooms: KeeperRooms,
    /** Number of the newest journal record that is dealt with. */
    public position: number,
  ) {}

  /** It has changed since it was last saved. */
  isWaiting(id: string): boolean {
    return this.unsaved.has(id);
  }

  /** Saves what waits, together with the position. */
  async saveWaiting(): Promise<void> {
    const alerts = [...this.unsaved].map((id) => this.rooms.book.get(id)).filter((alert) => alert !== undefined);
    const muting = this.rooms.muting.toSave(this.position, true);
    await this.write(alerts, { position: this.position, muting });
  }

  /** Saves and tells what is worth it; the rest is remembered as unsaved. Takes all back when the ledger cannot save. */
  async save(
    draft: Draft,
    journalSeq: number,
    { alarms = [], names }: Omit<SavedBeside, 'position'> = {},
  ): Promise<void> {
    const isNew = journalSeq === this.position || !this.rooms.muting.wasJudged(journalSeq);
    if (isNew) this.rooms.muting.apply(draft, this.rooms.options.now());
    const changes = draft.changes();
    const predictions = this.rooms.predictions.changed();
    const isSaving = predictions.length + alarms.length > 0 || names !== undefined || this.rooms.muting.hasChanged;
    if (!isSaving && changes.length === 0) return this.rooms.health.note(this.rooms.muting.turned());
    const isTold = (change: Change) => names !== undefined || isWorthTelling(change);
    const telling = changes.filter(isTold).map((change) => change.after);
    const waiting = changes.filter((change) => !isTold(change)).map((change) => change.after.id);
    const settles = waiting.length === 0 && [...this.unsaved].every((id) => telling.some((alert) => alert.id === id));
    try {
      const position = settles ? journalSeq : undefined;
      if (telling.length > 0 || isSaving) {
        const muting = this.rooms.muting.toSave(journalSeq, false);
        await this.write(telling, { position, alarms, names, predictions, muting });
      }
      this.rooms.predictions.keep();
      this.rooms.muting.keep();
    } catch (error) {
      draft.takeBack();
      this.rooms.predictions.takeBack();
      this.rooms.muting.takeBack();
      throw error;
    }
    for (const id of waiting) this.unsaved.add(id);
    this.settle(changes);
  }

  private settle(changes: readonly Change[]): void {
    const gone = this.rooms.book.trim();
    const unseen = gone.filter((alert) => isListed(alert)).length;
    if (unseen > 0)
      this.rooms.options.log?.(`alerts: ${unseen} cleared ones left the list unacknowledged, they stay in the ledger`);
    this.letGo += unseen;
    for (const alert of gone) this.unsaved.delete(alert.id);
    const cells = changes.flatMap(({ before, after }) => [...(before?.cells ?? []), ...after.cells]);
    this.rooms.health.note([...cells, ...this.rooms.muting.turned()]);
  }

  private async write(alerts: readonly AlertRecord[], beside: SavedBeside): Promise<void> {
    const { position, alarms, names, predictions, muting } = beside;
    const changes = alerts.map((alert) => ({ seq: this.rooms.options.nextSeq(), alert: this.withImpact(alert) }));
    await this.rooms.options.ledger.saveAlerts(changes, position, alarms, names, predictions, muting);
    for (const change of changes) {
      this.unsaved.delete(change.alert.id);
      if (this.rooms.book.get(change.alert.id)) this.rooms.book.put(change.alert);
      this.rooms.options.publish(change);
    }
  }

  /** Once it is over it keeps the impact that it had. */
  private withImpact(alert: AlertRecord): AlertRecord {
    const impact = isActive(alert) ? this.rooms.options.impactOf?.(alert) : undefined;
    return impact ? { ...alert, impact } : alert;
  }
}
