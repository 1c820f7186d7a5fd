import { readFileSync } from 'node:fs';

let text: string | undefined;

/** The committed document: what clients were generated from. */
export function openApiText(): string {
  text ??= readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8');
  return text;
}
