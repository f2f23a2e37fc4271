// A worker thread for one training: it takes what there is to learn from, tells how far it is, and hands back what came of it.

import { parentPort, workerData } from 'node:worker_threads';
import { type Trained, type TrainingAsk, train } from './learning/training.ts';

export type TrainingMessage = { done: number; of: number } | { trained: Trained };

const tell = (message: TrainingMessage) => parentPort!.postMessage(message);

tell({ trained: train(workerData as TrainingAsk, (done, of) => tell({ done, of })) });
