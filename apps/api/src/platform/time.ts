/** ISO 8601 in UTC, as HTTP answers carry it. */
export const isoTime = (time: Date | string | number): string => new Date(time).toISOString();

export const isoOrNull = (time: Date | string | number | null): string | null => (time === null ? null : isoTime(time));
