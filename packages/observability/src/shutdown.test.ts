import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

/** Runs a program with the given steps, sends the signals once it is ready, and returns its exit code and messages. */
async function runProgram(steps: string, options: { graceMs: number; signals: NodeJS.Signals[] }) {
  const program = `
    import { createLogger } from './src/logger.ts';
    import { onShutdown } from './src/shutdown.ts';
    const logger = createLogger({ app: 'child' });
    onShutdown([${steps}], { graceMs: ${options.graceMs}, logger });
    setInterval(() => undefined, 1000);
    logger.info('Ready');`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    cwd: new URL('..', import.meta.url),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (output === '') for (const signal of options.signals) child.kill(signal);
    output += chunk;
  });
  const [code] = await once(child, 'close');
  const messages = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { code, messages: messages.map((line) => line.step ?? line.msg) };
}

const step = (name: string, body: string) =>
  `{ name: '${name}', run: async () => { logger.info('Ran ${name}'); ${body} } }`;

test('a signal runs the steps in order, once, and exits 0', async () => {
  const { code, messages } = await runProgram([step('consumer', ''), step('pool', '')].join(), {
    graceMs: 5_000,
    signals: ['SIGTERM', 'SIGINT'],
  });
  expect(messages).toEqual(['Ready', 'Started shutdown', 'Ran consumer', 'Ran pool', 'Completed shutdown']);
  expect(code).toBe(0);
});

test('a failing step does not keep the next one from running, and the exit code tells', async () => {
  const { code, messages } = await runProgram([step('consumer', 'throw new Error()'), step('pool', '')].join(), {
    graceMs: 5_000,
    signals: ['SIGINT'],
  });
  expect(messages).toEqual(['Ready', 'Started shutdown', 'Ran consumer', 'consumer', 'Ran pool', 'Completed shutdown']);
  expect(code).toBe(1);
});

test('a step that never ends is cut off at the deadline', async () => {
  const { code, messages } = await runProgram(step('consumer', 'await new Promise(() => undefined)'), {
    graceMs: 50,
    signals: ['SIGTERM'],
  });
  expect(messages.at(-1)).toBe('Exited before shutdown was complete');
  expect(code).toBe(1);
});
