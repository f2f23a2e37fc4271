// Counts what was not measured in a delivery of samples, by the number that stood there, and says so.

import { SAMPLE_VALUES } from '../model/sample.ts';

/** Different numbers told apart for one value; further ones are counted together. */
const MOST_NUMBERS = 20;
/** Numbers that a sentence names. */
const MOST_NAMED = 6;
const NAMES = ['level', 'quality (RSRQ)', 'SINR', 'downlink rate', 'uplink rate', 'latency'];
const LEVEL = SAMPLE_VALUES.indexOf('rsrpDbm');

interface Count {
  total: number;
  byNumber: Map<string, number>;
}

export class Unmeasured {
  private readonly counts: Count[] = SAMPLE_VALUES.map(() => ({ total: 0, byNumber: new Map() }));
  private samples = 0;

  addSample(): void {
    this.samples++;
  }

  /** `value` is a place in SAMPLE_VALUES; `number` is NaN where nothing was given. */
  add(value: number, number: number): void {
    const count = this.counts[value]!;
    const said = Number.isNaN(number) ? 'not given' : String(number).replace('-', '−');
    const key = count.byNumber.has(said) || count.byNumber.size < MOST_NUMBERS ? said : 'others';
    count.total++;
    count.byNumber.set(key, (count.byNumber.get(key) ?? 0) + 1);
  }

  /** One sentence for the level, which every sample should have; for others only where an impossible number stood. */
  notes(): string[] {
    return this.counts.flatMap((count, value) => {
      const given = count.total - (count.byNumber.get('not given') ?? 0);
      if (count.total === 0 || (value !== LEVEL && given === 0)) return [];
      if (value !== LEVEL) {
        count.byNumber.delete('not given');
        return [`${plural(given, 'value')} of ${NAMES[value]} cannot have been measured (${listed(count)}): left out`];
      }
      const whole = `${figure(count.total)} of ${plural(this.samples, 'sample')}`;
      return [`${whole} have no level (${listed(count)}): not measured, kept without a level`];
    });
  }
}

function listed({ byNumber }: Count): string {
  const most = [...byNumber].sort(([, a], [, b]) => b - a);
  const named = most.slice(0, MOST_NAMED).map(([said, count]) => `${said} ${figure(count)}×`);
  return most.length > MOST_NAMED ? `${named.join(', ')}, …` : named.join(', ');
}

const figure = (count: number) => count.toLocaleString('en-US');
const plural = (count: number, word: string) => `${figure(count)} ${word}${count === 1 ? '' : 's'}`;
