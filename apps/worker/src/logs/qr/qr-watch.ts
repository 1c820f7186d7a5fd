import { type DeploymentId, DeploymentId as DeploymentIdSchema, type InstanceQr, type LogLine } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import pRetry from 'p-retry';
import type { LineWatch } from '../follow-attempt.ts';
import { readQrEnd } from './login-phrases.ts';
import { createQrRecognizer } from './recognizer.ts';

/** What `instance.qr` says, without its envelope. */
export type QrSighting = Omit<InstanceQr, 'version' | 'workerId' | 'clusterId'>;

const maxRetryMs = 5_000;

/** Keeps the newest QR code in an instance's log known: each change is published once, the newest one again until it succeeds. */
export function createQrWatch(options: {
  instanceId: InstanceQr['instanceId'];
  publish: (sighting: QrSighting) => Promise<void>;
  logger: Logger;
}): LineWatch {
  const { instanceId, publish, logger } = options;
  let recognizer = createQrRecognizer();
  let deploymentId: DeploymentId | null = null;
  let current: QrSighting | undefined;
  let publishedLogId: string | undefined;
  let publishing = false;

  const see = (line: LogLine, matrix: QrSighting['matrix']) => {
    current = { instanceId, deploymentId, matrix, logId: line.id, seenAt: line.at };
  };
  /** Where nothing was seen yet, a code from before may be shown. */
  const mayBeShown = () => current === undefined || current.matrix !== null;
  const seeLine = (line: LogLine) => {
    const matrix = recognizer.push(line.text);
    if (matrix !== null) see(line, [...matrix]);
    else if (mayBeShown() && readQrEnd(line.text) !== null) see(line, null);
  };
  const seeEngine = (line: LogLine) => {
    recognizer = createQrRecognizer();
    const parsed = DeploymentIdSchema.safeParse(line.data?.deploymentId);
    if (parsed.success) deploymentId = parsed.data;
    if (mayBeShown()) see(line, null);
  };
  const publishCurrent = async (): Promise<string | undefined> => {
    const sighting = current;
    if (sighting !== undefined) await publish(sighting);
    return sighting?.logId;
  };
  const forEver = {
    retries: Number.POSITIVE_INFINITY,
    maxTimeout: maxRetryMs,
    unref: true,
    onFailedAttempt: ({ error }: { error: Error }) => logger.warn({ err: error }, 'Failed to publish a QR code'),
  };
  const publishNewest = async () => {
    if (publishing) return;
    publishing = true;
    try {
      while (current !== undefined && current.logId !== publishedLogId)
        publishedLogId = await pRetry(publishCurrent, forEver);
    } finally {
      publishing = false;
    }
  };

  return {
    begin() {
      recognizer = createQrRecognizer();
      current = undefined;
    },
    lines(lines) {
      for (const line of lines) {
        if (line.kind === 'line') seeLine(line);
        else if (line.kind === 'started' || line.kind === 'exited') seeEngine(line);
      }
    },
    caughtUp: () => void publishNewest(),
  };
}
