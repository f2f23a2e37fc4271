// Samples by columns, as intake leaves them in the journal.

import { latLngToCell } from 'h3-js';
import { RADIOS } from '../../server/model/cell.ts';
import { NOT_NAMED, SAMPLE_KINDS, SAMPLE_VALUES, type Sample, type SampleBatch } from '../../server/model/sample.ts';

/** Resolution 9 where timing advance gave the position, else 12. */
export const hexOf = ({ lat, lon, kind }: Pick<Sample, 'lat' | 'lon' | 'kind'>): string =>
  latLngToCell(lat, lon, kind === 'mr' ? 9 : 12);

export function batchOf(samples: readonly Sample[], { digest = 'digest#0', source = 'test' } = {}): SampleBatch {
  const names = (key: 'cell' | 'operator' | 'band') => [
    ...new Set(samples.map((sample) => sample[key]).filter((name) => name !== undefined)),
  ];
  const [cells, operators, bands] = [names('cell'), names('operator'), names('band')];
  const code = (list: readonly string[], value: string | undefined) =>
    value === undefined ? NOT_NAMED : list.indexOf(value);
  return {
    source,
    receivedAt: 0,
    digest,
    rows: samples.length,
    cells,
    operators,
    bands,
    at: Float64Array.from(samples, ({ at }) => at),
    hex: BigUint64Array.from(samples, (sample) => BigInt(`0x${hexOf(sample)}`)),
    cell: Int32Array.from(samples, ({ cell }) => (cell === undefined ? -1 : cells.indexOf(cell))),
    operator: Int32Array.from(samples, ({ operator }) => (operator === undefined ? -1 : operators.indexOf(operator))),
    band: Int32Array.from(samples, ({ band }) => (band === undefined ? -1 : bands.indexOf(band))),
    radio: Uint8Array.from(samples, ({ radio }) => code(RADIOS, radio)),
    kind: Uint8Array.from(samples, ({ kind }) => code(SAMPLE_KINDS, kind)),
    indoor: Uint8Array.from(samples, ({ indoor }) => (indoor === undefined ? NOT_NAMED : Number(indoor))),
    values: SAMPLE_VALUES.map((value) => Float32Array.from(samples, (sample) => sample[value] ?? Number.NaN)),
  };
}
