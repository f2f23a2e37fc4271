// The command line of the score: seeds kept apart, wrong options told in a sentence.

import { expect, it } from 'vitest';
import { parseScoreOptions } from './score-options.ts';

it('scores five test seeds of 150 cells and five weeks unless told otherwise', () => {
  expect(parseScoreOptions([])).toEqual({
    ...{ seeds: [1001, 1002, 1003, 1004, 1005], scenario: 'mixed', cells: 150, days: 35 },
    ...{ json: false, tune: false },
  });
  expect(
    parseScoreOptions(['--seeds', '7,8', '--scenario', 'storm', '--cells', '60', '--days', '21', '--json']),
  ).toEqual({
    ...{ seeds: [7, 8], scenario: 'storm', cells: 60, days: 21, json: true, tune: false },
  });
});

it('tunes on training seeds and on no others', () => {
  expect(parseScoreOptions(['--tune'])).toMatchObject({ seeds: [1, 2, 3, 4, 5], tune: true });
  expect(parseScoreOptions(['--tune', '--seeds', '1001'])).toMatch(/for the score alone/);
});

it('says what is wrong', () => {
  expect(parseScoreOptions(['--help'])).toBe('help');
  expect(parseScoreOptions(['--cells', 'many'])).toMatch(/--cells many: must be a whole number/);
  expect(parseScoreOptions(['--days', '14'])).toMatch(/--days 14/);
  expect(parseScoreOptions(['--speed', '3'])).toMatch(/speed/);
});
