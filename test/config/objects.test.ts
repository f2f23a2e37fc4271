// The section `objects` of the deployment's file: classes and names of objects, with mistakes told by line.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfigFile } from '../../server/config/file.ts';
import { readObjects } from '../../server/config/objects.ts';
import { aliasesOfObject, nameOfObject } from '../../server/intake/object-name.ts';
import { ObjectMeanings } from '../../server/intake/object-rules.ts';

const read = (text: string) => readObjects(readConfigFile(text, 'cellstar.yaml').map(['objects']).get('objects'));
const meanings = (text: string) => new ObjectMeanings(read(text));

describe('the objects of a deployment', () => {
  it('are classes of a radio, classes of no cells, and names', () => {
    const { classes, names } = read("objects:\n  CellTDD: LTE\n  Beam: none\n  'A=1,B=2': quay\n  objLdn: pier\n");
    expect([...classes]).toEqual([
      ['CellTDD', 'LTE'],
      ['Beam', 'none'],
    ]);
    expect(names).toEqual([
      { object: 'A=1,B=2', cell: 'quay' },
      { object: 'objLdn', cell: 'pier' },
    ]);
  });

  it('without a section are none', () => {
    expect(readObjects(undefined)).toEqual({ classes: new Map(), names: [] });
  });

  it('name cells by pieces of the names that senders write, each word for one piece', () => {
    const some = meanings("objects:\n  'MRBTS-{site}/LNBTS-{site}/LNCEL-{n}': 'S{site}-{n}'\n  '{}/Cell={c}': '{c}'\n");
    expect(some.cellOf(['MRBTS-7/LNBTS-7/LNCEL-2'])).toBe('S7-2');
    expect(some.cellOf(['MRBTS-7/LNBTS-8/LNCEL-2'])).toBeUndefined();
    expect(some.cellOf(['MRBTS-7/x/LNBTS-7/LNCEL-2'])).toBeUndefined();
    expect(some.cellOf(['other', 'x/Cell=9'])).toBe('9');
  });

  it.each([
    ["objects:\n  '{a}{b}': '{a}'\n", 2, 'touch'],
    ["objects:\n  ok: LTE\n  'x-{a}': '{b}'\n", 3, '{b}'],
    ["objects:\n  'x-{1a}': y\n", 2, 'digit'],
    ['objects:\n  A: [1]\n', 2, 'must be text'],
    ['objects: 7\n', 1, 'must be a map'],
  ])('that are wrong are told with their line: %j', (text, line, rule) => {
    expect(() => read(text)).toThrow(ConfigError);
    expect(() => read(text)).toThrow(new RegExp(`line ${line}:.*${rule.replace(/[{}]/g, '\\$&')}`));
  });

  it('that are any text at all are read or refused, never a crash', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), fc.string(), (object, cell, name) => {
        try {
          meanings(`objects:\n  ${JSON.stringify(object)}: ${JSON.stringify(cell)}\n`).cellOf([name, object]);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('which cell an object is', () => {
  const object = { element: 'N-7', ldn: 'A=1,Thing=3', objectClass: 'Thing', name: '3' };

  it('a class that the deployment calls LTE is one', () => {
    expect(nameOfObject(object)).toBeUndefined();
    expect(nameOfObject(object, meanings('objects: {thing: LTE}'))).toEqual({
      id: 'N-7/LTE/3',
      siteId: 'N-7',
      radio: 'LTE',
    });
  });

  it('a class of cells that the deployment calls none is none', () => {
    const cell = { ...object, objectClass: 'EUtranCellFDD' };
    expect(nameOfObject(cell)).toMatchObject({ radio: 'LTE' });
    expect(nameOfObject(cell, meanings('objects: {EUtranCellFDD: none}'))).toBeUndefined();
    expect(aliasesOfObject(cell, meanings('objects: {EUtranCellFDD: none}'))).not.toContain('3');
  });

  it.each(['constructor', '__proto__', 'toString'])('a class called %s is none of cells', (objectClass) => {
    expect(nameOfObject({ ...object, objectClass })).toBeUndefined();
  });
});
