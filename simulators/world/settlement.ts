// Draws where people of the pretend network live and work: places of the ground, weighed by how many.

import type { Random } from '../random.ts';
import type { City } from './city.ts';
import type { Block, Ground } from './ground.ts';
import { at, type Point } from './places.ts';

/** A place, and what its parts of the map are called. */
export interface NamedBlock extends Block {
  district: string;
  weakName?: string;
}

export class Settlement {
  readonly #city: Pick<City, 'sites' | 'weakPlaces'>;
  readonly #ground: Ground;
  readonly #homes: Float64Array;
  readonly #jobs: Float64Array;

  constructor(city: Pick<City, 'ground' | 'sites' | 'weakPlaces'>) {
    const { ground } = city;
    this.#city = city;
    this.#ground = ground;
    this.#homes = sums(ground, ({ homes }) => homes);
    this.#jobs = sums(ground, ({ jobs }) => jobs);
  }

  block(index: number): NamedBlock {
    const block = this.#ground.block(index);
    const { sites, weakPlaces } = this.#city;
    return { ...block, district: sites[block.site]!.district.en, weakName: weakPlaces[block.weak]?.name };
  }

  /** Index of a block, by how many live there. */
  home(random: Random): number {
    return pick(this.#homes, random);
  }

  /** Index of a block, by how many work there. */
  work(random: Random): number {
    return pick(this.#jobs, random);
  }

  /** Somewhere in a block. */
  placeIn(block: number, random: Random): Point {
    const { centre } = this.#ground.block(block);
    const reach = this.#ground.reachKm(block);
    return at(centre.eastKm + random.between(-reach, reach), centre.northKm + random.between(-reach, reach));
  }
}

function sums(ground: Ground, weight: (block: Block) => number): Float64Array {
  let sum = 0;
  return Float64Array.from({ length: ground.size }, (_, index) => (sum += weight(ground.block(index))));
}

/** Index by weight, from the sums up to each; binary search. */
function pick(upTo: Float64Array, random: Random): number {
  const wanted = random.uniform() * upTo.at(-1)!;
  let low = 0;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (upTo[middle]! > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
