// What became of the file sent last: kept while the page is open, so that going from one page to another loses no refusal.

import type { Receipt } from '../../server/api/contract.ts';

export const lastUpload: { receipt: Receipt | null; failure: string } = $state({ receipt: null, failure: '' });
