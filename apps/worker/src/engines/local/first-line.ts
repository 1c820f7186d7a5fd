import { stepDone, stepsSkipped } from '../instance/progress.ts';
import type { LocalContext } from './context.ts';
import type { LogFile } from './log/log-file.ts';
import { LogReader } from './log/log-reader.ts';
import type { Run } from './record.ts';
import type { RecordKeeper } from './record-keeper.ts';

/** Notes when a new version prints its first line, or that it did not in time. Never rejects. */
export async function awaitFirstLine(options: {
  run: Run;
  keeper: RecordKeeper;
  log: LogFile;
  context: LocalContext;
}): Promise<void> {
  const { run, keeper, log, context } = options;
  try {
    const waitMs = Math.max(0, run.startedAt + context.timings.firstLineWaitMs - Date.now());
    const came = await printsWithin(waitMs, log, run);
    await keeper.commit(({ progress }) => {
      const step = progress?.steps.find(({ name }) => name === 'first_line');
      if (progress === null || progress.deploymentId !== run.deploymentId || step?.status !== 'running') return null;
      const now = Date.now();
      return { progress: came ? stepDone(progress, 'first_line', now) : stepsSkipped(progress, ['first_line'], now) };
    });
  } catch (error) {
    context.logger.warn({ err: error, deploymentId: run.deploymentId }, 'Failed to watch for a first line');
  }
}

async function printsWithin(waitMs: number, log: LogFile, run: Run): Promise<boolean> {
  const after = { epoch: log.epoch, offset: run.logOffset };
  for await (const batch of new LogReader(log).read({ after, follow: true, signal: AbortSignal.timeout(waitMs) })) {
    if (batch.some(({ kind }) => kind === 'line' || kind === 'part')) return true;
  }
  return false;
}
