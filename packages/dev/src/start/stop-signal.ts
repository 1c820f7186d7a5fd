import { report } from '../terminal/report.ts';

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** npm and the terminal may both deliver the same Ctrl-C. */
const sameRequestMs = 1_000;

/** Aborted by the first Ctrl-C, SIGTERM or hang-up. Another one, later, ends this process without waiting. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | undefined;
  for (const signal of stopSignals) {
    process.on(signal, () => {
      if (firstAt === undefined) {
        firstAt = Date.now();
        report('Zarpa', 'stopping; press Ctrl-C again to stop waiting');
        controller.abort();
      } else if (Date.now() - firstAt > sameRequestMs) {
        report('Zarpa', 'not waiting any longer; the next start stops what is left');
        process.exit(1);
      }
    });
  }
  return controller.signal;
}
