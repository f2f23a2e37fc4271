// A store that knows cells by tags that never change, asked by the names that cells have now.

import type { ReadingsRecord } from '../../model/journal.ts';
import type { Reading } from '../../model/reading.ts';
import { type KpiStore, MOST_POINTS, MOST_READINGS, type SeriesPoint, type StoredRecord } from '../kpi-store.ts';
import type { RolledColumns } from '../levels.ts';
import { type KeptTags, Tags } from './tags.ts';

export interface TagKeeping {
  /** Tags as they were kept last. */
  kept: KeptTags;
  /** Keeps them instead, in one transaction with the journal number from which on they hold: the store's own position. */
  keep(tags: KeptTags, seq: number): Promise<void>;
}

/** @param store knows nothing of changes of names: takes readings alone */
export function underTags(store: KpiStore, { kept, keep }: TagKeeping): KpiStore {
  let tags = new Tags(kept);

  const appendSome = async (records: readonly ReadingsRecord[]) => {
    if (records.length === 0) return;
    await store.append(
      records.map(({ batch, ...record }) => ({ ...record, batch: { ...batch, cells: tagged(batch.cells) } })),
    );
  };
  const tagged = (cells: readonly string[]) => cells.map((cell) => tags.of(cell)[0]!);

  const append = async (records: readonly StoredRecord[]) => {
    const position = await store.position();
    let some: ReadingsRecord[] = [];
    for (const record of records.filter(({ seq }) => seq > position)) {
      if (record.kind === 'readings') {
        some.push(record);
        continue;
      }
      await appendSome(some);
      some = [];
      const next = tags.after(record);
      await keep(next, record.seq);
      tags = new Tags(next);
    }
    await appendSome(some);
  };

  return {
    name: store.name,
    append,
    position: () => store.position(),
    series: async (query, limit = MOST_POINTS) => {
      const asked = tags.of(query.cell).map((cell) => store.series({ ...query, cell }, limit));
      return joined<SeriesPoint>(await Promise.all(asked)).slice(-limit);
    },
    readings: async (cell, from, to, limit = MOST_READINGS) => {
      const asked = tags.of(cell).map((tag) => store.readings(tag, from, to, limit));
      return joined<Reading>(await Promise.all(asked))
        .slice(-limit)
        .map((reading) => ({ ...reading, cell }));
    },
    rolled: async (level, query) => {
      const asked = tags.of(query.cell).map((cell) => store.rolled(level, { ...query, cell }));
      return joinedColumns(await Promise.all(asked));
    },
    stale: async (cell, from, to) => {
      const days = await Promise.all(tags.of(cell).map((tag) => store.stale(tag, from, to)));
      return [...new Map(days.flat().map((day) => [day.to, day])).values()].sort((a, b) => a.to - b.to);
    },
    rollUp: (clock) => store.rollUp(clock),
    forget: (level, until) => store.forget(level, until),
    oldest: () => store.oldest(),
    kept: () => store.kept(),
    keptAfter: () => store.keptAfter(),
    health: () => store.health(),
    close: () => store.close(),
  };
}

/** In order of time; where two tags hold one period, that of the later tag stands. */
function joined<T extends { at: number; periodSeconds?: number }>(lists: readonly T[][]): T[] {
  if (lists.length === 1) return lists[0]!;
  const byKey = new Map(lists.flat().map((one) => [`${one.at} ${one.periodSeconds}`, one]));
  return [...byKey.values()].sort((a, b) => a.at - b.at || (a.periodSeconds ?? 0) - (b.periodSeconds ?? 0));
}

function joinedColumns(lists: readonly RolledColumns[]): RolledColumns {
  if (lists.length === 1) return lists[0]!;
  const places = lists.flatMap((list) => Array.from(list.at, (at, row) => ({ at, row, list })));
  const rows = [...new Map(places.map((place) => [place.at, place])).values()].sort((a, b) => a.at - b.at);
  const column = (name: keyof RolledColumns) => Float64Array.from(rows, ({ list, row }) => list[name][row]!);
  return {
    at: column('at'),
    value: column('value'),
    weight: column('weight'),
    low: column('low'),
    high: column('high'),
  };
}
