// The progress bar: what a person reads while four weeks go in.

import { describe, expect, it } from 'vitest';
import { ProgressBar, progressLine } from '../../simulators/progress.ts';

const FROM = Date.UTC(2026, 9, 20);
const UNTIL = Date.UTC(2026, 10, 17);
const at = (share: number) => ({
  at: FROM + share * (UNTIL - FROM),
  from: FROM,
  until: UNTIL,
  readings: share * 100_000,
  elapsedMs: share * 20_000,
});

function shown(isTTY: boolean): string[] {
  const written: string[] = [];
  const bar = new ProgressBar({ isTTY, write: (text) => written.push(text) });
  for (let step = 1; step <= 1000; step++) bar.show(at(step / 1000));
  return written;
}

describe('the progress bar', () => {
  it('tells share, data day, rate and time left', () => {
    expect(progressLine(at(0.5))).toBe(
      'backfill [============            ] 50%  Tue 2026-11-03  5,000 readings/s  10 s left',
    );
  });

  it('tells what goes beside the readings, once there is some', () => {
    expect(progressLine({ ...at(0.5), samples: 52_310, voices: 341 })).toBe(
      'backfill [============            ] 50%  Tue 2026-11-03  5,000 readings/s  52,310 radio samples  341 complaints and surveys  10 s left',
    );
  });

  it('is one moving line on a terminal, ended at the end', () => {
    const written = shown(true);
    expect(written.every((text) => text.startsWith('\r'))).toBe(true);
    expect(written.filter((text) => text.endsWith('\n'))).toHaveLength(1);
    expect(written.at(-1)).toContain('100%');
  });

  it('is a line every tenth where there is no terminal', () => {
    expect(shown(false)).toHaveLength(10);
  });
});
