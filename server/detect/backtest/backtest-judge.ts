// What judges the windows of a backtest, one after another: a fixed rule, or a detector that begins with an empty memory.

import { SourceClock } from '../../maths/source-clock.ts';
import type { ReadingBatch } from '../../model/reading.ts';
import { SeasonalDetector } from '../detectors/seasonal.ts';
import { profileWith } from '../shipped-profile.ts';
import { stepsOf } from '../split-batch.ts';
import type { BacktestAnswers, BacktestSetting } from './backtest-protocol.ts';
import { RuleJudge } from './rule-judge.ts';
import { SpellBook } from './spells.ts';
import { batchesOf, type WindowColumns } from './window.ts';

export class BacktestJudge {
  private readonly book: SpellBook;
  private readonly judge: RuleJudge | SeasonalDetector;
  private readonly clocks = new Map<string, SourceClock>();
  /** Latest first. */
  private readonly restarts: [cell: string, at: number][];

  /** Throws a RangeError when a setting is none of the profile's. */
  constructor(private readonly setting: BacktestSetting) {
    this.book = new SpellBook(setting.from, setting.flapMs);
    this.judge = setting.rule ? new RuleJudge(setting.rule) : openDetector(setting);
    this.restarts = [...setting.restarts].sort((a, b) => b[1] - a[1]);
  }

  /** Windows in order of time. */
  observe(columns: WindowColumns): void {
    for (const batch of batchesOf(columns, this.setting.cells)) this.take(batch);
  }

  close(): BacktestAnswers['close'] {
    return { version: this.judge.version, spells: this.book.close() };
  }

  private take(batch: ReadingBatch): void {
    const { judge } = this;
    if (judge instanceof RuleJudge) this.book.take(judge.observe(batch));
    else {
      this.restart(judge, batch.at[0]!);
      const clock = stepsOf(batch, this.clockOf(batch.source).hear(batch.cells, batch.cell, batch.at));
      this.book.take(judge.observe(batch, clock));
    }
  }

  /** Cells that became other machines before this time. */
  private restart(detector: SeasonalDetector, at: number): void {
    while ((this.restarts.at(-1)?.[1] ?? Number.POSITIVE_INFINITY) < at)
      this.book.take(detector.relearn([this.restarts.pop()!]));
  }

  private clockOf(source: string): SourceClock {
    const known = this.clocks.get(source) ?? new SourceClock();
    this.clocks.set(source, known);
    return known;
  }
}

function openDetector({ zone, settings, cells, calendar }: BacktestSetting): SeasonalDetector {
  const detector = new SeasonalDetector({ zone, profile: profileWith(settings) });
  detector.place(cells.flatMap(({ id, place }) => (place ? [[id, place] as const] : [])));
  detector.setCalendar(calendar, 'full');
  return detector;
}
