// What the doors answer about learning: models by mode, how the newest was compared, how far a training is; and going back.

import type { ModelList, ModeOfModels } from '../api/contract.ts';
import type { Doors, Lang } from '../api/doors.ts';
import { ApiError, badRequest } from '../api/problem.ts';
import { askingForLater } from '../arrival/ask-later.ts';
import { LEARNING_MODES, type Learn, type LearningStatus, type TrainingProgress } from '../detect/learn.ts';
import type { Comparison } from '../model/learning.ts';
import type { Said } from '../model/said.ts';
import { DISPATCH_WORDS } from '../words/dispatch.ts';
import { sayIn } from '../words/say.ts';
import { iso } from './answers.ts';

export function createLearningDoors({
  learn,
  zone,
}: {
  learn: Learn;
  zone: string;
}): Pick<Doors, 'models' | 'trainModels' | 'rollBackModels'> {
  const models = (lang: Lang) => tellModels(learn.status(), lang, zone);
  return {
    models,
    trainModels(lang) {
      void learn.train();
      return models(lang);
    },
    async rollBackModels({ mode, version }, lang) {
      const known = LEARNING_MODES.find((one) => one === mode);
      if (mode !== undefined && known === undefined)
        throw badRequest(`mode is "${mode}": one of ${LEARNING_MODES.join(', ')} learns`);
      const answer = await askingForLater(learn.rollback(known, version));
      if ('refused' in answer) throw new ApiError(409, 'No such version', REFUSED[answer.refused]);
      return models(lang);
    },
  };
}

const REFUSED = {
  'no-earlier': 'what is in force is what was shipped: there is no earlier version',
  'unknown-version': 'that version is not kept; GET /api/models lists those that are',
};

function tellModels({ running, trainedAt, models, comparisons }: LearningStatus, lang: Lang, zone: string): ModelList {
  const newest = new Map(comparisons.toReversed().map((one) => [one.mode, one]));
  return {
    ...(running && { training: { step: running.step, share: shareOf(running) } }),
    trainedAt: isoOrNull(trainedAt),
    modes: models.map(({ inForce, versions }): ModeOfModels => {
      const { mode, version } = inForce;
      const compared = newest.get(mode);
      return {
        ...{ mode, modeName: DISPATCH_WORDS[lang].modes[mode], inForce: version },
        versions: versions.map(({ version: one, madeAt, learnedTo, examples, came }) => ({
          ...{ version: one, madeAt: isoOrNull(madeAt), learnedTo: isoOrNull(learnedTo), examples, came },
        })),
        ...(compared && { compared: tellComparison(compared) }),
        why: sayIn(lang, whyOf(version, compared), { zone }),
      };
    }),
  };
}

/** The history takes about half of the time. */
function shareOf({ step, done, of }: TrainingProgress): number {
  return 0.5 * (done / of) + (step === 'models' ? 0.5 : 0);
}

const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

function tellComparison({ mode: _, at, heldFrom, ...rest }: Comparison): NonNullable<ModeOfModels['compared']> {
  return { ...rest, at: iso(at), heldFrom: isoOrNull(heldFrom) };
}

function whyOf(version: number, compared: Comparison | undefined): Said {
  if (!compared) return { code: 'model-untrained', values: { version } };
  const { learned, held, came, inForce, candidate, verdict } = compared;
  // Somebody has gone to another version since.
  const isChosen = verdict !== 'too-few' && version !== (verdict === 'replaced' ? candidate : inForce)!.version;
  const code = isChosen ? 'model-chosen' : `model-${verdict}`;
  const values: Said['values'] = { version, learned, held, came };
  if (inForce && candidate)
    Object.assign(values, { before: inForce.logScore, after: candidate.logScore, candidate: candidate.version });
  return { code, values };
}
