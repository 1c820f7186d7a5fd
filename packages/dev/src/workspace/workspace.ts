import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Settings } from '../settings.ts';
import { readJson, writeJson } from './json-file.ts';

/** The checkout: the folder that holds package.json and pnpm-workspace.yaml. */
export const root = path.resolve(import.meta.dirname, '../../../..');

/** What belongs to this checkout alone: its folder of state, and the name of its database, virtual host and keys. */
export interface Workspace {
  readonly home: string;
  readonly logs: string;
  readonly name: string;
  file(name: string): string;
}

const State = z.object({ installationId: z.string().regex(/^[0-9a-f]{8}$/) });

/** Opens the folder of state, and gives the checkout an id of its own the first time. */
export function openWorkspace(settings: Pick<Settings, 'ZARPA_HOME' | 'ZARPA_NAME'>): Workspace {
  const home = path.resolve(root, settings.ZARPA_HOME);
  const logs = path.join(home, 'logs');
  mkdirSync(logs, { recursive: true });
  const stateFile = path.join(home, 'state.json');
  const state = readJson(stateFile, State) ?? { installationId: randomBytes(4).toString('hex') };
  writeJson(stateFile, state);
  return {
    home,
    logs,
    name: settings.ZARPA_NAME ?? `zarpa_${state.installationId}`,
    file: (name) => path.join(home, name),
  };
}
