// Takes the cells that come or go by their validity once the data time has reached it.

/** Ids of cells whose validity begins or ends. */
interface Due {
  begin: readonly unknown[];
  end: readonly unknown[];
}

export class ValidityWatch {
  private hasTold = false;

  /** `take` rejects while the journal takes nothing. */
  constructor(
    private readonly due: () => Due,
    private readonly take: () => Promise<void>,
    private readonly log: (line: string) => void,
  ) {}

  /** Called each second, for hours while the journal is full: one line says it. */
  async look(): Promise<void> {
    const { begin, end } = this.due();
    if (begin.length + end.length === 0) return;
    try {
      await this.take();
      this.hasTold = false;
    } catch (error) {
      if (!this.hasTold)
        this.log(`app: cells that come or go by their validity could not be taken (trying again): ${error}`);
      this.hasTold = true;
    }
  }
}
