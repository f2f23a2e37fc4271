// A worker thread that holds the foretellers: it takes records in order and keeps their memory on disk.

import { getEnvironmentData, parentPort, workerData } from 'node:worker_threads';
import { CATALOGUE_FOR_THREADS, type Catalogue, installCatalogue, SHIPPED_CATALOGUE } from '../model/catalogue.ts';
import type { Finding } from '../model/finding.ts';
import { readCheckpointFile, writeCheckpointFile } from './checkpoint-file.ts';
import { byTimeCellKind } from './finding-order.ts';
import type { ForetellAnswers, ForetellAsked, ForetellSetting } from './foretell-protocol.ts';
import type { Foreteller } from './foreteller.ts';
import { FORETELLERS } from './foretellers.ts';

installCatalogue((getEnvironmentData(CATALOGUE_FOR_THREADS) as Catalogue | undefined) ?? SHIPPED_CATALOGUE);
const foretellers = openAll(workerData as ForetellSetting);

function openAll({ zone, files }: ForetellSetting): Foreteller[] | Error {
  try {
    const fileOf = new Map(files);
    return FORETELLERS.map(({ version, open }) => {
      const file = fileOf.get(version);
      return open({ zone, memory: file === undefined ? undefined : readCheckpointFile(file) });
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function answer(asked: ForetellAsked): ForetellAnswers[keyof ForetellAnswers] {
  if (foretellers instanceof Error) throw foretellers;
  const all = foretellers;
  const found = (of: (one: Foreteller) => Finding[]) => all.flatMap(of).sort(byTimeCellKind);
  switch (asked.ask) {
    case 'open':
      return { versions: all.map(({ version }) => version), kpis: [...new Set(all.flatMap(({ kpis }) => kpis))] };
    case 'know':
      for (const one of all) one.know(asked.cells);
      return undefined;
    case 'observe':
      return found((one) => one.observe(asked.batch));
    case 'hear':
      for (const one of all) one.hear(asked.heard);
      return undefined;
    case 'adopt':
      for (const one of all) one.adopt?.(asked.models);
      return undefined;
    case 'adopted':
      return all.flatMap((one) => one.adopted?.() ?? []);
    case 'examples':
      return all.flatMap((one) => one.examples?.() ?? []);
    case 'change': {
      const ended = found((one) => [...one.forget(asked.forget), ...one.relearn(asked.relearn)]);
      for (const one of all) one.rename(new Map(asked.names));
      return ended;
    }
    case 'forecast':
      return forecastOf(all, asked);
    case 'capacity':
      return all.map((one) => one.capacityPage?.(asked.query)).find(Boolean) ?? null;
    case 'capacityCourse':
      return all.map((one) => one.capacityCourse?.(asked.cell)).find(Boolean) ?? null;
    case 'save':
      return all.reduce((sum, one, i) => sum + written(asked.files[i]!, one.save()), 0);
    case 'size': {
      const sizes = all.map((one) => one.size());
      return {
        series: sizes.reduce((sum, { series }) => sum + series, 0),
        bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
      };
    }
  }
}

/** Of the first one that foresees anything. */
function forecastOf(all: readonly Foreteller[], { cell, kpi, ats }: ForetellAsked & { ask: 'forecast' }) {
  for (const one of all) {
    const forecast = one.forecast(cell, kpi, ats);
    if (forecast.some((each) => each !== null)) return forecast;
  }
  return ats.map(() => null);
}

function written(file: string, bytes: Uint8Array): number {
  writeCheckpointFile(file, bytes);
  return bytes.length;
}

parentPort!.on('message', (asked: ForetellAsked) => {
  try {
    parentPort!.postMessage({ id: asked.id, answer: answer(asked) });
  } catch (error) {
    parentPort!.postMessage({ id: asked.id, error: error instanceof Error ? error.message : String(error) });
  }
});
