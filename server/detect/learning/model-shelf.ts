// The models by mode and version, which are in force, and the newest comparisons: kept in a file, changed whole or not at all.

import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison, LearnedModel } from '../../model/learning.ts';
import type { FaultMode } from '../../model/prediction.ts';
import { readCheckpointFile, writeCheckpointFile } from '../checkpoint-file.ts';
import { shippedModel } from '../foretellers/hazard/priors.ts';
import { SHIPPED_BASE } from './sequences.ts';

/** Modes that learn: those with cases of their own, and `other`, faults that follow on alarms. */
export const LEARNING_MODES = [
  'battery',
  'cooling',
  'feeder',
  'optics',
  'hardware',
  'interference',
  'clock',
  'other',
] as const satisfies FaultMode[];
export type LearningMode = (typeof LEARNING_MODES)[number];

/** Versions of a mode that are kept beside the shipped one, and comparisons of all modes. */
const MOST_VERSIONS = 8;
const MOST_COMPARISONS = 70;
const NAME = 'models.bin';

/** What a mode has. */
interface Row {
  mode: LearningMode;
  /** Made here, oldest first. */
  made: LearnedModel[];
  inForce: number;
  /** Highest version ever given. */
  newest: number;
  /** Data time at which a person went back to an older version: what had ended by then speaks for no newer one any more. */
  heldTo: number | null;
}

interface Saved {
  rows: Row[];
  comparisons: Comparison[];
  trainedAt: number | null;
  /** Data time from which the first training is waited for; absent in a file of before it was kept. */
  begunAt?: number | null;
}

export interface ModeModels {
  inForce: LearnedModel;
  /** All that one can go back to, oldest first, the one in force among them. */
  versions: LearnedModel[];
}

export class ModelShelf {
  private saved: Saved;

  private constructor(
    private readonly file: string,
    saved: Partial<Saved>,
  ) {
    const known = new Map(saved.rows?.map((row) => [row.mode, row]));
    const rows = LEARNING_MODES.map(
      (mode): Row => known.get(mode) ?? { mode, made: [], inForce: 1, newest: 1, heldTo: null },
    );
    const { comparisons = [], trainedAt = null, begunAt = null } = saved;
    this.saved = { rows, comparisons, trainedAt, begunAt };
  }

  /** What every network starts from, one of each mode. */
  static shipped(): LearnedModel[] {
    return LEARNING_MODES.map(shipped);
  }

  /** A damaged file is set aside with a line in the log: all is judged as shipped then. */
  static open(folder: string, log: (line: string) => void): ModelShelf {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, NAME);
    if (!existsSync(file)) return new ModelShelf(file, {});
    try {
      return new ModelShelf(file, JSON.parse(new TextDecoder().decode(readCheckpointFile(file))) as Saved);
    } catch (error) {
      log(
        `foretell: the models are set aside and those shipped are in force: ${error instanceof Error ? error.message : error}`,
      );
      renameSync(file, `${file}.set-aside`);
      return new ModelShelf(file, {});
    }
  }

  /** Data time of the newest training, epoch milliseconds. */
  get trainedAt(): number | null {
    return this.saved.trainedAt;
  }

  /** Data time from which the next training is waited for, epoch milliseconds; null before the first look. */
  get waitsFrom(): number | null {
    return this.saved.trainedAt ?? this.saved.begunAt ?? null;
  }

  /** The first training is waited for from now on, over restarts too. */
  begin(at: number): void {
    this.write({ ...this.saved, begunAt: at });
  }

  /** Newest first. */
  get comparisons(): readonly Comparison[] {
    return this.saved.comparisons;
  }

  inForce(): LearnedModel[] {
    return this.saved.rows.map((row) => modelOf(row, row.inForce));
  }

  models(): ModeModels[] {
    return this.saved.rows.map((row) => ({
      inForce: modelOf(row, row.inForce),
      versions: [shipped(row.mode), ...row.made],
    }));
  }

  /** What the model in force has seen, or was chosen after, by mode. */
  learnedTo(): [FaultMode, number][] {
    return this.saved.rows.map((row) => [
      row.mode,
      Math.max(modelOf(row, row.inForce).learnedTo ?? Number.NEGATIVE_INFINITY, row.heldTo ?? Number.NEGATIVE_INFINITY),
    ]);
  }

  /** The version that each mode's next model gets: none is given twice. */
  next(): [FaultMode, number][] {
    return this.saved.rows.map(({ mode, newest }) => [mode, newest + 1]);
  }

  /** Durable when it returns. */
  take(
    { comparisons, better }: { comparisons: readonly Comparison[]; better: readonly LearnedModel[] },
    at: number,
  ): void {
    const fresh = new Map(better.map((model) => [model.mode, model]));
    const rows = this.saved.rows.map((row) => {
      const model = fresh.get(row.mode);
      return model ? withModel(row, model) : row;
    });
    this.write({
      ...this.saved,
      rows,
      comparisons: [...comparisons, ...this.saved.comparisons].slice(0, MOST_COMPARISONS),
      trainedAt: at,
    });
  }

  /** One that can be in force; undefined where it is not kept. */
  kept(mode: LearningMode, version: number): LearnedModel | undefined {
    const row = this.saved.rows.find((one) => one.mode === mode)!;
    return [shipped(mode), ...row.made].find((one) => one.version === version);
  }

  /**
   * A person wants these kept ones in force from now on; durable when it returns.
   * @param at newest data time of the network, epoch milliseconds
   */
  choose(models: readonly LearnedModel[], at: number): void {
    const chosen = new Map(models.map(({ mode, version }) => [mode, version]));
    const rows = this.saved.rows.map((row) => {
      const inForce = chosen.get(row.mode);
      return inForce === undefined ? row : { ...row, inForce, heldTo: at };
    });
    this.write({ ...this.saved, rows });
  }

  private write(saved: Saved): void {
    writeCheckpointFile(this.file, new TextEncoder().encode(JSON.stringify(saved)));
    this.saved = saved;
  }
}

function withModel(row: Row, model: LearnedModel): Row {
  // Of those that have to go, the one in force is none.
  const made = [...row.made, model];
  while (made.length > MOST_VERSIONS)
    made.splice(
      made.findIndex(({ version }) => version !== row.inForce),
      1,
    );
  return { ...row, made, inForce: model.version, newest: model.version, heldTo: null };
}

function modelOf(row: Row, version: number): LearnedModel {
  return row.made.find((one) => one.version === version) ?? shipped(row.mode);
}

function shipped(mode: FaultMode): LearnedModel {
  if (mode !== 'other') return shippedModel(mode);
  return { ...shippedModel(mode), parameters: { base: SHIPPED_BASE, counts: [] } };
}
