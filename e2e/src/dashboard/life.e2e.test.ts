import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Platform, startPlatform } from '../platform/platform.ts';
import { createInstance, deleteInstance, order, tryNow } from './actions.ts';
import { keepPicture, newVisitor, openBrowser, pictureOnFailure } from './browser.ts';

let platform: Platform;
let browser: Browser;
let page: Page;
let instanceId: string;

const open = (tab = '') => page.goto(`${platform.webUrl}/instances/${instanceId}${tab}`);
const see = (text: string | RegExp, timeout = 60_000) => page.getByText(text).first().waitFor({ timeout });

beforeAll(async () => {
  [platform, browser] = await Promise.all([startPlatform({ web: true }), openBrowser()]);
  page = await (await newVisitor(browser)).newPage();
  await tryNow(page, platform.webUrl);
  instanceId = await createInstance(page, platform.webUrl, {
    sandboxUrl: platform.sandboxUrl,
    repository: 'zarpa-exemplos/bot-clima-python',
  });
  await see(/Rodando há/, 90_000);
});

beforeEach(() => pictureOnFailure(() => page));

afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

test('pauses and resumes; the page turns by itself', async () => {
  await order(page, 'Pausar');
  await see(/Pausada\. Os dados estão guardados/);
  await keepPicture(page, 'vida-pausada');
  await page.getByRole('button', { name: 'Retomar' }).click();
  await see(/Rodando há/);
});

test('restarts', async () => {
  await open('/logs');
  const starts = page.getByRole('log').getByText('O bot iniciou');
  await starts.first().waitFor();
  const before = await starts.count();
  await order(page, 'Reiniciar');
  await expect.poll(() => starts.count(), { timeout: 60_000 }).toBeGreaterThan(before);
});

test('saves a variable, offers to apply it, and applies it without a build', async () => {
  await open('/environment');
  await page.getByRole('button', { name: 'Adicionar variável' }).first().click();
  await page.getByLabel('Nome da variável').last().fill('CIDADE');
  await page.getByLabel('Valor de CIDADE').fill('Recife');
  await page.getByRole('button', { name: 'Salvar', exact: true }).click();
  await see('Variáveis salvas');
  const apply = page.getByRole('button', { name: 'Aplicar com novo deploy' }).first();
  await apply.waitFor();
  await keepPicture(page, 'vida-variaveis');
  await apply.click();
  await expect.poll(() => apply.count(), { timeout: 60_000 }).toBe(0);
  await open('/deployments');
  await see('Mudança aplicada');
});

test('changes the plan while the bot runs on', async () => {
  await open('/settings');
  await page.getByRole('radio', { name: /Profissional/ }).check();
  await page.getByRole('button', { name: /^Mudar para/ }).click();
  await see(/^Plano mudado para/);
  await open();
  await see(/2 GB/);
  await see(/Rodando há/);
});

test('goes back to an older version without a build', async () => {
  await open('/deployments');
  await page.getByRole('button', { name: 'Ações do deploy 1' }).click();
  await page.getByRole('menuitem', { name: 'Voltar para esta versão' }).click();
  await page.getByRole('button', { name: 'Voltar para o deploy 1' }).click();
  await see('Volta de versão');
  await open('/deployments');
  await expect
    .poll(() => page.getByText('Pronto', { exact: true }).filter({ visible: true }).count(), { timeout: 60_000 })
    .toBe(3);
});

test('deploys a push that is made on the page of the sandbox', async () => {
  const sandbox = await page.context().newPage();
  await sandbox.goto(`${platform.sandboxUrl}/zarpa-exemplos/bot-clima-python/edit/main/README.md`);
  await sandbox.getByRole('textbox').first().fill('# Bot do clima\n\nAgora com previsão para amanhã.\n');
  await sandbox.getByRole('button', { name: /commit|enviar|push/i }).click();
  await sandbox.waitForLoadState('networkidle');
  await keepPicture(sandbox, 'vida-sandbox');
  await sandbox.close();
  await open('/deployments');
  await see('Push');
  await see('Virou deploy');
});

test('deletes with the typed name and brings it back', async () => {
  await open('/settings');
  await deleteInstance(page, 'bot-clima-python');
  await see(/Excluída\. Pode ser restaurada até/);
  await keepPicture(page, 'vida-excluida');
  await page.getByRole('button', { name: 'Restaurar' }).first().click();
  await see(/Rodando há/);
});
