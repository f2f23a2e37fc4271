// Has weak coverage judged when samples have come: once they pause, and again and again while they go on.

import type { Alerts } from './alerts/alerts.ts';
import type { Coverage } from './coverage/coverage.ts';
import type { SampleStore } from './storage/sample-store.ts';
import { Turns } from './turns.ts';

/** Wall time, milliseconds: samples are judged when none came for so long … */
const QUIET_MS = 1000;
/** … or after so long all the same; and never more often than that. */
const PATIENCE_MS = 10_000;

export class CoverageWatch {
  private newest = 0;
  private newestAt = 0;
  private waitingSince: number | undefined;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private readonly turns = new Turns();

  constructor(
    private readonly rooms: {
      coverage: Coverage;
      samples: Pick<SampleStore, 'position'>;
      alerts: Pick<Alerts, 'takeNow'>;
      now(): number;
      log(line: string): void;
    },
  ) {}

  /** Looks whether it is time to judge. Never rejects. */
  look(): Promise<void> {
    return this.inTurn(async () => {
      const { coverage, samples, now } = this.rooms;
      const [position, at] = [await samples.position(), now()];
      if (position <= coverage.judged) return;
      if (position > this.newest) [this.newest, this.newestAt] = [position, at];
      this.waitingSince ??= at;
      const isTime = at - this.newestAt >= QUIET_MS || at - this.waitingSince >= PATIENCE_MS;
      if (isTime && at - this.lookedAt >= PATIENCE_MS) await this.judge(position);
    });
  }

  /** Judges what has not been judged yet, before the server stops. Never rejects. */
  finish(): Promise<void> {
    return this.inTurn(async () => this.judge(await this.rooms.samples.position()));
  }

  private async judge(position: number): Promise<void> {
    const { coverage, alerts, now } = this.rooms;
    if (position <= coverage.judged) return;
    this.waitingSince = undefined;
    await alerts.takeNow(await coverage.findings(position));
    await coverage.settle();
    this.lookedAt = now();
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    return this.turns
      .take(work)
      .catch((error) => this.rooms.log(`coverage: samples could not be judged (trying again): ${error}`));
  }
}
