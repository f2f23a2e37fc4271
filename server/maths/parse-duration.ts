// Reads a duration as senders write it: ISO 8601 such as `PT900S`, `PT15M` or `PT1H`.

const ISO =
  /^P(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/i;
const UNIT_SECONDS = [7 * 86_400, 86_400, 3600, 60, 1];

/**
 * Seconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds, or undefined.
 * Years and months have no fixed length and are refused, and so is a duration without any part.
 */
export function parseDuration(text: string): number | undefined {
  const parts = ISO.exec(text.trim())?.slice(1);
  if (!parts?.some((part) => part !== undefined)) return undefined;
  return parts.reduce((sum, part, i) => sum + Number((part ?? '0').replace(',', '.')) * (UNIT_SECONDS[i] ?? 0), 0);
}
