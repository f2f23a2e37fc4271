// The rules of the house, checked on its own files; a failure says in a sentence what is wrong and where.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FOLDERS, houseFile, readHouse } from './house/read-house.ts';
import * as rules from './house/rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const house = readHouse(root);

/** Each rule as a sentence, with a small house that breaks it. */
const RULES: [string, rules.Rule, Record<string, string>][] = [
  [
    'rooms of the server do not know each other',
    rules.roomsDoNotKnowEachOther,
    { 'server/alerts/a.ts': "import { x } from '../live/b.ts';", 'server/live/b.ts': '' },
  ],
  [
    'rooms of the server do not know what joins them',
    rules.roomsDoNotKnowEachOther,
    { 'server/alerts/a.ts': "import { x } from '../doors/b.ts';", 'server/doors/b.ts': '' },
  ],
  [
    'words and model are safe in a browser',
    rules.sharedRoomsRunInABrowser,
    { 'server/words/a.ts': "import { readFileSync } from 'node:fs';" },
  ],
  [
    'the web knows the server by its words and its contract, as types',
    rules.theWebKnowsTheServerByItsContract,
    { 'web/data/a.ts': "import { x } from '../../server/api/contract.ts';" },
  ],
  [
    'pages never import each other',
    rules.pagesStandAlone,
    { 'web/pages/map/a.ts': "import { x } from '../cell/b.ts';" },
  ],
  [
    'only web/data fetches',
    rules.onlyDataFetches,
    { 'web/parts/Row.svelte': "<script>\n  const a = fetch('/api');\n</script>" },
  ],
  [
    'simulators speak to the server through its doors',
    rules.simulatorsUseTheDoors,
    { 'simulators/a.ts': "import { x } from '../server/intake/b.ts';" },
  ],
  [
    'nothing that ships knows the tests',
    rules.nothingShipsWithTests,
    { 'server/live/a.ts': "import '../../test/b.ts';" },
  ],
  [
    'each outside library has one home',
    rules.eachLibraryHasOneHome,
    { 'server/live/a.ts': "import express from 'express';" },
  ],
  [
    'imports name an existing file with its ending',
    rules.importsAreExplicit,
    { 'server/live/a.ts': "import { x } from './b';" },
  ],
  [
    'imports make no circle',
    rules.noCycles,
    { 'server/live/a.ts': "import type { B } from './b.ts';", 'server/live/b.ts': "import { a } from './a.ts';" },
  ],
  ['no file only passes on what others export', rules.noBarrels, { 'server/live/a.ts': "export * from './b.ts';" }],
  ['no raw HTML in the page', rules.noRawHtml, { 'web/parts/Row.svelte': '{@html text}' }],
  ['nothing is left for later', rules.nothingIsLeftForLater, { 'test/live/a.test.ts': "test.skip('x', () => {});" }],
  ['names say what they hold, in kebab-case', rules.namesSayWhatTheyHold, { 'server/live/dateUtils.ts': '' }],
  [
    'each file opens with a sentence that says what it is',
    rules.filesOpenWithASentence,
    { 'server/live/a.ts': 'export const a = 1;' },
  ],
];

describe('in this house', () => {
  test.each(RULES)('%s', (_, rule) => expect(rule(house)).toEqual([]));

  test('every rule of the list is there, and each finds what breaks it', () => {
    expect(new Set(RULES.map(([, rule]) => rule))).toEqual(new Set(Object.values(rules)));
    for (const [, rule, broken] of RULES) {
      const files = Object.entries(broken).map(([path, text]) => houseFile(path, text));
      expect(rule(files)).toHaveLength(1);
    }
  });

  test('all code stands in the four folders', () => {
    const own = readdirSync(root, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
    );
    const others = own
      .map((entry) => entry.name)
      .filter((name) => !['node_modules', 'dist', 'data', ...FOLDERS].includes(name));
    expect(others).toEqual([]);
    expect(house.length).toBeGreaterThan(100);
  });
});
