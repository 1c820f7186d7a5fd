import {
  type DestinationStream,
  destination as fileDestination,
  type Logger,
  type LoggerOptions,
  pino,
  stdTimeFunctions,
} from 'pino';
import { contextFields } from './context.ts';
import { serializeError } from './serialize-error.ts';

export type { Logger } from 'pino';

const secretKeys = [
  'password',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'apiKey',
  'privateKey',
  'authorization',
  'cookie',
  '["set-cookie"]',
];
const redactedPaths = secretKeys.flatMap((key) =>
  key.startsWith('[') ? [key, `*${key}`, `*.*${key}`] : [key, `*.${key}`, `*.*.${key}`],
);

/**
 * A pino logger that writes one JSON line per event to standard output, with the app's name, the running context's
 * `correlationId` and `traceId`, and without the values of fields that usually hold secrets. It never throws.
 */
export function createLogger(options: { app: string; level?: string; destination?: DestinationStream }): Logger {
  const loggerOptions: LoggerOptions = {
    level: options.level ?? 'info',
    base: { app: options.app },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: contextFields,
    serializers: { err: (error: unknown) => serializeError(error), error: (error: unknown) => serializeError(error) },
    redact: { paths: redactedPaths, censor: '[redacted]' },
    hooks: {
      logMethod(args, method) {
        try {
          method.apply(this, args);
        } catch (error) {
          method.apply(this, [{ err: error }, 'Failed to write a log line']);
        }
      },
    },
  };
  return pino(loggerOptions, options.destination ?? standardOutput());
}

/** What a reader that stands still may keep us from writing; lines beyond it are lost. */
const mostUnwrittenBytes = 16 * 1024 * 1024;

/** Writing at once would make everybody wait for a slow reader: up to 100 ms a line. What is left is written at exit. */
function standardOutput(): DestinationStream {
  const stream = fileDestination({ fd: 1, sync: false, maxLength: mostUnwrittenBytes });
  stream.on('error', () => undefined);
  return stream;
}
