// What was said of full cells against what came: later chances are moved by it.

export interface TrackState {
  /** Forecasts that are over, the chances that were said of them as shipped, summed, and how many came true. */
  forecasts: number;
  said: number;
  came: number;
}

/** What is shipped is held as firmly as by so many forecasts of which half came true. *Default.* */
const HELD_AS_BY = 10;

export class TrackRecord {
  state: TrackState = { forecasts: 0, said: 0, came: 0 };

  /** @param shipped the chance as it was before this record moved it */
  note(shipped: number, came: boolean): void {
    this.state.forecasts++;
    this.state.said += shipped;
    this.state.came += Number(came);
  }

  /**
   * The odds are moved by as much as what came was likelier, or less likely, than what was said: calibration in the large
   * (Cox 1958), shrunk toward what is shipped while few forecasts are over.
   */
  chance(shipped: number): number {
    return probabilityOf(oddsOf(shipped) * this.factor);
  }

  /** What `chance` gave this for. */
  shippedOf(chance: number): number {
    return probabilityOf(oddsOf(chance) / this.factor);
  }

  private get factor(): number {
    const { forecasts, said, came } = this.state;
    const share = (of: number) => (of + HELD_AS_BY / 2) / (forecasts + HELD_AS_BY);
    return oddsOf(share(came)) / oddsOf(share(said));
  }
}

const oddsOf = (probability: number): number => probability / (1 - probability);
const probabilityOf = (odds: number): number => odds / (1 + odds);
