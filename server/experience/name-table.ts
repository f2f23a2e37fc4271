// Names by number: each is held once, in the order in which it was first heard.

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
}
