/** Days as numbers. */

/** Days from 1970-01-01 to an ISO 8601 date, in UTC; undefined for what is none. */
export function dayNumber(date: string): number | undefined {
  const day = Math.floor(Date.parse(date) / 86_400_000);
  return Number.isNaN(day) ? undefined : day;
}
