import type { Page } from 'playwright-core';

/** From the landing page into the dashboard, without sign-up. */
export async function tryNow(page: Page, webUrl: string): Promise<void> {
  await page.goto(webUrl);
  await page.getByRole('button', { name: 'Experimentar agora' }).first().click();
  await page.waitForURL(/\/instances/);
}

export interface NewInstanceChoices {
  readonly sandboxUrl: string;
  readonly repository: string;
  readonly folder?: string;
  readonly plan?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Fills "Nova instância" in and presses its button; resolves with the new instance's id. */
export async function createInstance(page: Page, webUrl: string, choices: NewInstanceChoices): Promise<string> {
  await page.goto(`${webUrl}/instances/new`, { waitUntil: 'networkidle' });
  await page.getByRole('tab', { name: 'Endereço público' }).click();
  await page.getByLabel('Endereço do repositório').fill(`${choices.sandboxUrl}/${choices.repository}`);
  await page.getByRole('radio', { name: new RegExp(choices.plan ?? 'Essencial', 'i') }).check();
  if (choices.folder !== undefined) await chooseFolder(page, choices.folder);
  for (const [name, value] of Object.entries(choices.variables ?? {})) await addVariable(page, name, value);
  await page.getByRole('button', { name: 'Criar e fazer deploy' }).click();
  await page.waitForURL(/\/instances\/inst_/);
  const id = /inst_[0-9a-z]+/.exec(page.url())?.[0];
  if (id === undefined) throw new Error(`No instance in ${page.url()}`);
  return id;
}

async function chooseFolder(page: Page, folder: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Pasta' }).click();
  await page.getByPlaceholder('Buscar ou digitar uma pasta').fill(folder);
  await page.getByRole('option', { name: folder }).first().click();
}

async function addVariable(page: Page, name: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Adicionar variável' }).click();
  await page.getByLabel('Nome da variável').last().fill(name);
  await page.getByLabel(`Valor de ${name}`).fill(value);
}

/** Orders something from the menu in an instance's head. */
export async function order(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Mais ações' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}
