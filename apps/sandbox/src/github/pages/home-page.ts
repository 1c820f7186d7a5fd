import { html } from 'hono/html';
import { lastPushedAt } from '../../git/refs.ts';
import type { GitHub } from '../github.ts';
import type { Repository } from '../repositories.ts';
import { time } from './format.ts';
import { answerPage, type PageContext } from './page.ts';

export async function homePage(context: PageContext, github: GitHub, repositories: readonly Repository[]) {
  const { texts, language } = context.var;
  const rows = await Promise.all(
    repositories.map(async (repository) => ({ repository, pushedAt: await lastPushedAt(repository.directory) })),
  );
  const table = html`<div class="table"><table class="stack lines">
<thead><tr><th scope="col">${texts.name}</th><th scope="col">${texts.description}</th><th scope="col">${texts.lastPush}</th></tr></thead>
<tbody>${rows.map(
    ({ repository, pushedAt }) => html`<tr>
<th scope="row"><a href="/${repository.owner}/${repository.name}"><span class="soft">${repository.owner}/</span>${repository.name}</a>
${repository.private ? html`<span class="tag">${texts.private}</span>` : ''}</th>
<td class="soft">${repository.description ?? ''}</td>
<td class="number">${pushedAt ? time(language, pushedAt, github.now()) : texts.noCommits}</td>
</tr>`,
  )}</tbody></table></div>`;
  const body = html`<h1>${texts.repositories}</h1>
<p class="soft">${texts.repositoriesLead}</p>
${rows.length === 0 ? html`<p class="card">${texts.noRepositories}</p>` : table}`;
  return answerPage(context, { title: texts.repositories, body });
}
