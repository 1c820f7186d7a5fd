import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Platform, startPlatform } from '../platform/platform.ts';
import { createInstance, tryNow } from './actions.ts';
import { axe } from './axe.ts';
import { keepPicture, narrow, newVisitor, openBrowser, wide } from './browser.ts';

const firstLoadLimitBytes = 180 * 1024;

let platform: Platform;
let browser: Browser;
let instanceId: string;
let cookies: { name: string; value: string; url: string }[];

beforeAll(async () => {
  [platform, browser] = await Promise.all([startPlatform({ web: true }), openBrowser()]);
  const visitor = await newVisitor(browser);
  const page = await visitor.newPage();
  await tryNow(page, platform.webUrl);
  instanceId = await createInstance(page, platform.webUrl, {
    sandboxUrl: platform.sandboxUrl,
    repository: 'zarpa-exemplos/bot-clima-python',
  });
  await page
    .getByText(/Rodando há/)
    .first()
    .waitFor({ timeout: 90_000 });
  cookies = (await visitor.cookies()).map(({ name, value }) => ({ name, value, url: platform.webUrl }));
  await visitor.close();
});

afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

const paths: Record<string, () => string> = {
  inicio: () => '/',
  instancias: () => '/instances',
  'nova-instancia': () => '/instances/new',
  'visao-geral': () => `/instances/${instanceId}`,
  deploys: () => `/instances/${instanceId}/deployments`,
  logs: () => `/instances/${instanceId}/logs`,
  variaveis: () => `/instances/${instanceId}/environment`,
  configuracoes: () => `/instances/${instanceId}/settings`,
};
const looks = [
  { name: 'claro-largo', dark: false, viewport: wide },
  { name: 'escuro-largo', dark: true, viewport: wide },
  { name: 'claro-estreito', dark: false, viewport: narrow },
  { name: 'escuro-estreito', dark: true, viewport: narrow },
];

describe.each(looks)('$name', ({ name, dark, viewport }) => {
  test.each(Object.keys(paths))('%s: axe finds nothing, nothing reaches over the edge', async (pageName) => {
    const visitor = await newVisitor(browser, { dark, viewport });
    await visitor.addCookies(cookies);
    const page = await visitor.newPage();
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    await page.goto(`${platform.webUrl}${paths[pageName]?.()}`, { waitUntil: 'networkidle' });
    await keepPicture(page, `${pageName}-${name}`);
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(failures).toEqual([]);
    await visitor.close();
  });
});

test.each(Object.keys(paths))('%s loads at most 180 kB of scripts first', async (pageName) => {
  const visitor = await newVisitor(browser);
  await visitor.addCookies(cookies);
  const page = await visitor.newPage();
  const html = await (await visitor.request.get(`${platform.webUrl}${paths[pageName]?.()}`)).text();
  const sources = new Set(
    [...html.matchAll(/<script[^>]+src="([^"]+\.js[^"]*)"(?![^>]*nomodule)/gi)].map((match) => match[1] ?? ''),
  );
  let bytes = 0;
  for (const source of sources) {
    const answer = await fetch(new URL(source, platform.webUrl), { headers: { 'accept-encoding': 'gzip' } });
    bytes += Number(answer.headers.get('content-length') ?? (await compressed(answer)));
  }
  expect(sources.size).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(firstLoadLimitBytes);
  await page.close();
  await visitor.close();
});

async function compressed(answer: Response): Promise<number> {
  const body = new Blob([await answer.arrayBuffer()]).stream().pipeThrough(new CompressionStream('gzip'));
  return (await new Response(body).arrayBuffer()).byteLength;
}

test.each([
  ['pt-BR', 'Instâncias'],
  ['en', 'Instances'],
  ['es', 'Instancias'],
])('speaks %s', async (locale, word) => {
  const visitor = await newVisitor(browser, { locale });
  await visitor.addCookies(cookies);
  const page = await visitor.newPage();
  await page.goto(`${platform.webUrl}/instances`);
  await page.getByRole('heading', { level: 1, name: word }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe(locale);
  await visitor.close();
});

test('a chosen theme stays, in every tab; the system’s follows the device', async () => {
  const visitor = await newVisitor(browser, { dark: false });
  await visitor.addCookies(cookies);
  const other = await visitor.newPage();
  const page = await visitor.newPage();
  await Promise.all([page, other].map((each) => each.goto(`${platform.webUrl}/instances`)));
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Tema' }).click();
    await page.getByRole('menuitemcheckbox', { name }).click();
  };
  const painted = (each: Page, dark: boolean) =>
    each.waitForFunction((wanted) => document.documentElement.classList.contains('dark') === wanted, dark, {
      polling: 50,
    });

  await choose('Escuro');
  await Promise.all([painted(page, true), painted(other, true)]);
  await page.reload();
  await painted(page, true);
  await choose('Como no sistema');
  await Promise.all([painted(page, false), painted(other, false)]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await painted(page, true);
  await visitor.close();
});
