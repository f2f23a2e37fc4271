// What the deployment's file tells whoever writes it wrongly: the file, the line and the rule.

import { expect, test } from 'vitest';
import { ConfigError, readConfigFile } from '../../server/config/file.ts';

const TEXT = `# of the north region
retention:
  raw: 90d
  keep: [1, 2]
poll:
`;
const root = readConfigFile(TEXT, 'cellstar.yaml');

test('A setting knows the line that it stands on', () => {
  const retention = root.map().get('retention')!.map();
  expect(retention.get('raw')!.text()).toBe('90d');
  expect(retention.get('raw')!.line).toBe(3);
  expect(
    retention
      .get('keep')!
      .list()
      .map((one) => one.number()),
  ).toEqual([1, 2]);
  expect(root.map().get('poll')!.isEmpty).toBe(true);
});

test('JSON is read too', () => {
  expect(
    readConfigFile('{"retention": {"raw": "90d"}}', 'x.json').map().get('retention')!.map().get('raw')!.text(),
  ).toBe('90d');
});

test.each([
  [() => root.map(['retention']), 'cellstar.yaml, line 5: poll is not known here; known are retention'],
  [
    () => root.map().get('retention')!.map().get('raw')!.number(0, 5),
    'cellstar.yaml, line 3: retention.raw must be a number from 0 to 5',
  ],
  [() => root.map().get('retention')!.list(), 'cellstar.yaml, line 2: retention must be a list'],
  [
    () => root.map().get('retention')!.map().get('keep')!.list()[1]!.flag(),
    'cellstar.yaml, line 4: retention.keep[1] must be true or false',
  ],
  [() => readConfigFile('a: 1\na: 2\n', 'twice.yaml'), 'twice.yaml, line 2: Map keys must be unique'],
  [() => readConfigFile('a: [1,\nb: 2\n', 'open.yaml'), /^open\.yaml, line \d: /],
])('A mistake is told with file, line and rule: %#', (act, message) => {
  expect(act).toThrow(ConfigError);
  expect(act).toThrow(message);
});
