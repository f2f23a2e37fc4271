// A worker thread that holds one detector: it takes batches in order and keeps its memory on disk.

import { getEnvironmentData, parentPort, workerData } from 'node:worker_threads';
import { CATALOGUE_FOR_THREADS, type Catalogue, installCatalogue, SHIPPED_CATALOGUE } from '../model/catalogue.ts';
import { readCheckpointFile, writeCheckpointFile } from './checkpoint-file.ts';
import { SeasonalDetector } from './detectors/seasonal.ts';
import { inlineMore } from './inlining.ts';
import { profileWith } from './shipped-profile.ts';
import type { Answered, Answers, Asked, ThreadSetting } from './thread-protocol.ts';

installCatalogue((getEnvironmentData(CATALOGUE_FOR_THREADS) as Catalogue | undefined) ?? SHIPPED_CATALOGUE);
inlineMore();
const { zone, settings, file } = workerData as ThreadSetting;
const detector = openDetector();

function openDetector(): SeasonalDetector | Error {
  try {
    const memory = file === null ? undefined : readCheckpointFile(file);
    return new SeasonalDetector({ zone, profile: profileWith(settings), memory });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function answer(asked: Asked): Answers[keyof Answers] {
  if (detector instanceof Error) throw detector;
  switch (asked.ask) {
    case 'open':
      return { cells: detector.cellNames(), version: detector.version };
    case 'observe':
      detector.place(asked.places);
      return detector.observe(asked.batch, asked.clock);
    case 'change': {
      const ended = [...detector.forget(asked.forget), ...detector.relearn(asked.relearn)];
      detector.rename(new Map(asked.names));
      detector.place(asked.places);
      return ended;
    }
    case 'calendar':
      detector.setCalendar(asked.days, asked.mode);
      return null;
    case 'usual':
      return detector.usual(asked.cell, asked.kpi, asked.ats);
    case 'save': {
      const bytes = detector.save();
      writeCheckpointFile(asked.file, bytes);
      return bytes.length;
    }
    case 'size':
      return detector.size();
    case 'report':
      return { budget: detector.budgetReport(), excused: detector.excused(), learning: detector.learning() };
  }
}

parentPort!.on('message', (asked: Asked) => {
  let answered: Answered;
  try {
    answered = { id: asked.id, answer: answer(asked) };
  } catch (error) {
    answered = { id: asked.id, error: error instanceof Error ? error.message : String(error) };
  }
  parentPort!.postMessage(answered);
});
