// The detector's settings as a deployment writes them: each by its name within its range, and a mistake is told with its line.

import { expect, test } from 'vitest';
import { readDetection } from '../../server/config/detection.ts';
import { ConfigError, readConfigFile } from '../../server/config/file.ts';

const read = (text: string) =>
  readDetection(readConfigFile(`detection:\n${text}`, 'cellstar.yaml').map().get('detection'));

test('Without the section, and with what ships, nothing differs', () => {
  expect(readDetection(undefined)).toEqual({});
  expect(read('')).toEqual({});
  expect(read('  alertsPerDay: 100\n  bandSigmas: 6\n')).toEqual({});
});

test('What differs is kept by name', () => {
  expect(read('  alertsPerDay: 50\n  confirmPeriods: 3\n  bandSigmas: 6\n')).toEqual({
    alertsPerDay: 50,
    confirmPeriods: 3,
  });
});

test.each([
  ['  alertsPerDay: 5000\n', 'cellstar.yaml, line 2: detection.alertsPerDay must be a number from 10 to 1000'],
  ['  bandSigmas: 6\n  alertsPerDay: many\n', 'cellstar.yaml, line 3: detection.alertsPerDay must be a number'],
  ['  alertsPerDay:\n', 'cellstar.yaml, line 2: detection.alertsPerDay must be a number'],
  ['  confirmPeriods: 1.5\n', 'cellstar.yaml, line 2: detection.confirmPeriods must be a whole number'],
  ['  alertsADay: 50\n', 'cellstar.yaml, line 2: detection.alertsADay is not known here; known are bandSigmas'],
  ['  mostCells: 10\n', 'cellstar.yaml, line 2: detection.mostCells is not known here'],
  ['  operatingLimits: 10\n', 'cellstar.yaml, line 2: detection.operatingLimits is not known here'],
  ['  id: 3\n', 'cellstar.yaml, line 2: detection.id is not known here'],
  ['  __proto__: 3\n', 'cellstar.yaml, line 2: detection.__proto__ is not known here'],
  ['  - alertsPerDay\n', 'cellstar.yaml, line 1: detection must be a map of names and values'],
])('A mistake is told with its line: %#', (text, message) => {
  expect(() => read(text)).toThrow(ConfigError);
  expect(() => read(text)).toThrow(message);
});
