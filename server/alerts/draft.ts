// A draft of changes to the book: visible at once, and taken back as a whole when they could not be saved.

import type { AlertRecord } from '../model/alert.ts';
import type { Book } from './book.ts';

export interface Change {
  before: AlertRecord | undefined;
  after: AlertRecord;
}

export class Draft {
  /** Each alert as it was before the draft, in the order of first change. */
  private readonly before = new Map<string, AlertRecord | undefined>();
  /** The same since the last step. */
  private readonly beforeStep = new Map<string, AlertRecord | undefined>();

  constructor(private readonly book: Book) {}

  put(alert: AlertRecord): void {
    this.note(alert.id);
    this.book.put(alert);
  }

  /** All at once: subjects that are exchanged must not meet. */
  putAll(alerts: readonly AlertRecord[]): void {
    for (const { id } of alerts) {
      this.note(id);
      this.book.remove(id);
    }
    for (const alert of alerts.toSorted((a, b) => a.raisedAt - b.raisedAt)) this.book.put(alert);
  }

  private note(id: string): void {
    for (const known of [this.before, this.beforeStep]) if (!known.has(id)) known.set(id, this.book.get(id));
  }

  changes(): Change[] {
    return this.changesSince(this.before);
  }

  /** What has changed since the last step was taken. */
  step(): Change[] {
    return this.changesSince(this.beforeStep);
  }

  takeStep(): Change[] {
    const changes = this.step();
    this.beforeStep.clear();
    return changes;
  }

  private changesSince(known: ReadonlyMap<string, AlertRecord | undefined>): Change[] {
    return [...known].flatMap(([id, before]) => {
      const after = this.book.get(id);
      return after && after !== before ? [{ before, after }] : [];
    });
  }

  takeBack(): void {
    for (const [id, before] of this.before) {
      if (before) this.book.put(before);
      else this.book.remove(id);
    }
  }
}

/** Counts at which a lasting alert is told again: 1, 2, 5, 10, 20, 50, … */
function countStep(count: number): number {
  const power = 10 ** Math.floor(Math.log10(count));
  return count >= 5 * power ? 5 * power : count >= 2 * power ? 2 * power : power;
}

/**
 * Is the change worth saving and telling at once? Whatever enters the story is, and a new leading KPI, other cells, or
 * a count that reaches the next step. The rest (a count, fresher evidence) waits for one of these or for a checkpoint.
 */
export function isWorthTelling({ before, after }: Change): boolean {
  if (!before || before.history.at(-1) !== after.history.at(-1)) return true;
  const same =
    before.kpi === after.kpi &&
    before.audience === after.audience &&
    before.title.code === after.title.code &&
    before.cause?.code === after.cause?.code &&
    before.calm?.until === after.calm?.until &&
    before.partOf === after.partOf &&
    before.mutedBy === after.mutedBy &&
    before.foretoldBy === after.foretoldBy &&
    before.alarms === after.alarms &&
    before.prediction === after.prediction &&
    before.cells.join() === after.cells.join() &&
    before.recovered?.join() === after.recovered?.join();
  return !same || countStep(before.count) !== countStep(after.count);
}
