import { html } from 'hono/html';
import type { Html } from './page.ts';

const dayMs = 24 * 60 * 60_000;

/** Relative up to a day, then absolute; the exact time on hover. */
export function time(language: string, date: Date, nowMs: number): Html {
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'medium' }).format(date);
  return html`<time datetime="${date.toISOString()}" title="${exact}">${relativeTime(language, date, nowMs)}</time>`;
}

export function relativeTime(language: string, date: Date, nowMs: number): string {
  const passedMs = nowMs - date.getTime();
  if (passedMs >= dayMs || passedMs < -dayMs)
    return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(date);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const seconds = Math.round(passedMs / 1_000);
  if (Math.abs(seconds) < 60) return format.format(-seconds, 'second');
  const minutes = Math.round(seconds / 60);
  return Math.abs(minutes) < 60 ? format.format(-minutes, 'minute') : format.format(-Math.round(minutes / 60), 'hour');
}

export function bytes(language: string, size: number): string {
  const [value, unit] = size < 1_024 ? [size, 'B'] : size < 1_048_576 ? [size / 1_024, 'KB'] : [size / 1_048_576, 'MB'];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}
