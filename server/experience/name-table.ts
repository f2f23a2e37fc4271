// Names by number: each is held once, in the order in which it was first heard; names may change, numbers stay.

/** What is known of the number `from` belongs to `into`; `from` has no name any more. */
export interface MergedNumber {
  from: number;
  into: number;
}

export class NameTable {
  private readonly numbers = new Map<string, number>();
  readonly names: string[] = [];

  constructor(private readonly most = Number.POSITIVE_INFINITY) {}

  get size(): number {
    return this.names.length;
  }

  find(name: string): number | undefined {
    return this.numbers.get(name);
  }

  /** The number of a name, a new one where it was not known; undefined beyond the maximum. */
  number(name: string): number | undefined {
    const known = this.numbers.get(name);
    if (known !== undefined || this.names.length >= this.most) return known;
    this.numbers.set(name, this.names.length);
    this.names.push(name);
    return this.names.length - 1;
  }

  /** Names change all at once, old → new; where two numbers come to have one name, the older number keeps it. */
  rename(names: ReadonlyMap<string, string>): MergedNumber[] {
    const merged: MergedNumber[] = [];
    const moving = [...names].flatMap(([from, to]) => {
      const number = this.numbers.get(from);
      return number === undefined ? [] : [{ number, to }];
    });
    for (const { number } of moving) this.numbers.delete(this.names[number]!);
    for (const { number, to } of moving.sort((a, b) => a.number - b.number)) {
      const there = this.numbers.get(to) ?? number;
      const [into, from] = there < number ? [there, number] : [number, there];
      if (from !== into) {
        merged.push({ from, into });
        this.names[from] = '';
      }
      this.names[into] = to;
      this.numbers.set(to, into);
    }
    return merged;
  }
}
