import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Platform, startPlatform } from '../platform/platform.ts';
import { createInstance, tryNow } from './actions.ts';
import { keepPicture, newVisitor, openBrowser, pictureOnFailure } from './browser.ts';
import { scanQrCode } from './qr-code.ts';

let platform: Platform;
let browser: Browser;
let visitor: BrowserContext;
let page: Page;

beforeAll(async () => {
  [platform, browser] = await Promise.all([startPlatform({ web: true }), openBrowser()]);
  visitor = await newVisitor(browser);
  page = await visitor.newPage();
  await tryNow(page, platform.webUrl);
});

beforeEach(() => pictureOnFailure(() => page));

afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

const deploy = (repository: string, choices: { folder?: string; variables?: Record<string, string> } = {}) =>
  createInstance(page, platform.webUrl, {
    sandboxUrl: platform.sandboxUrl,
    repository: `zarpa-exemplos/${repository}`,
    ...choices,
  });

const see = (text: string | RegExp, timeout = 90_000) => page.getByText(text).first().waitFor({ timeout });

async function seeLogLine(instanceId: string, line: RegExp): Promise<void> {
  await page.goto(`${platform.webUrl}/instances/${instanceId}/logs`);
  await page.getByRole('log').getByText(line).first().waitFor({ timeout: 60_000 });
}

const running = [
  { repository: 'bot-eco-node', what: 'a Node bot with dependencies from npm', line: /eco/i },
  { repository: 'bot-lembretes-ts', what: 'a TypeScript bot with a build step', line: /lembrete/i },
  { repository: 'bot-clima-python', what: 'a Python bot', line: /clima|previs/i },
  { repository: 'bot-sorteio-squarecloud', what: 'a bot with squarecloud.app', line: /sorte/i },
  { repository: 'monorepo-atendimento', folder: 'apps/bot', what: "a bot in a monorepo's folder", line: /atend/i },
];

test.each(running)('deploys $what from the browser and shows its log live', async ({ repository, line, folder }) => {
  const instanceId = await deploy(repository, folder === undefined ? {} : { folder });
  await see(/Rodando há/);
  await keepPicture(page, `amostra-${repository}`);
  await seeLogLine(instanceId, line);
  await keepPicture(page, `amostra-${repository}-logs`);
});

test('lifts the QR code that a bot prints to a card that a phone can read, and keeps it scannable in the log', async () => {
  const instanceId = await deploy('bot-qrcode', { variables: { QR_RENEW_MS: '60000' } });
  await page.goto(`${platform.webUrl}/instances/${instanceId}`);
  const card = page.getByRole('img', { name: /QR code/i });
  await card.waitFor({ timeout: 90_000 });
  expect(await scanQrCode(card)).toMatch(/^https:\/\/wa\.me\/settings\/linked_devices#/);
  await keepPicture(page, 'amostra-bot-qrcode');

  await page.goto(`${platform.webUrl}/instances/${instanceId}/logs`);
  const drawing = page
    .getByRole('log')
    .getByRole('img', { name: /QR code/i })
    .last();
  await drawing.waitFor();
  expect(await scanQrCode(drawing)).toMatch(/^https:\/\/wa\.me\/settings\/linked_devices#/);
  await keepPicture(page, 'amostra-bot-qrcode-logs');
});

test('says in plain words why a bot crashes, with its last lines and exit code', async () => {
  const instanceId = await deploy('bot-que-cai');
  await page.goto(`${platform.webUrl}/instances/${instanceId}`);
  await see(/Caiu: o bot terminou com erro \(código 1\)\./);
  await keepPicture(page, 'amostra-bot-que-cai');
  await seeLogLine(instanceId, /Error/);
  await page
    .getByRole('log')
    .getByText(/terminou com erro \(código 1\)/)
    .first()
    .waitFor({ timeout: 30_000 });
  await keepPicture(page, 'amostra-bot-que-cai-logs');
});
