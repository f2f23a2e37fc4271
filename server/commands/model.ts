// The model command: which models are in force, a training, and the way back; asked of the running server, else done in the data folder itself.

import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ModelList, Problem, RollbackAsk } from '../api/contract.ts';
import type { Lang } from '../api/doors.ts';
import type { Config } from '../config.ts';
import type { RunningApp } from '../running-app.ts';
import { LANGS } from '../words/figures.ts';
import { findServer } from './import-files.ts';

const ACTS = ['list', 'train', 'rollback'] as const;

export interface ModelArguments {
  act: (typeof ACTS)[number];
  ask: RollbackAsk;
  lang: Lang;
}

interface Surroundings {
  openHere(): Promise<RunningApp>;
  log(line: string): void;
  print(text: string): void;
}

/** The doors for models, wherever they are. */
interface Models {
  list(): Promise<ModelList>;
  train(): Promise<ModelList>;
  rollBack(ask: RollbackAsk): Promise<ModelList>;
}

const LOOK_MS = 200;

/** Throws an Error that says which argument is wrong. */
export function modelArguments([name = 'list', ...rest]: string[]): ModelArguments {
  const act = ACTS.find((one) => one === name);
  if (!act) throw new Error(`model: "${name}" is no act: give ${ACTS.join(', ')}`);
  const { mode, to, lang = 'en' } = optionsIn(rest);
  const known = LANGS.find((one) => one === lang);
  if (!known) throw new Error(`model: --lang is "${lang}": give ${LANGS.join(' or ')}`);
  const version = to === undefined ? undefined : Number(to);
  if (version !== undefined && !(Number.isInteger(version) && version >= 1 && mode !== undefined))
    throw new Error(`model: --to is "${to}": give a version, a whole number from 1, and its --mode`);
  return { act, ask: { mode: mode as RollbackAsk['mode'], version }, lang: known };
}

function optionsIn(args: string[]): { mode?: string; to?: string; lang?: string } {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({ args, options: { mode: text, to: text, lang: text }, allowPositionals: false }).values;
  } catch (error) {
    throw new Error(`model: ${(error as Error).message}`);
  }
}

/** Rejects when it could not be done. */
export async function modelCommand(
  { act, ask, lang }: ModelArguments,
  config: Config,
  { openHere, log, print }: Surroundings,
): Promise<void> {
  const server = await findServer(config);
  log(server ? `model: asked of the server at ${server}` : `model: no server owns ${config.dataFolder}`);
  if (server) return actOn(serverModels(server, config, lang), { act, ask }, print);
  const app = await openHere();
  try {
    await app.drained();
    await actOn(app.models(lang), { act, ask }, print);
  } catch (error) {
    throw error instanceof Error ? new Error(`model: ${error.message}`) : error;
  } finally {
    await app.close();
  }
}

async function actOn(models: Models, { act, ask }: Pick<ModelArguments, 'act' | 'ask'>, print: (text: string) => void) {
  let list = await (act === 'rollback' ? models.rollBack(ask) : act === 'train' ? models.train() : models.list());
  while (act === 'train' && list.training) {
    await pause(LOOK_MS);
    list = await models.list();
  }
  for (const { modeName, why } of list.modes) print(`${modeName}: ${why}\n`);
}

function serverModels(server: string, config: Config, lang: Lang): Models {
  const ask = async (path: string, body?: unknown): Promise<ModelList> => {
    const response = await fetch(`${server}${path}?lang=${lang}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'Content-Type': 'application/json', ...asEngineer(config) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json().catch(() => ({}))) as ModelList & Partial<Problem>;
    if (!response.ok) throw new Error(`model: ${answer.detail ?? answer.title ?? 'the server gave no answer'}`);
    return answer;
  };
  return {
    list: () => ask('/api/models'),
    train: () => ask('/api/models/train', {}),
    rollBack: (asked) => ask('/api/models/rollback', asked),
  };
}

function asEngineer({ tokens }: Config): Record<string, string> {
  const token = tokens.find(({ role }) => role === 'engineer' || role === 'admin')?.token;
  return token ? { Authorization: `Bearer ${token}` } : {};
}
