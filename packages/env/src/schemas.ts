import { z } from 'zod';

/** A TCP port, 1 to 65535, as a number. */
export const port = () =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 1 to 65535')
    .transform(Number)
    .refine((value) => value >= 1 && value <= 65_535, 'must be a port number from 1 to 65535');

/** An absolute address, kept as text without trailing slashes; `protocols` without colon, such as `['http', 'https']`. */
export const url = ({ protocols = ['http', 'https'] }: { protocols?: readonly string[] } = {}) =>
  z
    .string()
    .refine(
      (value) => protocols.includes(URL.parse(value)?.protocol.slice(0, -1) ?? ''),
      `must be an address that starts with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
    )
    .transform((value) => value.replace(/\/+$/, ''));

/** `true`, `1`, `yes`, `on` or `false`, `0`, `no`, `off`. */
export const flag = () =>
  z.stringbool({
    truthy: ['true', '1', 'yes', 'on'],
    falsy: ['false', '0', 'no', 'off'],
    error: 'must be true or false',
  });

const unitMs: Record<string, number> = { '': 1, ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `250ms`, `15s`, `5m`, `48h` or `7d` (no unit: milliseconds), in milliseconds. */
export const durationMs = () =>
  z
    .string()
    .regex(/^\d{1,12}(ms|s|m|h|d)?$/, 'must be a duration such as 250ms, 15s, 5m, 48h or 7d')
    .transform((text) => Number.parseInt(text, 10) * (unitMs[text.replace(/^\d+/, '')] ?? 1));

/** A whole number inside bounds, both included. */
export const integer = ({ min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {}) =>
  z
    .string()
    .regex(/^-?\d{1,16}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);

/** A pino level. */
export const logLevel = () =>
  z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    error: 'must be one of trace, debug, info, warn, error, fatal, silent',
  });
