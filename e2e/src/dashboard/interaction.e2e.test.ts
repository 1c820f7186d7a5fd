import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Platform, startPlatform } from '../platform/platform.ts';
import { createInstance, tryNow } from './actions.ts';
import { axe } from './axe.ts';
import { keepPicture, narrow, newVisitor, openBrowser, pictureOnFailure, wide } from './browser.ts';

let platform: Platform;
let browser: Browser;
let visitor: BrowserContext;
let page: Page;
let instanceId: string;

const address = (tab = '') => `${platform.webUrl}/instances/${instanceId}${tab}`;
const open = (tab = '') => page.goto(address(tab), { waitUntil: 'networkidle' });
const see = (text: string | RegExp, timeout = 60_000) => page.getByText(text).first().waitFor({ timeout });
const tab = (name: string) => page.getByRole('link', { name, exact: true });
const question = () => page.getByRole('alertdialog', { name: 'Sair sem salvar?' });
const path = () => new URL(page.url()).pathname;

/** The page as it stands: wide and narrow, light and dark. */
async function keepLooks(name: string): Promise<void> {
  for (const [size, viewport] of Object.entries({ largo: wide, estreito: narrow })) {
    await page.setViewportSize(viewport);
    for (const [look, colorScheme] of [['claro', 'light'] as const, ['escuro', 'dark'] as const]) {
      await page.emulateMedia({ colorScheme });
      await keepPicture(page, `${name}-${look}-${size}`);
    }
  }
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'light' });
}

beforeAll(async () => {
  [platform, browser] = await Promise.all([startPlatform({ web: true }), openBrowser()]);
  visitor = await newVisitor(browser);
  await visitor.grantPermissions(['clipboard-read', 'clipboard-write']);
  page = await visitor.newPage();
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

test('a step of a deployment leads to its part of the build log', async () => {
  await open('/deployments');
  await page.getByRole('list', { name: 'Lista de deploys' }).getByRole('link').first().click();
  const chosen = page.getByRole('option', { selected: true });
  const lines = page.getByRole('listbox', { name: 'Linhas do build' });
  await page.getByRole('button', { name: /^Construir/ }).click();
  await expect.poll(() => chosen.count()).toBeGreaterThan(0);
  expect(await chosen.first().textContent()).toContain('$ ');
  expect(await lines.evaluate((list) => list === document.activeElement)).toBe(true);
  expect(new URL(page.url()).hash).toBe('#build');
  const building = await chosen.first().textContent();
  expect(await axe(page)).toEqual([]);
  await keepLooks('etapa');

  await page.getByRole('button', { name: /^Buscar .*Ver esta parte/ }).click();
  await expect.poll(() => chosen.first().textContent()).toContain('Buscando');
  await page.goto(page.url().replace('#fetch', '#build'));
  await page.reload();
  await expect.poll(() => chosen.first().textContent()).toBe(building);
});

test('lines of the log are chosen, copied and linked to by keyboard, in a list with one focus', async () => {
  await open('/logs');
  const list = page.getByRole('listbox', { name: 'Linhas do log' });
  const chosen = list.getByRole('option', { selected: true });
  await list.getByRole('option').nth(2).waitFor();
  expect(await list.locator('a, button, input, [tabindex="0"]').count()).toBe(0);
  await list.focus();
  for (const key of ['Home', 'ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
  await expect.poll(() => chosen.count()).toBe(2);
  const active = await list.getAttribute('aria-activedescendant');
  expect(await chosen.last().getAttribute('id')).toBe(active);
  expect(await axe(page)).toEqual([]);
  await keepLooks('teclado-log');

  await page.keyboard.press('Control+c');
  await see('2 linhas copiadas');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')).toHaveLength(2);
  expect(await chosen.last().textContent()).toContain(copied.split('\n')[1]);

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/#\d+-\d+\.\.\d+-\d+$/);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await visitor.newPage();
  await other.goto(link);
  await expect.poll(() => other.getByRole('option', { selected: true }).count()).toBe(2);
  await other.close();

  await list.focus();
  await page.keyboard.press('Escape');
  await expect.poll(() => chosen.count()).toBe(0);
  await list.getByRole('option').nth(1).locator('[data-gutter]').click();
  await expect.poll(() => chosen.count()).toBe(1);
});

test('an open page shows a push as it comes, with what became of it', async () => {
  await open('/deployments');
  await see('Nenhum push ainda');
  const sandbox = await visitor.newPage();
  await sandbox.goto(`${platform.sandboxUrl}/zarpa-exemplos/bot-clima-python/edit/main/README.md`);
  await sandbox.getByRole('textbox').first().fill('# Bot do clima\n\nAgora com umidade.\n');
  await sandbox.getByRole('button', { name: /commit|enviar|push/i }).click();
  await sandbox.waitForLoadState('networkidle');
  await sandbox.close();
  await see('Virou deploy');
  await keepLooks('push-ao-vivo');
});

test('what is not saved is asked about, however the page is left', async () => {
  await open();
  await tab('Variáveis').click();
  await page.getByRole('button', { name: 'Adicionar variável' }).first().click();
  await page.getByLabel('Nome da variável').last().fill('CIDADE');
  await page.getByRole('button', { name: 'Salvar', exact: true }).waitFor();

  await tab('Logs').click();
  await question().waitFor();
  expect(await axe(page)).toEqual([]);
  await keepLooks('sair-sem-salvar');
  await page.getByRole('button', { name: 'Continuar editando' }).click();
  await question().waitFor({ state: 'hidden' });

  for (let back = 0; back < 2; back++) {
    await page.goBack();
    await question().waitFor();
    expect(path()).toMatch(/\/environment$/);
    await page.keyboard.press('Escape');
    await question().waitFor({ state: 'hidden' });
  }
  expect(await page.getByLabel('Nome da variável').last().inputValue()).toBe('CIDADE');

  const asked = page.waitForEvent('dialog');
  const closing = page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await closing;

  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: 'Nova instância' }).click();
  await question().waitFor();
  await page.getByRole('button', { name: 'Continuar editando' }).click();

  await page.goBack();
  await question().getByRole('button', { name: 'Sair sem salvar' }).click();
  await page.waitForURL(address());
});

test('a page without changes, or whose changes were discarded, is left at once', async () => {
  await open();
  await tab('Configurações').click();
  const name = page.getByRole('textbox', { name: 'Nome', exact: true });
  await name.fill('Outro nome');
  await page.getByRole('button', { name: 'Descartar' }).click();
  await page.getByRole('button', { name: 'Descartar' }).waitFor({ state: 'hidden' });
  await expect.poll(() => page.evaluate(() => window.history.state?.zarpaUnsaved)).toBeUndefined();
  await page.goBack();
  await page.waitForURL(address());
  await tab('Configurações').click();
  await name.fill('Outro nome');
  await tab('Logs').click();
  await question().getByRole('button', { name: 'Sair sem salvar' }).click();
  await page.waitForURL(address('/logs'));
  await page.goBack();
  await page.waitForURL(address('/settings'));
  expect(await name.inputValue()).toBe('bot-clima-python');
});

test('whoever goes elsewhere before an order is answered is told what became of it, and left there', async () => {
  await open('/deployments');
  const answer = Promise.withResolvers<void>();
  await page.route(/\/deployments$/, async (route) => {
    if (route.request().method() === 'POST') await answer.promise;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Deploy do commit mais novo' }).click();
  await tab('Visão geral').click();
  await page.waitForURL(address());
  answer.resolve();
  await see(/^Deploy \d+ criado$/);
  expect(path()).toBe(`/instances/${instanceId}`);
  await page.unrouteAll();
});
