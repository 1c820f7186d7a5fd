import path from 'node:path';
import { root } from '../workspace/workspace.ts';

/** The apps that `npm start` runs. */
export const appNames = ['sandbox', 'api', 'worker', 'web'] as const;
export type AppName = (typeof appNames)[number];

export interface AppFacts {
  readonly directory: string;
  /** What Node runs, in the app's folder. */
  readonly arguments: readonly string[];
  readonly healthPath: string;
  readonly portVariable: 'SANDBOX_PORT' | 'API_PORT' | 'WORKER_PORT' | 'WEB_PORT';
  /** How long it may take to end after SIGTERM; the worker stops bots that may take 30 s themselves. */
  readonly stopWithinMs: number;
}

function compiled(app: AppName, portVariable: AppFacts['portVariable'], stopWithinMs: number): AppFacts {
  const directory = path.join(root, 'apps', app);
  return { directory, arguments: ['dist/main.js'], healthPath: '/health/ready', portVariable, stopWithinMs };
}

export const apps: Readonly<Record<AppName, AppFacts>> = {
  sandbox: compiled('sandbox', 'SANDBOX_PORT', 5_000),
  api: compiled('api', 'API_PORT', 15_000),
  worker: compiled('worker', 'WORKER_PORT', 45_000),
  web: {
    directory: path.join(root, 'apps/web'),
    arguments: ['src/start.ts'],
    healthPath: '/',
    portVariable: 'WEB_PORT',
    stopWithinMs: 5_000,
  },
};

/** Ctrl-C ends them in this order: nothing takes new work from a part that is already gone. */
export const stopOrder: readonly AppName[] = ['web', 'api', 'worker', 'sandbox'];
