// Hours of cells that were put down while the store lagged behind: to be made again once it holds what they were made of.

/** Whether the store holds everything up to a record, waiting at most so long for it. */
export type StoreHolds = (seq: number, patienceMs: number) => Promise<boolean>;

/** A store that keeps up is milliseconds behind; one that is away is not waited for again and again. */
const PATIENCE_MS = 2000;

export class OwedHours {
  private hours = new Map<number, Set<number>>();
  private upTo = 0;
  private isBehind = false;

  constructor(private readonly holds: StoreHolds) {}

  /** While hours are owed, what is saved must be taken again after a restart. */
  get isOwing(): boolean {
    return this.hours.size > 0;
  }

  async storeHolds(seq: number): Promise<boolean> {
    this.isBehind = !(await this.holds(seq, this.isBehind ? 0 : PATIENCE_MS));
    return !this.isBehind;
  }

  owe(cell: number, hours: Iterable<number>, seq: number): void {
    this.hours.set(cell, new Set([...(this.hours.get(cell) ?? []), ...hours]));
    this.upTo = Math.max(this.upTo, seq);
  }

  /** What is owed and can be made now; it is owed no more. */
  async due(): Promise<[cell: number, hours: Set<number>][]> {
    if (!this.isOwing || !(await this.storeHolds(this.upTo))) return [];
    const due = [...this.hours];
    this.hours = new Map();
    return due;
  }

  /** A cell's number has become another's. */
  renamed(from: number, into: number): void {
    const hours = this.hours.get(from);
    if (!hours) return;
    this.hours.delete(from);
    this.owe(into, hours, this.upTo);
  }
}
