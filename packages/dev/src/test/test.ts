import { inspect } from 'node:util';
import { runChecks } from '../check/check.ts';
import { prepareServices, type ServiceSettings } from '../services/prepare-services.ts';
import type { Settings } from '../settings.ts';
import { ensurePrograms } from '../start/programs.ts';
import { Problem } from '../terminal/problem.ts';
import { formatDuration } from '../terminal/report.ts';
import { openSecrets } from '../workspace/secrets.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { ensureChromium } from './chromium.ts';
import { runEndToEnd, runSuite } from './suites.ts';
import { addTotals, type Totals } from './totals.ts';

type Environment = Readonly<Record<string, string>>;

interface Stage {
  readonly name: string;
  readonly run: (environment: Environment) => Promise<Totals>;
}

const stages: readonly Stage[] = [
  { name: 'check', run: () => runChecks({ write: false }) },
  { name: 'unit tests', run: (environment) => runSuite({ script: 'test', concurrency: 2, environment }) },
  { name: 'integration tests', run: (environment) => runSuite({ script: 'test:int', concurrency: 1, environment }) },
  { name: 'end-to-end tests', run: (environment) => runEndToEnd(environment) },
];

/** `npm test`: everything that needs no cluster. The last line is `N passed, N failed`. */
export async function test(settings: Settings): Promise<number> {
  const totals: Totals[] = [];
  try {
    const environment = await prepare(settings);
    for (const stage of stages) totals.push(await runStage(stage, environment));
  } catch (error) {
    console.error(`\n${error instanceof Problem ? error.message : inspect(error)}`);
    totals.push({ passed: 0, failed: 1 });
  }
  const { passed, failed } = totals.reduce(addTotals, { passed: 0, failed: 0 });
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function prepare(settings: Settings): Promise<Environment> {
  heading('services');
  const workspace = openWorkspace(settings);
  const secrets = openSecrets(workspace);
  await ensurePrograms(process.env);
  const services: ServiceSettings = await prepareServices({ workspace, secrets, settings });
  return { ...services, CHROMIUM_PATH: await ensureChromium(process.env) };
}

async function runStage({ name, run }: Stage, environment: Environment): Promise<Totals> {
  heading(name);
  const startedAt = Date.now();
  const totals = await run(environment);
  console.log(`${name}: ${totals.passed} passed, ${totals.failed} failed (${formatDuration(Date.now() - startedAt)})`);
  return totals;
}

function heading(name: string): void {
  console.log(`\n== ${name} ==`);
}
