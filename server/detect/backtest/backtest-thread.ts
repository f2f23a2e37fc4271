// A worker thread that judges the past for one backtest: windows in, spells out, and nothing kept.

import { getEnvironmentData, parentPort, workerData } from 'node:worker_threads';
import { CATALOGUE_FOR_THREADS, type Catalogue, installCatalogue, SHIPPED_CATALOGUE } from '../../model/catalogue.ts';
import { BacktestJudge } from './backtest-judge.ts';
import type { BacktestAnswered, BacktestAnswers, BacktestQuestion, BacktestSetting } from './backtest-protocol.ts';

installCatalogue((getEnvironmentData(CATALOGUE_FOR_THREADS) as Catalogue | undefined) ?? SHIPPED_CATALOGUE);
const judge = new BacktestJudge(workerData as BacktestSetting);

function answer(question: BacktestQuestion): BacktestAnswers[keyof BacktestAnswers] {
  if (question.ask === 'close') return judge.close();
  judge.observe(question.columns);
  return null;
}

parentPort!.on('message', (question: BacktestQuestion) => {
  let answered: BacktestAnswered;
  try {
    answered = { answer: answer(question) };
  } catch (error) {
    answered = { error: error instanceof Error ? error.message : String(error) };
  }
  parentPort!.postMessage(answered);
});
