import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { currentContext, runWithContext } from './context.ts';
import { createLogger } from './logger.ts';
import { childTraceparent, parseTraceparent } from './traceparent.ts';

function capture() {
  const lines: string[] = [];
  const logger = createLogger({ app: 'test', destination: { write: (line) => lines.push(line) } });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') };
}

test('a log line carries the correlation id and trace id of the running context, also after an await', async () => {
  const { logger, last } = capture();
  const traceparent = childTraceparent();
  await runWithContext({ correlationId: 'req-1', traceparent }, async () => {
    await Promise.resolve();
    logger.info({ rows: 2 }, 'Listed instances');
  });
  expect(last()).toMatchObject({
    app: 'test',
    level: 'info',
    rows: 2,
    correlationId: 'req-1',
    traceId: parseTraceparent(traceparent)?.traceId,
    msg: 'Listed instances',
  });
  logger.info('Outside');
  expect(last()).not.toHaveProperty('correlationId');
});

test('a context is a new span of the incoming trace, and a malformed one is replaced', () => {
  const incoming = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';
  const inner = runWithContext({ correlationId: 'ok', traceparent: incoming }, currentContext);
  expect(inner?.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-00$/);

  const hostile = runWithContext({ correlationId: 'a\nb', traceparent: 'x' }, currentContext);
  expect(hostile?.correlationId).toMatch(/^[0-9a-f-]{36}$/);
  expect(parseTraceparent(hostile?.traceparent)).not.toBeNull();
});

test.each(['00-00000000000000000000000000000000-b7ad6b7169203331-01', '01-x', '', 7])(
  'the traceparent %j is refused',
  (text) => {
    expect(parseTraceparent(text)).toBeNull();
  },
);

test('values of secret fields and passwords in addresses are not written', () => {
  const { logger, lines } = capture();
  const cause = new Error('connect amqp://guest:hunter2@127.0.0.1 failed');
  const err = Object.assign(new Error('Broker unreachable', { cause }), { config: { key: 'hunter2' }, code: 'EFAIL' });
  logger.error(
    { err, request: { headers: { authorization: 'hunter2', 'set-cookie': 'hunter2' } }, token: 'hunter2' },
    'Failed',
  );
  expect(lines.join('')).not.toContain('hunter2');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    err: { code: 'EFAIL', cause: { message: 'connect amqp://guest:[redacted]@127.0.0.1 failed' } },
  });
});

test('a field that cannot be written does not throw', () => {
  const { logger, last } = capture();
  const hostile = {
    get value(): never {
      throw new Error('no');
    },
  };
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  logger.info({ hostile, cyclic, big: 1n }, 'Logged');
  expect(last()).toHaveProperty('msg');
  logger.info(
    {
      field: {
        toJSON: () => {
          throw new Error('no');
        },
      },
    },
    'Logged',
  );
  expect(last()).toHaveProperty('msg');
});

test('a reader that stands still keeps nobody waiting, and gets every line in the end', async () => {
  const program = `
    import { createLogger } from './src/logger.ts';
    const logger = createLogger({ app: 'child' });
    for (let line = 0; line < 10_000; line++) logger.info({ line }, 'Wrote');
    process.stderr.end('went on');`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    cwd: new URL('..', import.meta.url),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  expect(await text(child.stderr)).toBe('went on');
  const lines = (await text(child.stdout)).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).line)).toEqual(Array.from({ length: 10_000 }, (_, line) => line));
  expect(await exited).toEqual([0, null]);
});
