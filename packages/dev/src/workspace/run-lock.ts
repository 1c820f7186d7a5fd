import { rmSync } from 'node:fs';
import { z } from 'zod';
import { Problem } from '../terminal/problem.ts';
import { readJson, writeJson } from './json-file.ts';
import { identify, isRunning, ProcessIdentity } from './process-identity.ts';
import type { Workspace } from './workspace.ts';

const RunFile = z.object({ owner: ProcessIdentity, apps: z.record(z.string(), ProcessIdentity) });
type RunFile = z.output<typeof RunFile>;

/** The one `npm start` of a checkout, and the apps that it runs. */
export interface RunLock {
  /** Apps of an earlier start that was killed and could not stop them. */
  readonly leftovers: Readonly<Record<string, ProcessIdentity>>;
  record(app: string, pid: number | undefined): void;
  release(): void;
}

/** @throws Problem when another `npm start` runs in this checkout. */
export function takeRunLock(workspace: Workspace): RunLock {
  const file = workspace.file('run.json');
  const earlier = readJson(file, RunFile);
  if (earlier && isRunning(earlier.owner)) {
    throw new Problem(
      `Zarpa already runs in this checkout, as process ${earlier.owner.pid}. Stop it with Ctrl-C there, or with: kill ${earlier.owner.pid}`,
    );
  }
  const owner = identify(process.pid);
  if (!owner) throw new Problem('/proc is not readable. The local engine needs Linux.');
  const run: RunFile = { owner, apps: {} };
  writeJson(file, run);
  return {
    leftovers: Object.fromEntries(Object.entries(earlier?.apps ?? {}).filter(([, app]) => isRunning(app))),
    record(app, pid) {
      const identity = pid === undefined ? undefined : identify(pid);
      if (identity) run.apps[app] = identity;
      else delete run.apps[app];
      writeJson(file, run);
    },
    release: () => rmSync(file, { force: true }),
  };
}
