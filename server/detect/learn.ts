// The front door of learning: gathers this network's history, trains in a thread of its own, and keeps which models are in force.

import type { Worker } from 'node:worker_threads';
import type { Comparison, Example, LearnedModel } from '../model/learning.ts';
import type { SettledPrediction } from '../model/prediction-record.ts';
import { labelled, type ToldCause } from './learning/labels.ts';
import { LEARNING_MODES, type LearningMode, ModelShelf, type ModeModels } from './learning/model-shelf.ts';
import { followedAlarms, type RaisedAlarm, type SiteFault } from './learning/sequences.ts';
import type { Trained, TrainingAsk } from './learning/training.ts';
import type { TrainingMessage } from './train-thread.ts';

/** What this network has kept of itself; data times in epoch milliseconds. */
export interface NetworkHistory {
  /** Settled predictions of cells and sites, the newest ones. */
  settled(): Promise<(SettledPrediction & { subject: string })[]>;
  /** Trouble from a time on, and what people said was its cause. */
  troubles(from: number): Promise<{ faults: (SiteFault & { endedAt: number | null })[]; causes: ToldCause[] }>;
  /** Alarms that were raised between two times. */
  alarms(from: number, to: number): Promise<RaisedAlarm[]>;
}

interface Turns {
  /** Begins when what was given before is done; a failure does not hold up what follows. */
  take<T>(work: () => Promise<T>): Promise<T>;
}

export interface LearnOptions {
  startThread(entry: string, workerData: TrainingAsk): Worker;
  /** Folder of its own for the models; made if it is missing. */
  folder: string;
  history: NetworkHistory;
  /** Cases that are over. */
  examples(): Promise<Example[]>;
  /** From now on these are in force, one of each mode; durable when it resolves. */
  adopt(models: readonly LearnedModel[]): Promise<void>;
  /** Newest data time of the network, epoch milliseconds; 0 before the first reading. */
  dataNow(): number;
  /** What is in force changes one after the other: else a training that ends and a person who goes back could be told in the wrong order. */
  turns: Turns;
  log(line: string): void;
}

/** What a training is at. */
export interface TrainingProgress {
  /** Reading the history, then fitting and comparing. */
  step: 'history' | 'models';
  done: number;
  of: number;
}

export interface LearningStatus {
  /** Present while one runs. */
  running?: TrainingProgress;
  /** Data time of the newest training. */
  trainedAt: number | null;
  models: ModeModels[];
  /** Newest first. */
  comparisons: readonly Comparison[];
}

export type RollbackAnswer = { models: LearnedModel[] } | { refused: 'no-earlier' | 'unknown-version' };

export interface Learn {
  status(): LearningStatus;
  inForce(): LearnedModel[];
  /** Begins a training in the background, unless one runs: then it is that one. Settled, never rejected, when it is over. */
  train(): Promise<void>;
  /** Called at the start with the models that were adopted last, empty for those shipped: where others are in force, it is told. */
  settle(adopted: readonly LearnedModel[]): Promise<void>;
  /** Called now and then: trains when a week of data time has gone by since the last time. */
  look(): void;
  /** Back to the version before, or to one that is named; of one mode, or of all that have an earlier one. Rejected where it cannot be told: then nothing has changed. */
  rollback(mode?: LearningMode, version?: number): Promise<RollbackAnswer>;
  /** Ends what runs. */
  close(): Promise<void>;
}

const DAY_MS = 24 * 3_600_000;
/** What each mode starts from. */
const SHIPPED_VERSION = 1;
/** Alarms and trouble of longer ago are not learned from. */
const HISTORY_MS = 400 * DAY_MS;
/** Read at a time. */
const PAGE_MS = 20 * DAY_MS;
/** Of data time, from one training to the next. */
const EVERY_MS = 7 * DAY_MS;

export function openLearn(options: LearnOptions): Learn {
  return new Learning(options, ModelShelf.open(options.folder, options.log));
}

class Learning implements Learn {
  private running: { progress: TrainingProgress; over: Promise<void> } | undefined;
  private worker: Worker | undefined;
  private isClosed = false;
  /** What is in force could not be told yet. */
  private isUntold = false;
  /** Data time of the newest training, or of the first look; 0 before it. */
  private since: number;

  constructor(
    private readonly options: LearnOptions,
    private readonly shelf: ModelShelf,
  ) {
    this.since = shelf.waitsFrom ?? 0;
  }

  inForce(): LearnedModel[] {
    return this.shelf.inForce();
  }

  status(): LearningStatus {
    const { comparisons, trainedAt } = this.shelf;
    return {
      ...(this.running && { running: this.running.progress }),
      ...{ trainedAt, models: this.shelf.models(), comparisons },
    };
  }

  async settle(adopted: readonly LearnedModel[]): Promise<void> {
    const versions = new Map(adopted.map(({ mode, version }) => [mode, version]));
    if (this.inForce().some(({ mode, version }) => version !== (versions.get(mode) ?? SHIPPED_VERSION)))
      await this.options.turns.take(() => this.adopt());
  }

  look(): void {
    if (this.isUntold) void this.options.turns.take(() => this.adopt());
    const now = this.options.dataNow();
    if (now === 0) return;
    if (this.since === 0) this.begin(now);
    if (now - this.since >= EVERY_MS) void this.train();
  }

  /** The first look: the week is counted from here, also by a server that is started anew. */
  private begin(now: number): void {
    this.since = now;
    try {
      this.shelf.begin(now);
    } catch (error) {
      this.options.log(`foretell: the beginning of learning is not kept: ${error}`);
    }
  }

  train(): Promise<void> {
    if (this.running) return this.running.over;
    const progress: TrainingProgress = { step: 'history', done: 0, of: 1 };
    const running = { progress, over: Promise.resolve() };
    this.running = running;
    running.over = this.trainNow((step, done, of) => Object.assign(progress, { step, done, of }))
      .catch((error: unknown) => {
        if (!this.isClosed) this.options.log(`foretell: a training failed, the models in force stay: ${error}`);
      })
      .finally(() => {
        this.running = undefined;
      });
    return running.over;
  }

  rollback(mode?: LearningMode, version?: number): Promise<RollbackAnswer> {
    return this.options.turns.take(() => this.rollbackNow(mode, version));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.worker?.terminate();
    await this.running?.over;
  }

  private async trainNow(progress: (step: TrainingProgress['step'], done: number, of: number) => void): Promise<void> {
    const now = this.options.dataNow();
    this.since = now;
    const gathered = await this.gather(now, (done, of) => progress('history', done, of));
    if (this.isClosed) return;
    const { shelf } = this;
    const ask = { now, ...gathered, inForce: shelf.inForce(), learnedTo: shelf.learnedTo(), next: shelf.next() };
    const trained = await this.inThread(ask, (done, of) => progress('models', done, of));
    await this.options.turns.take(() => this.take(trained, ask));
  }

  private async take(trained: Trained, ask: TrainingAsk): Promise<void> {
    const { shelf } = this;
    // A person may have gone back meanwhile: what was compared with another model than the one in force is not taken.
    const versions = new Map(shelf.inForce().map(({ mode, version }) => [mode, version]));
    const better = trained.better.filter(
      ({ mode }) => versions.get(mode) === ask.inForce.find((one) => one.mode === mode)!.version,
    );
    shelf.take({ ...trained, better }, ask.now);
    await this.adopt();
    for (const { mode, version } of better)
      this.options.log(`foretell: ${mode} goes by its model ${version} from now on`);
  }

  private async rollbackNow(mode?: LearningMode, version?: number): Promise<RollbackAnswer> {
    const asked = this.shelf.models().filter(({ inForce }) => mode === undefined || inForce.mode === mode);
    const steps = asked.flatMap(({ inForce, versions }) => {
      const earlier = versions.filter((one) => one.version < inForce.version).at(-1);
      const to = version ?? earlier?.version;
      return to === undefined ? [] : [{ mode: inForce.mode as LearningMode, to }];
    });
    if (steps.length === 0) return { refused: 'no-earlier' };
    const models = steps.flatMap(({ mode: of, to }) => this.shelf.kept(of, to) ?? []);
    if (models.length < steps.length) return { refused: 'unknown-version' };
    const chosen = new Map(models.map((model) => [model.mode, model]));
    // First the journal: where it takes nothing, nothing has changed and the person knows it.
    await this.options.adopt(this.inForce().map((model) => chosen.get(model.mode) ?? model));
    this.isUntold = false;
    this.choose(models);
    return { models };
  }

  private choose(models: readonly LearnedModel[]): void {
    try {
      this.shelf.choose(models, this.options.dataNow());
    } catch (error) {
      // What was told is not what is kept: the next look tells what is in force.
      this.isUntold = true;
      throw error;
    }
  }

  /** What is kept is in force; a journal that does not take it now is told at the next look. */
  private async adopt(): Promise<void> {
    try {
      await this.options.adopt(this.inForce());
      this.isUntold = false;
    } catch (error) {
      this.isUntold = true;
      this.options.log(`foretell: which models are in force could not be told (trying again): ${error}`);
    }
  }

  private async gather(now: number, progress: (done: number, of: number) => void) {
    const { history, examples } = this.options;
    const from = now - HISTORY_MS;
    const pages = Math.ceil(HISTORY_MS / PAGE_MS);
    const { faults, causes } = await history.troubles(from);
    const alarms: RaisedAlarm[] = [];
    for (let page = 0; page < pages && !this.isClosed; page++) {
      progress(page, pages);
      alarms.push(...(await history.alarms(from + page * PAGE_MS, from + (page + 1) * PAGE_MS)));
    }
    return {
      examples: labelled(await examples(), await history.settled(), causes),
      alarms: followedAlarms(alarms, faults, now),
    };
  }

  private inThread(ask: TrainingAsk, progress: (done: number, of: number) => void): Promise<Trained> {
    const worker = this.options.startThread('detect/train-thread', ask);
    this.worker = worker;
    return new Promise<Trained>((resolve, reject) => {
      worker.on('message', (message: TrainingMessage) => {
        if ('trained' in message) resolve(message.trained);
        else progress(message.done, message.of);
      });
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('the thread has ended')));
    }).finally(() => {
      this.worker = undefined;
      void worker.terminate();
    });
  }
}

export { LEARNING_MODES, type LearningMode };
