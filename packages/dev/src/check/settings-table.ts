import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { settings as ownSettings, type SettingRow, settingsTable, testClusterSettings } from '../settings.ts';
import { appNames } from '../start/apps.ts';
import { readText } from '../workspace/json-file.ts';
import { root } from '../workspace/workspace.ts';
import type { CheckOptions, Findings } from './check.ts';

const file = path.join(root, 'docs/settings.md');

interface Definition {
  describe(): SettingRow[];
}

/** Whether docs/settings.md lists the settings that the apps declare. */
export async function checkSettingsTable({ write }: CheckOptions): Promise<Findings> {
  const modules = await Promise.all(appNames.map(readDefinitions));
  const empty = modules.filter(({ definitions }) => definitions.length === 0);
  if (empty.length > 0) return empty.map(({ source }) => `${source} exports no settings made with defineSettings.`);

  const text = settingsDocument([
    ownSettings,
    testClusterSettings,
    ...modules.flatMap(({ definitions }) => definitions),
  ]);
  if (write) await writeFile(file, text);
  if (readText(file) === text) return [];
  return ['docs/settings.md is stale. Run: npm run check -- --write'];
}

/** The whole text of docs/settings.md. */
export function settingsDocument(definitions: readonly Definition[]): string {
  const introduction = [
    '# Settings',
    '',
    'Every setting is an environment variable, read once at the start of the app that uses it. `npm start` sets all of them; what',
    'you set yourself wins. This file is generated from the code: change it there, then run `npm run check -- --write`.',
    '',
  ];
  return `${introduction.join('\n')}\n${settingsTable(definitions)}`;
}

async function readDefinitions(app: string): Promise<{ source: string; definitions: Definition[] }> {
  const source = `apps/${app}/src/settings.ts`;
  const module: Record<string, unknown> = await import(pathToFileURL(path.join(root, source)).href);
  return { source, definitions: Object.values(module).filter(isDefinition) };
}

function isDefinition(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null && 'describe' in value && typeof value.describe === 'function';
}
