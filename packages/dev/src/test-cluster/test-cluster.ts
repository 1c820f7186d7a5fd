import { inspect } from 'node:util';
import { prepareServices } from '../services/prepare-services.ts';
import type { Settings, TestClusterSettings } from '../settings.ts';
import { buildAll } from '../start/build.ts';
import { ensurePrograms } from '../start/programs.ts';
import { stopSignal } from '../start/stop-signal.ts';
import { Problem } from '../terminal/problem.ts';
import { formatDuration, report } from '../terminal/report.ts';
import { ensureChromium } from '../test/chromium.ts';
import { runScript } from '../test/suites.ts';
import { addTotals, type Totals } from '../test/totals.ts';
import { type Member, readMembers } from '../workspace/members.ts';
import { openSecrets } from '../workspace/secrets.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import type { OpenCluster } from './cluster.ts';
import { openCluster } from './open-cluster.ts';
import { choosePackages, parseOptions } from './options.ts';

type Environment = Readonly<Record<string, string>>;
type AllSettings = Settings & TestClusterSettings;

const nothing: Totals = { passed: 0, failed: 0 };

/** `npm run test:cluster`: everything that needs a real Kubernetes. The last line is `N passed, N failed`. */
export async function testCluster(args: readonly string[], settings: AllSettings): Promise<number> {
  const startedAt = Date.now();
  const { passed, failed } = await runAll(args, settings).catch((error: unknown) => {
    console.error(`\n${error instanceof Problem ? error.message : inspect(error)}`);
    return { ...nothing, failed: 1 };
  });
  console.log(`\nTook ${formatDuration(Date.now() - startedAt)}.`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function runAll(args: readonly string[], settings: AllSettings): Promise<Totals> {
  const options = parseOptions(args);
  const packages = choosePackages(await readMembers(), options.only);
  const workspace = openWorkspace(settings);
  const stop = stopSignal();
  const services = await phase('services', () => prepare(workspace, settings, packages));
  await phase('build', () => buildAll(stop));
  const cluster = await phase('cluster', () => openCluster(workspace, settings, stop));
  try {
    const environment = { ...services, ZARPA_TEST_CLUSTER: cluster.file };
    return await runSuites(packages, environment, stop);
  } finally {
    await phase('end', () => leave(cluster, options.keep));
  }
}

async function prepare(workspace: Workspace, settings: AllSettings, packages: readonly Member[]): Promise<Environment> {
  await ensurePrograms(process.env);
  const services = await prepareServices({ workspace, secrets: openSecrets(workspace), settings });
  const needsBrowser = packages.some(({ scripts }) => scripts['test:e2e'] !== undefined);
  return { ...services, ...(needsBrowser ? { CHROMIUM_PATH: await ensureChromium(process.env) } : {}) };
}

/** One after another: they share the cluster, and some stop its parts. What was not run any more counts as failed. */
async function runSuites(packages: readonly Member[], environment: Environment, stop: AbortSignal): Promise<Totals> {
  let sum = nothing;
  for (const member of packages) {
    const totals = stop.aborted
      ? { ...nothing, failed: 1 }
      : await phase(member.name, () => runScript({ member, script: 'test:cluster', environment, stop }));
    console.log(`${member.name}: ${totals.passed} passed, ${totals.failed} failed`);
    sum = addTotals(sum, totals);
  }
  return sum;
}

async function leave(cluster: OpenCluster, keep: boolean): Promise<void> {
  if (!keep) return cluster.close();
  report('Cluster', `left running; use it again with ZARPA_TEST_CLUSTER=${cluster.file}`);
}

async function phase<T>(name: string, run: () => Promise<T>): Promise<T> {
  console.log(`\n== ${name} ==`);
  const startedAt = Date.now();
  try {
    return await run();
  } finally {
    console.log(`${name}: ${formatDuration(Date.now() - startedAt)}`);
  }
}
