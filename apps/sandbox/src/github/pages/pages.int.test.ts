import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { putRepository } from '../../test-support/repository.ts';
import { clientId, type RunningSandbox, runSandbox } from '../../test-support/sandbox.ts';
import { runWebhookReceiver, type WebhookReceiver } from '../../test-support/webhook-receiver.ts';

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const eco = '/zarpa-exemplos/bot-eco-node';

describe('the pages in Chromium', () => {
  let sandbox: RunningSandbox;
  let receiver: WebhookReceiver;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: switches,
    });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    receiver = await runWebhookReceiver();
    sandbox = await runSandbox({ SANDBOX_WEBHOOK_URL: receiver.url });
    const context = await browser.newContext({ baseURL: sandbox.webUrl, locale: 'pt-BR' });
    page = await context.newPage();
  });
  afterEach(async () => {
    await page.context().close();
    await sandbox.stop();
    await receiver.stop();
  });

  test('a file is found, edited and pushed by keyboard, and the webhook tells of it', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'zarpa-exemplos/bot-eco-node' }).press('Enter');
    await page.getByRole('link', { name: 'index.js' }).press('Enter');
    const content = page.getByLabel('Conteúdo');
    await content.press('Control+Home');
    await page.keyboard.type('// primeira linha\n');
    await page.getByLabel('Mensagem do commit').fill('Comenta <o> início');
    await page.getByLabel('Autor').selectOption('Diego Ramos');
    await page.getByRole('button', { name: 'Fazer commit e push' }).press('Enter');

    await page.getByRole('status').filter({ hasText: 'O webhook foi entregue' }).waitFor();
    await page.getByRole('link', { name: 'Comenta <o> início' }).waitFor();
    const payload = JSON.parse((await receiver.received(1)).body);
    expect(payload).toMatchObject({ pusher: { name: 'diego-ramos' }, commits: [{ modified: ['index.js'] }] });
    const file = await fetch(`${sandbox.webUrl}${eco}/raw/main/index.js`);
    expect(await file.text()).toMatch(/^\/\/ primeira linha\nimport dayjs/);
  });

  test('a text that did not change is not pushed, and one that moved meanwhile is not overwritten', async () => {
    await page.goto(`${eco}/edit/main/index.js`);
    await page.getByRole('button', { name: 'Fazer commit e push' }).click();
    await page.getByRole('status').filter({ hasText: 'Nada foi enviado' }).waitFor();

    await page.goto(`${eco}/edit/main/README.md`);
    const token = await sandbox.signIn('marina-costa');
    const target = { owner: 'zarpa-exemplos', repo: 'bot-eco-node', path: 'README.md' };
    const octokit = sandbox.octokit(token);
    const { sha } = (await octokit.repos.getContent(target)).data as { sha: string };
    await octokit.repos.createOrUpdateFileContents({ ...target, message: 'Antes', content: 'eA==', sha });
    await page.getByLabel('Conteúdo').fill('meu texto');
    await page.getByRole('button', { name: 'Fazer commit e push' }).click();
    await page.getByRole('alert').filter({ hasText: 'mudou no branch' }).waitFor();
    expect(await page.getByLabel('Conteúdo').inputValue()).toBe('meu texto');
  });

  test('a branch and a new file in a folder are made', async () => {
    await page.goto(eco);
    await page.getByLabel('Nome do novo branch').fill('teste/novo');
    await page.getByRole('button', { name: 'Criar branch' }).click();
    await page.getByRole('status').filter({ hasText: 'Branch criado' }).waitFor();
    await page.getByRole('link', { name: 'Novo arquivo' }).click();
    await page.getByLabel('Caminho').fill('../fora.txt');
    await page.getByRole('button', { name: 'Fazer commit e push' }).click();
    await page.getByRole('alert').filter({ hasText: 'O caminho não é válido' }).waitFor();
    await page.getByLabel('Caminho').fill('pasta/novo.txt');
    await page.getByRole('button', { name: 'Fazer commit e push' }).click();
    await page.getByRole('link', { name: 'pasta/' }).waitFor();
    expect(JSON.parse((await receiver.received(2)).body)).toMatchObject({
      ref: 'refs/heads/teste/novo',
      commits: [{ added: ['pasta/novo.txt'] }],
    });
  });

  test('a failed delivery is sent again by its button', async () => {
    receiver.answerWith(500);
    await page.goto('/deliveries');
    await page.getByRole('button', { name: 'Enviar ping' }).click();
    await page.getByText('Falhou').waitFor();
    receiver.answerWith(200);
    await page.goto('/deliveries');
    await page.getByRole('button', { name: /^Reenviar/ }).click();
    await page.getByText('Aceito').waitFor();
    const [first, second] = await Promise.all([receiver.received(1), receiver.received(2)]);
    expect(second.headers['x-github-delivery']).toBe(first.headers['x-github-delivery']);
  });

  test('the authorize page leads back as the chosen user', async () => {
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: `${sandbox.webUrl}/health/live`,
      state: 's',
    });
    await page.goto(`/login/oauth/authorize?${query}`);
    await page.getByRole('radio', { name: /Lia Nunes/ }).check();
    await page.getByRole('button', { name: 'Autorizar' }).click();
    await page.waitForURL(/\/health\/live\?code=\w+&state=s$/);
  });

  test('speaks the language that the browser or the address asks for, and stays with it', async () => {
    await page.goto('/?lang=es');
    await page.getByRole('heading', { name: 'Repositorios' }).waitFor();
    await page.goto('/deliveries');
    await page.getByRole('heading', { name: 'Entregas' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    const english = await fetch(sandbox.webUrl, { headers: { 'accept-language': 'fr, en;q=0.8' } });
    expect(await english.text()).toContain('<html lang="en">');
  });

  test('names and contents of repositories cannot become markup, and no page overflows a phone', async () => {
    const nasty = '<script>document.title="owned"</script>';
    await putRepository(sandbox.repositories, 'lia-nunes/sujo', {
      commits: [{ [`${nasty.replace('/', '')}.txt`]: `${nasty}</textarea>` }],
    });
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto('/lia-nunes/sujo');
    await page.locator('table a').first().click();
    expect(await page.getByLabel('Conteúdo').inputValue()).toBe(`${nasty}</textarea>`);
    for (const path of [
      '/',
      eco,
      `${eco}/edit/main/package-lock.json`,
      '/deliveries',
      '/apps/zarpa/installations/new',
    ]) {
      await page.goto(path);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      expect(await page.title()).not.toBe('owned');
    }
  });
});
