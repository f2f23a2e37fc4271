// Who serves whom and how well, out of geometry: weak places are where distance and walls say, and a dead cell's users go where they hear somebody.

import { beforeAll, describe, expect, it } from 'vitest';
import { DOWN, Effects, SLEEPING } from '../../../simulators/effects.ts';
import { mapCoverage } from '../../../simulators/radio/coverage.ts';
import { type Coverage, OTHERS } from '../../../simulators/radio/coverage-columns.ts';
import { bitsOf, cqiOf, lostDown, lostUp } from '../../../simulators/radio/link.ts';
import { loadOf, Reception } from '../../../simulators/radio/reception.ts';
import { Takeover } from '../../../simulators/radio/takeover.ts';
import { NO_STRAIN, newService, type Strain, Users } from '../../../simulators/radio/users.ts';
import type { City } from '../../../simulators/world/city.ts';
import { buildRegion } from '../../../simulators/world/region.ts';

const SEED = 1;
let region: City;
let coverage: Coverage;
let users: Users;
beforeAll(() => {
  region = buildRegion(SEED, 400);
  coverage = mapCoverage(SEED, region);
  users = new Users(region, coverage);
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const serve = (cell: number, strain: Partial<Strain>) => {
  const service = newService();
  users.serve(cell, { ...NO_STRAIN, neighbourLoad: 0.4, ...strain }, service);
  return service;
};
const allCells = () => region.cells.map((_, cell) => cell);

describe('what a signal is good for', () => {
  it('grows with its ratio to noise, to where modulation ends', () => {
    for (let db = -15; db < 40; db += 0.5) {
      const [less, more] = [10 ** (db / 10), 10 ** ((db + 0.5) / 10)];
      expect(bitsOf('LTE', more)).toBeGreaterThanOrEqual(bitsOf('LTE', less));
      expect(cqiOf(db + 0.5)).toBeGreaterThanOrEqual(cqiOf(db));
      expect(lostDown(more)).toBeLessThan(lostDown(less));
      expect(lostUp(more)).toBeLessThan(lostUp(less));
    }
    expect(bitsOf('LTE', 1e6)).toBe(7.4);
    expect(cqiOf(25)).toBe(15);
  });

  it('fills a carrier the sooner the less a block carries, and never wholly', () => {
    expect(loadOf(0, 380, 1)).toBeCloseTo(0.03);
    expect(loadOf(100, 380, 0.5)).toBeGreaterThan(loadOf(100, 380, 1));
    expect(loadOf(1e6, 380, 1)).toBe(0.99);
  });
});

describe('the users of a cell', () => {
  it('are all somewhere: their shares sum to one', () => {
    for (const cell of allCells()) {
      let sum = 0;
      for (let row = coverage.starts[cell]!; row < coverage.starts[cell + 1]!; row++) sum += coverage.share[row]!;
      expect(sum).toBeCloseTo(1, 4);
    }
  });

  it('hear others more weakly than the cell that serves them, but for cells that are nowhere the best', () => {
    let better = 0;
    for (let row = 0; row < coverage.share.length; row++) {
      const { radio } = region.cells[coverage.others[OTHERS * row]!]?.carrier ?? {};
      if (radio === 'LTE' && coverage.otherLevels[OTHERS * row]! > coverage.level[row]! + 1e-3) better++;
    }
    // 5G's users hear their LTE cell better than the higher frequency.
    const nr = coverage.share.length - lteRows();
    expect(better).toBeLessThanOrEqual(nr + 0.02 * coverage.share.length);
  });

  function lteRows(): number {
    const isLte = (cell: number) => region.cells[cell]!.carrier.radio === 'LTE';
    return allCells().reduce(
      (sum, cell) => sum + (isLte(cell) ? coverage.starts[cell + 1]! - coverage.starts[cell]! : 0),
      0,
    );
  }

  it('get less, and lose more, the more their neighbours send, the weaker the cell and the louder the noise', () => {
    for (const cell of allCells()) {
      const usual = serve(cell, {});
      expect(serve(cell, { neighbourLoad: 0.9 }).down).toBeLessThanOrEqual(usual.down);
      expect(serve(cell, { neighbourLoad: 0.1 }).sinrDb).toBeGreaterThanOrEqual(usual.sinrDb);
      const weak = serve(cell, { dlLossDb: 6 });
      expect(weak.rsrpDbm).toBeCloseTo(usual.rsrpDbm - 6, 3);
      expect(weak.down).toBeLessThanOrEqual(usual.down);
      const noisy = serve(cell, { ulNoiseDb: 15 });
      expect(noisy.up).toBeLessThan(usual.up);
      expect(noisy.lost).toBeGreaterThan(usual.lost);
      expect(noisy.sinrDb).toBe(usual.sinrDb);
    }
  });

  it('are reckoned with as the planner saw them when nothing is unusual', () => {
    for (const cell of allCells()) expect(serve(cell, {}).planned).toBeCloseTo(1, 4);
  });

  it('suffer most where the mast is far: hamlets without a site are weak, villages with one are not', () => {
    const far = levelsOf((weak) => weak >= 0);
    const near = levelsOf((weak) => weak < 0);
    expect(mean(far)).toBeLessThan(mean(near) - 15);
    expect(mean(far)).toBeLessThan(-103);
  });

  /** Levels of the best LTE cell at rural places. */
  function levelsOf(isWanted: (weak: number) => boolean): number[] {
    const levels: number[] = [];
    const { ground } = region;
    const rows = mapCoverage(SEED, { ...region, ground: pick(isWanted) });
    for (const cell of allCells()) {
      if (region.cells[cell]!.scenario.name !== 'rural') continue;
      for (let row = rows.starts[cell]!; row < rows.starts[cell + 1]!; row++) {
        if (rows.level[row]! !== -95) levels.push(rows.level[row]!);
      }
    }
    expect(ground.size).toBeGreaterThan(0);
    return levels;
  }

  function pick(isWanted: (weak: number) => boolean): City['ground'] {
    const part = new (region.ground.constructor as new () => City['ground'])();
    for (let i = 0; i < region.ground.size; i++) {
      const block = region.ground.block(i);
      if (block.scenario === 'rural' && isWanted(block.weak)) part.add(block, 0.05);
    }
    return part;
  }
});

describe('the users of a cell that is off air', () => {
  const move = (change: (effects: Effects) => void) => {
    const effects = new Effects(region.cells.length);
    change(effects);
    const carried = new Float64Array(region.cells.length).fill(100);
    new Takeover(region, coverage).move(carried, effects);
    return carried;
  };
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

  it('stay where they are while all is well', () => {
    expect([...move(() => {})].every((value) => value === 100)).toBe(true);
  });

  it('go to cells that cover their places, none out of nothing, and some to nobody', () => {
    let [lost, moved] = [0, 0];
    for (const cell of allCells()) {
      const carried = move((effects) => effects.setState(cell, DOWN));
      expect(carried[cell]).toBe(0);
      expect(total(carried)).toBeLessThanOrEqual(100 * region.cells.length + 1e-3);
      const heard = new Set(
        coverage.others.subarray(OTHERS * coverage.starts[cell]!, OTHERS * coverage.starts[cell + 1]!),
      );
      carried.forEach((value, other) => {
        if (value > 100 && !heard.has(other)) expect.fail(`${region.cells[other]!.cell.id} is not heard there`);
      });
      lost += 100 * region.cells.length - total(carried);
      moved += total(carried) - 100 * (region.cells.length - 1);
    }
    expect(moved).toBeGreaterThan(2 * lost);
    expect(lost).toBeGreaterThan(0);
  });

  it('hear those who take them farther off in the open country than in a town, when a whole site goes', () => {
    const guestLevel = (name: string) => {
      const [site] = region.sites.filter(({ district }) => district.scenario === name);
      const effects = new Effects(region.cells.length);
      for (const cell of site!.cells) effects.setState(cell, DOWN);
      const takeover = new Takeover(region, coverage);
      takeover.move(new Float64Array(region.cells.length).fill(100), effects);
      expect(total(takeover.guests)).toBeLessThanOrEqual(100 * site!.cells.length + 1e-3);
      return total(takeover.guestLevel) / total(takeover.guests);
    };
    expect(guestLevel('rural')).toBeLessThan(guestLevel('dense-urban') - 5);
  });

  it('mostly believe a sleeping cell, and get nothing', () => {
    const cell = region.cells.findIndex(({ scenario }) => scenario.name === 'dense-urban');
    const carried = move((effects) => effects.setState(cell, SLEEPING));
    expect(carried[cell]).toBe(0);
    expect(100 * region.cells.length - total(carried)).toBeGreaterThanOrEqual(69);
  });

  it('leave a cell that has become weak at its edge, and it keeps those near the mast', () => {
    const cell = region.cells.findIndex(({ scenario }) => scenario.name === 'dense-urban');
    const [little, much] = [3, 12].map((db) => {
      return move((effects) => {
        effects.dlLossDb[cell] = db;
      })[cell]!;
    });
    expect(little).toBeLessThan(100.001);
    expect(much).toBeLessThan(little!);
    expect(much).toBeGreaterThanOrEqual(0);
  });
});

describe('a period of the radio network', () => {
  it('makes neighbours of a busy cell slower, and those of a dead one faster', () => {
    const reception = new Reception(SEED, region);
    const cell = region.cells.findIndex(({ scenario }) => scenario.name === 'dense-urban');
    const neighbour = users.neighbours[6 * cell]!;
    const sinr = (change: (effects: Effects, wanted: Float64Array) => void) => {
      const effects = new Effects(region.cells.length);
      const wanted = Float64Array.from(region.cells, ({ carrier }) => 0.4 * carrier.fullUsers);
      change(effects, wanted);
      reception.advance(wanted, effects);
      const service = newService();
      reception.serve(cell, effects, service);
      return service.sinrDb;
    };
    const usual = sinr(() => {});
    const busy = sinr((_, wanted) => {
      wanted[neighbour] = 3 * region.cells[neighbour]!.carrier.fullUsers;
    });
    expect(busy).toBeLessThan(usual);
  });
});
