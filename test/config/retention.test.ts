// How long things are kept, as a deployment writes it: ages are understood, and a mistake is told with its line.

import { expect, test } from 'vitest';
import { ConfigError, readConfigFile } from '../../server/config/file.ts';
import { KEEP_ALL, readRetention } from '../../server/config/retention.ts';

const DAY = 86_400_000;
const read = (text: string) =>
  readRetention(readConfigFile(`retention:\n${text}`, 'cellstar.yaml').map().get('retention'));

test('Everything is kept for ever unless told otherwise', () => {
  expect(readRetention(undefined)).toEqual(KEEP_ALL);
  expect(read('')).toEqual(KEEP_ALL);
  expect(KEEP_ALL).toEqual({ raw: Infinity, hourly: Infinity, daily: Infinity, samples: Infinity });
});

test('Ages are days, weeks and years', () => {
  expect(read('  raw: 90d\n  hourly: 2y\n  daily: forever\n  samples: 26w\n')).toEqual({
    ...{ raw: 90 * DAY, hourly: 730 * DAY, daily: Infinity, samples: 182 * DAY },
  });
});

test.each([
  ['  raw: 90\n', 'cellstar.yaml, line 2: retention.raw must be forever, or an age of at least 2d'],
  ['  raw: 1d\n', 'cellstar.yaml, line 2: retention.raw must be forever, or an age of at least 2d'],
  ['  raw: soon\n', 'line 2'],
  ['  raws: 90d\n', 'cellstar.yaml, line 2: retention.raws is not known here; known are raw, hourly, daily, samples'],
  ['  hourly: 30d\n', 'cellstar.yaml, line 2: retention.hourly must not be shorter than raw, which is finer'],
  ['  raw: 30d\n  hourly: 90d\n  daily: 60d\n', 'line 4: retention.daily must not be shorter than hourly'],
])('A mistake is told with its line: %#', (text, message) => {
  expect(() => read(text)).toThrow(ConfigError);
  expect(() => read(text)).toThrow(message);
});
