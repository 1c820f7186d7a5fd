import { Problem } from '../terminal/problem.ts';
import { report } from '../terminal/report.ts';
import { waitUntil } from '../terminal/wait-until.ts';
import { isRunning, type ProcessIdentity } from '../workspace/process-identity.ts';
import { type AppName, apps, stopOrder } from './apps.ts';
import { killGroup } from './supervised-app.ts';

/** Stops the apps of an earlier start that was killed before it could. */
export async function stopLeftovers(leftovers: Readonly<Record<string, ProcessIdentity>>): Promise<void> {
  for (const name of stopOrder) {
    const identity = leftovers[name];
    if (identity) await stopLeftover(name, identity);
  }
}

async function stopLeftover(name: AppName, identity: ProcessIdentity): Promise<void> {
  report(name, `stopping process ${identity.pid}, left by a start that was killed`);
  process.kill(identity.pid, 'SIGTERM');
  const ended = async () => !isRunning(identity) || undefined;
  try {
    await waitUntil({ what: `${name} to end`, timeoutMs: apps[name].stopWithinMs, attempt: ended });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    killGroup(identity.pid);
    await waitUntil({ what: `${name} to end after SIGKILL`, timeoutMs: 5_000, attempt: ended });
  }
}
