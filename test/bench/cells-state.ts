// The state of a large network for a new client: one binary frame, and the list of cells, on the server's side.

import type { CellList } from '../../server/api/contract.ts';
import { CellListText } from '../../server/doors/cell-list.ts';
import { Live } from '../../server/live/live.ts';
import { encodeCellFrame } from '../../server/model/cell-frame.ts';
import { cellId, madeBatch } from './made-network.ts';
import { type Bench, bestInTurns, resultOf } from './measuring.ts';

export const cellsState: Bench = {
  name: 'cells-state',
  async run({ small }) {
    const count = small ? 1_000 : 100_000;
    const { directory, present } = madeLive(count);
    present.sweep(Date.now());
    const frame = () => {
      const index = Uint32Array.from(directory.cells(), (known) => known.index);
      return encodeCellFrame({ seq: 1, dataAt: present.dataAt, whole: true, index, ...present.frame(index) });
    };
    const cells = new CellListText(directory, present);
    const list = () => cells.page({ limit: count });
    const rows: CellList = JSON.parse(Buffer.from(list()).toString());
    const states = rows.cells.map(({ id, health, at }) => ({ id, health, at }));
    const turns = small ? 1 : 5;
    const row = async (bench: string, act: () => unknown, same: object) => {
      const best = await bestInTurns(turns, act, () => JSON.stringify(same));
      return resultOf({
        ...{ bench, value: best.act, unit: 'ms', under: `${count.toLocaleString('en')} cells` },
        ...{ baseline: best.baseline, baselineIs: 'JSON.stringify of the same states, ready as objects' },
        target: { of: 'value', is: '≤', figure: 100 },
      });
    };
    return [await row('cells-frame', frame, states), await row('cells-list', list, rows)];
  },
};

function madeLive(count: number): Live {
  const live = new Live();
  for (let i = 0; i < count; i++) {
    const [lat, lon] = [38 + (i % 1000) / 1000, -9 + i / count];
    const siteId = `site-${Math.floor(i / 3)}`;
    live.directory.put({ id: cellId(i), siteId, name: `Cell ${i}`, radio: 'LTE', lat, lon, azimuthDeg: (i % 3) * 120 });
  }
  live.take({ seq: 1, kind: 'readings', batch: madeBatch(count, 0) });
  return live;
}
