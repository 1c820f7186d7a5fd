import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandCatalog, eventCatalog } from './index.ts';

const folder = new URL('../samples/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
const catalog = { ...commandCatalog, ...eventCatalog };

describe('recorded samples', () => {
  it.each(Object.entries(catalog))('%s parses to exactly what was sent', (name, schema) => {
    expect(schema.parse(read(name))).toEqual(read(name));
  });

  it('there is one for each message and none for a message that no longer exists', () => {
    const files = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
    expect(files.sort()).toEqual(Object.keys(catalog).sort());
  });

  it.each(Object.entries(catalog))('%s of another version is refused', (name, schema) => {
    expect(schema.safeParse({ ...(read(name) as object), version: 2 }).success).toBe(false);
  });
});
