// What the planner's page has fetched: what there is to judge, the weak areas, the hexagons around the view.

import type { CoverageAreaList, CoverageHexagons } from '../../../server/api/contract.ts';
import { Failure } from '../../data/api.ts';
import type { CoverageDoors, CoverageQuestion, GeoBounds } from '../../data/coverage.ts';
import type { Slice } from './filters.ts';
import { boundsOfHexagons } from './hexagon-mesh.ts';
import { COARSEST, holds, resolutionFor, withMargin } from './hexagon-view.ts';

export interface LookedAt {
  bounds: GeoBounds;
  zoom: number;
}

export type What = 'slices' | 'areas' | 'hexagons';

/** For the box around all samples. */
const OVERVIEW_RESOLUTION = 7;

export class CoverageBook {
  slices = $state.raw<readonly Slice[] | null>(null);
  areas = $state.raw<CoverageAreaList | null>(null);
  hexagons = $state.raw<CoverageHexagons | null>(null);
  /** The box around all samples of the question; null while it is not known, or when there are none. */
  extent = $state.raw<GeoBounds | null>(null);
  /** The extent was asked for and answered. */
  surveyed = $state(false);
  failed = $state.raw<Partial<Record<What, { detail: string; instance: string }>>>({});
  /** Questions on their way. */
  waiting = $state(0);

  readonly #doors: CoverageDoors;
  #question: CoverageQuestion | null = null;
  #asked = '';
  #areasAsked = '';
  #view: LookedAt | null = null;
  #held: { bounds: GeoBounds; resolution: number; asked: string } | null = null;
  #round = 0;

  constructor(doors: CoverageDoors) {
    this.#doors = doors;
  }

  /** Fetches what there is to judge; where samples have come since, the rest too. */
  async loadSlices(): Promise<void> {
    const answer = await this.#ask('slices', () => this.#doors.slices());
    if (!answer || JSON.stringify(answer.slices) === JSON.stringify(this.slices)) return;
    const first = this.slices === null;
    this.slices = answer.slices;
    if (!first) await this.#reload();
  }

  /** Asks another question, or the same in another language. */
  async ask(question: CoverageQuestion, language: string): Promise<void> {
    const asked = JSON.stringify(question);
    const sameSamples = asked === this.#asked;
    this.#question = question;
    this.#asked = asked;
    await Promise.all([this.#loadAreas(`${asked} ${language}`), sameSamples ? undefined : this.#survey(question)]);
  }

  async look(view: LookedAt): Promise<void> {
    this.#view = view;
    await this.#loadHexagons();
  }

  /** Tries again what failed. */
  async retry(): Promise<void> {
    await this.loadSlices();
    if (this.#question) await this.#reload();
  }

  async #reload(): Promise<void> {
    this.#held = null;
    await Promise.all([this.#loadAreas(this.#asked), this.#loadHexagons()]);
  }

  async #loadAreas(asked: string): Promise<void> {
    const question = this.#question!;
    this.#areasAsked = asked;
    const answer = await this.#ask('areas', () => this.#doors.areas(question));
    if (answer && this.#areasAsked === asked) this.areas = answer;
  }

  /** Where the samples are; then what the view needs of them. */
  async #survey(question: CoverageQuestion): Promise<void> {
    const asked = this.#asked;
    const answer = await this.#ask('hexagons', () => this.#doors.hexagons(question, OVERVIEW_RESOLUTION));
    if (asked !== this.#asked) return;
    if (answer) this.extent = boundsOfHexagons(answer.id);
    this.surveyed = true;
    if (this.#view) await this.#loadHexagons();
    else if (answer) this.hexagons = answer;
  }

  /** Fetches the hexagons of the view unless they are there; coarser ones where there are too many. */
  async #loadHexagons(): Promise<void> {
    const question = this.#question;
    if (!this.#view || !question) return;
    const { bounds, zoom } = this.#view;
    let resolution = resolutionFor(zoom, question.kind);
    const asked = this.#asked;
    if (this.#held?.asked === asked && this.#held.resolution === resolution && holds(this.#held.bounds, bounds)) return;
    const round = ++this.#round;
    const wide = withMargin(bounds);
    const wanted = resolution;
    for (; ; resolution--) {
      const size = resolution;
      const answer = await this.#ask('hexagons', () => this.#doors.hexagons(question, size, wide));
      if (round !== this.#round || !answer) return;
      if (answer.cut && size > COARSEST) continue;
      this.#held = { bounds: wide, resolution: wanted, asked };
      this.hexagons = answer;
      return;
    }
  }

  async #ask<T>(what: What, get: () => Promise<T>): Promise<T | undefined> {
    this.waiting += 1;
    try {
      const answer = await get();
      if (this.failed[what]) this.failed = { ...this.failed, [what]: undefined };
      return answer;
    } catch (error) {
      const known = error instanceof Failure ? error : new Failure(0, String(error));
      this.failed = { ...this.failed, [what]: { detail: known.message, instance: known.instance } };
      return undefined;
    } finally {
      this.waiting -= 1;
    }
  }
}
