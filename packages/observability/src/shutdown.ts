import type { Logger } from 'pino';

/** One thing to close. Steps run in order: stop taking work in, drain, then close connections. */
export interface ShutdownStep {
  readonly name: string;
  run(): Promise<unknown>;
}

const signals = ['SIGTERM', 'SIGINT'] as const;

/**
 * On the first SIGTERM or SIGINT runs the steps in order and exits: 0, or 1 where a step failed (the others still run)
 * or `graceMs` passed. Later signals change nothing. Returns the same shutdown as a function, for an app that must end itself.
 */
export function onShutdown(
  steps: readonly ShutdownStep[],
  options: { graceMs: number; logger: Logger },
): (reason: string) => void {
  const { graceMs, logger } = options;
  let started = false;

  const shutdown = (reason: string): void => {
    if (started) return;
    started = true;
    logger.info({ reason }, 'Started shutdown');
    setTimeout(() => {
      logger.error({ reason, graceMs }, 'Exited before shutdown was complete');
      process.exit(1);
    }, graceMs).unref();
    void runSteps(steps, logger).then((failed) => {
      logger.info({ reason, failed }, 'Completed shutdown');
      process.exit(failed.length === 0 ? 0 : 1);
    });
  };

  for (const signal of signals) process.on(signal, () => shutdown(signal));
  return shutdown;
}

async function runSteps(steps: readonly ShutdownStep[], logger: Logger): Promise<string[]> {
  const failed: string[] = [];
  for (const step of steps) {
    try {
      await step.run();
    } catch (error) {
      failed.push(step.name);
      logger.error({ err: error, step: step.name }, 'Failed a shutdown step');
    }
  }
  return failed;
}
