import type { Page } from 'playwright-core';

/** From the landing page into the dashboard, without sign-up. */
export async function tryNow(page: Page, webUrl: string): Promise<void> {
  await page.goto(webUrl);
  await page.getByRole('button', { name: 'Experimentar agora' }).first().click();
  await page.waitForURL(/\/instances/);
}

/** From "Nova instância" to the sandbox's page of consent and back. */
export async function connectGithub(page: Page, webUrl: string): Promise<void> {
  await page.goto(`${webUrl}/instances/new`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Conectar GitHub' }).click();
  await page.getByRole('radio', { name: /Marina Costa/ }).check();
  await page.getByRole('button', { name: 'Autorizar' }).click();
  await page.getByText('Conectado como marina-costa').waitFor();
  await page.waitForLoadState('networkidle');
}

/** Chooses one of the connected account's repositories, on "Nova instância". */
export async function chooseRepository(page: Page, repository: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Repositório' }).click();
  await page.getByPlaceholder('Buscar repositório').fill(repository);
  await page.getByRole('option', { name: repository }).first().click();
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
  // What follows from the repository moves the plans down when it comes.
  await page.getByLabel('Branch', { exact: true }).waitFor();
  await page.getByRole('radio', { name: new RegExp(choices.plan ?? 'Essencial', 'i') }).check();
  if (choices.folder !== undefined) await chooseFolder(page, choices.folder);
  for (const [name, value] of Object.entries(choices.variables ?? {})) await addVariable(page, name, value);
  return submitInstance(page);
}

/** Presses the button of "Nova instância"; resolves with the new instance's id. */
export async function submitInstance(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Criar e fazer deploy' }).click();
  await page.waitForURL(/\/instances\/inst_/);
  const id = /inst_[0-9a-z]+/.exec(page.url())?.[0];
  if (id === undefined) throw new Error(`No instance in ${page.url()}`);
  return id;
}

/** Deletes an instance on its settings page, with its typed name. */
export async function deleteInstance(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Excluir instância' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('textbox').fill(name);
  await dialog.getByRole('button', { name: 'Excluir instância' }).click();
}

async function chooseFolder(page: Page, folder: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Pasta' }).click();
  await page.getByPlaceholder('Buscar ou digitar uma pasta').fill(folder);
  await page.getByRole('option', { name: folder }).first().click();
}

export async function addVariable(page: Page, name: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Adicionar variável' }).click();
  await page.getByLabel('Nome da variável').last().fill(name);
  await page.getByLabel(`Valor de ${name}`).fill(value);
}

/** Orders something from the menu in an instance's head. */
export async function order(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Mais ações' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}
