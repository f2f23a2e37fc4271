// Values that are missing where they usually are not: how surprising a run of them is.

export class Gaps {
  private rows = 0;
  private missing = 0;
  private run = 0;

  constructor(private readonly memory: number) {}

  /** −log10 of the chance of so long a run of missing values, each by itself; 0 where there is a value. */
  judge(isMissing: boolean): number {
    this.run = isMissing ? this.run + 1 : 0;
    const share = (this.missing + 1) / (this.rows + 2);
    this.learn(isMissing);
    return -this.run * Math.log10(share);
  }

  private learn(isMissing: boolean): void {
    this.rows++;
    if (isMissing) this.missing++;
    if (this.rows <= this.memory) return;
    this.missing *= 1 - 1 / this.rows;
    this.rows = this.memory;
  }
}
