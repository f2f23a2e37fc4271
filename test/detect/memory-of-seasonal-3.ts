// What a detector of profile seasonal@3 saved of one cell whose delay was about 20 ms for fifteen days, hour by hour, up to `SAVED_AT`.

import { gunzipSync } from 'node:zlib';
import { DAY_MS, START } from './synthetic-network.ts';

export const SAVED_AT = START + 15 * DAY_MS;

/** The bytes, compressed and as base64. */
const KEPT = [
  'H4sIAAAAAAAAA9WUzWvUQBTAB6EgCNKT+AErvIsIU022280aKXbeFoofrWAPKmtastnpNu5ssmSStmsN9ODBKoInL+KtB20LCtWDH609COLVgt',
  '6Kx/oHFERBZZKtCFK0h0J9OeTNe2/e+817zBQH+/XDbYRMwhgPpOt7YILktvQ9W/R0AgWHCyHBnATPrnMJZimxdGhgUWgI20lsXiSEWvu+ii2V',
  'WruoZlkUHF9EdS/JIbhXDUfB1CmMBJyDWbLimIJ0BfccriKkHwVpzrQimBByGSoQ4Ts1MHUjXyjkjaymhILHJ8LiKHdqLGz5DK2Q+GKLQtVuqF',
  'QWBWHLsM9ugKnFFMpRpcpDVa5iN8HMajkjS5UuwdT1Y7qhG0aXkTPyXUY+25n2oHdTb4PbNVVFo9v6WRTKvBp5YGoUhOtxMPWYwrhb4f3+GG+d',
  'k084keQVdbYG54FMop3AH68kmsfd6mjZj4JkJd1qmk42uOPaoiNph+qQYwvuVewgTSp54LZmUmu4YIKwQ+45zeG6BAp1v8KFMvIxLuCv86YbYJ',
  'Mghbsxa3tjfF35XGu0jh954b80Vt/mxsf0N768pm2Nb5vp/uDrzO9svl9Xd+fwJe9DyEVTwVgUwvTNK43YQnIrjq2YkGXj9mIT19bPZdr3kkR+',
  'LLZNnSL/g6TsSlP8hDwtzl4d6Pm0+3i3suV7L7xU/7O39i91mFOvbs48YOm+bryDBxGwiV9YAS+jhe14Hi/hZ2bjdzaE66yMVTyNJl7EkziIQ7',
  'jMcmhiBnXch0fwNb7HafzI1hhDC/vwBavjAVxic1jEh5jBPryCK2yFzeIhzOA4XmdPWAUpfmMn8Ay6uIQLbBGP4jv8yj6wMu7ZRHZtUebJPfKY',
  'zJN58pbMkmHyiKySZ+QGuU/ukmmyQObIKpkhNTJA3pDn5Br5CRf2XWAlBwAA',
];

export const memoryOfSeasonal3 = (): Uint8Array => gunzipSync(Buffer.from(KEPT.join(''), 'base64'));
