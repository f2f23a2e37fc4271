// The addresses of the pages: what is written can be read again.

import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { address, goTo, parseRoute, setFilters } from '../../web/routes.ts';

describe('addresses', () => {
  beforeEach(() => {
    window.location.hash = '';
  });

  it('lead to the map when nothing is asked for, or something that does not exist', () => {
    expect(parseRoute('').page).toBe('map');
    expect(parseRoute('#/').page).toBe('map');
    expect(parseRoute('#/nowhere/x').page).toBe('map');
  });

  it('bring any cell id and any filter value back as they were', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (id, text) => {
        const route = parseRoute(address('cell', id, { q: text }));
        expect(route).toMatchObject({ page: 'cell', id });
        expect(route.query.get('q')).toBe(text);
      }),
    );
  });

  it('survive a percent sign that means nothing', () => {
    expect(parseRoute('#/cell/100%').id).toBe('100%');
  });

  it('leave empty filters out', () => {
    expect(address('cells', undefined, { q: '', health: null, unplaced: '1' })).toBe('#/cells?unplaced=1');
  });

  it('change one filter and keep the others, without a new entry in the history', () => {
    goTo('cells', undefined, { q: 'harbour', health: 'major' });
    const before = window.history.length;
    setFilters({ health: null, unplaced: '1' });
    expect(window.location.hash).toBe('#/cells?q=harbour&unplaced=1');
    expect(window.history.length).toBe(before);
  });
});
