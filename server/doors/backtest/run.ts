// Runs one backtest: reads the past cell by cell, slowly enough that nobody else waits for it, and lets a thread judge it.

import type { Worker } from 'node:worker_threads';
import type {
  BacktestAnswered,
  BacktestAnswers,
  BacktestQuestion,
  BacktestSetting,
} from '../../detect/backtest/backtest-protocol.ts';
import { DAY_MS } from '../../maths/local-time.ts';
import type { Reading } from '../../model/reading.ts';
import type { KpiStore } from '../../storage/kpi-store.ts';
import type { StartThread } from '../../threads.ts';
import type { BacktestPlan } from './ask.ts';
import { buffersOf, ColumnsBuilder, readerOf, windowsOf } from './history.ts';

/** After so much work in one go the live house has its turn, for as long again. */
const WORK_MS = 20;
const JUDGE_THREAD = 'detect/backtest/backtest-thread';

export interface RunRooms {
  store: Pick<KpiStore, 'readings' | 'series'>;
  startThread: StartThread;
  pause(ms: number): Promise<unknown>;
}

/** What was read within `from < at <= to`, of the cells that are judged. */
export interface ReadTally {
  judged: number;
  suspect: number;
  late: number;
  cellDays: number;
  /** The oldest reading of all, also of before `from`; Infinity without any. */
  oldestAt: number;
}

export type RunResult = BacktestAnswers['close'] & { tally: ReadTally };

/** Rejects when the signal ends it, the store is away or the thread fails. Nothing of it is left behind. */
export async function runBacktest(
  plan: BacktestPlan,
  setting: BacktestSetting,
  rooms: RunRooms,
  progress: (done: number, of: number) => void,
  signal: AbortSignal,
): Promise<RunResult> {
  const worker = rooms.startThread(JUDGE_THREAD, setting);
  try {
    return await new Run(plan, setting, rooms, worker, signal).all(progress);
  } finally {
    await worker.terminate();
  }
}

class Run {
  private readonly tally: ReadTally = {
    judged: 0,
    suspect: 0,
    late: 0,
    cellDays: 0,
    oldestAt: Number.POSITIVE_INFINITY,
  };
  private workingSince = performance.now();
  private readonly past: ReturnType<typeof readerOf>;

  constructor(
    private readonly plan: BacktestPlan,
    private readonly setting: BacktestSetting,
    private readonly rooms: RunRooms,
    private readonly worker: Worker,
    private readonly signal: AbortSignal,
  ) {
    this.past = readerOf(rooms.store, { from: plan.readFrom, to: plan.to });
  }

  async all(progress: (done: number, of: number) => void): Promise<RunResult> {
    const { readFrom, to } = this.plan;
    const { cells } = this.setting;
    const of = (cells.length * (to - readFrom)) / DAY_MS;
    let done = 0;
    for (const window of windowsOf(readFrom, to, cells.length)) {
      const columns = new ColumnsBuilder();
      for (const index of cells.keys()) {
        columns.add(index, await this.read(index, window));
        done += (window.to - window.from) / DAY_MS;
        progress(done, of);
        await this.giveWay();
      }
      const built = columns.build();
      await ask(this.worker, { ask: 'observe', columns: built }, this.signal, buffersOf(built));
    }
    return { ...(await ask(this.worker, { ask: 'close' }, this.signal)), tally: this.tally };
  }

  private async read(index: number, window: { from: number; to: number }): Promise<Reading[]> {
    this.signal.throwIfAborted();
    const { id, asked } = this.setting.cells[index]!;
    const kpis = this.plan.rule?.conditions.map(({ kpi }) => kpi);
    const readings = await this.past(id, window, kpis && [...new Set(kpis)]);
    if (asked) this.count(readings);
    return readings;
  }

  private count(readings: readonly Reading[]): void {
    const { tally, plan } = this;
    for (const { at, periodSeconds, suspect, late } of readings) {
      tally.oldestAt = Math.min(tally.oldestAt, at);
      if (at <= plan.from) continue;
      if (suspect) tally.suspect++;
      else tally.judged++;
      if (late) tally.late++;
      tally.cellDays += (1000 * periodSeconds) / DAY_MS;
    }
  }

  private async giveWay(): Promise<void> {
    const worked = performance.now() - this.workingSince;
    if (worked < WORK_MS) return;
    await this.rooms.pause(worked);
    this.workingSince = performance.now();
  }
}

/** One question at a time. */
function ask<Q extends BacktestQuestion>(
  worker: Worker,
  question: Q,
  signal: AbortSignal,
  transfer: ArrayBuffer[] = [],
): Promise<BacktestAnswers[Q['ask']]> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const end = (error: unknown) => reject(error);
    const ended = () => end(new Error('the thread of the backtest has ended'));
    const aborted = () => end(signal.reason);
    worker.once('error', end);
    worker.once('exit', ended);
    signal.addEventListener('abort', aborted, { once: true });
    worker.once('message', (answered: BacktestAnswered) => {
      worker.off('error', end).off('exit', ended);
      signal.removeEventListener('abort', aborted);
      if ('error' in answered) reject(new Error(answered.error));
      else resolve(answered.answer as BacktestAnswers[Q['ask']]);
    });
    worker.postMessage(question, transfer);
  });
}
