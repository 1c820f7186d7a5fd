import { type LogLine, newId } from '@zarpa/contracts';
import { createLogger } from '@zarpa/observability';
import { waitFor } from '@zarpa/testing';
import terminal from 'qrcode-terminal';
import { expect, test } from 'vitest';
import { createQrWatch, type QrSighting } from './qr-watch.ts';

const instanceId = newId('instance');
const deploymentId = newId('deployment');
let offset = 0;

const line = (text: string, kind: LogLine['kind'] = 'line', data: LogLine['data'] = null): LogLine => {
  offset += 10;
  return { id: `1-${offset}`, at: 1_000_000 + offset, kind, text, data };
};
const started = () => line('', 'started', { deploymentId });
const qrOf = (text: string): LogLine[] => {
  const lines: LogLine[] = [];
  terminal.generate(text, { small: true }, (printed) => lines.push(...printed.split('\n').map((row) => line(row))));
  return lines;
};

function watching(publishOnce: (sighting: QrSighting) => void = () => undefined) {
  const published: QrSighting[] = [];
  const logger = createLogger({ app: 'test', level: 'silent' });
  const publish = async (sighting: QrSighting) => {
    publishOnce(sighting);
    published.push(sighting);
  };
  const watch = createQrWatch({ instanceId, publish, logger });
  watch.begin();
  const see = (...lines: LogLine[]) => {
    watch.lines(lines);
    watch.caughtUp();
  };
  const settled = (count: number) =>
    waitFor(() => published.length >= count, { describe: `${count} published QR codes` });
  return { watch, see, published, settled };
}

const sizes = (published: readonly QrSighting[]) => published.map(({ matrix }) => matrix?.length ?? null);

test('publishes each new code, and null once somebody logged in', async () => {
  const { see, published, settled } = watching();
  const first = qrOf('first');
  see(started(), ...first);
  await settled(1);
  see(...qrOf('second, which is longer than the first one'));
  await settled(2);
  see(line('scan it'), line('Client is ready!'), line('connected again'));
  await settled(3);
  expect(sizes(published)).toEqual([21, 29, null]);
  expect(published[0]).toMatchObject({ instanceId, deploymentId, logId: first.at(-2)?.id });
});

test.each(['exited', 'started'] as const)('publishes null when the bot %s', async (kind) => {
  const { see, published, settled } = watching();
  see(...qrOf('a code'));
  await settled(1);
  see(line('', kind, { deploymentId }));
  await settled(2);
  expect(sizes(published)).toEqual([21, null]);
});

test('publishes only the newest of what it reads again', async () => {
  const { watch, published, settled } = watching();
  watch.lines([started(), ...qrOf('old'), ...qrOf('new, a longer text than before')]);
  expect(published).toEqual([]);
  watch.caughtUp();
  await settled(1);
  expect(sizes(published)).toEqual([25]);
});

test('publishes nothing twice when it reads the same lines again', async () => {
  const { watch, see, published, settled } = watching();
  const lines = [started(), ...qrOf('a code')];
  see(...lines);
  await settled(1);
  watch.begin();
  see(...lines);
  see(line('connected'));
  await settled(2);
  expect(sizes(published)).toEqual([21, null]);
});

test('takes a code away that was seen before its lines could be read', async () => {
  const { see, published, settled } = watching();
  see(line('WhatsApp conectado'));
  await settled(1);
  expect(sizes(published)).toEqual([null]);
});

test('tries again until the newest code is published', async () => {
  let failures = 1;
  const { see, published, settled } = watching(() => {
    failures -= 1;
    if (failures >= 0) throw new Error('no broker');
  });
  see(...qrOf('a code'));
  await settled(1);
  expect(sizes(published)).toEqual([21]);
});
