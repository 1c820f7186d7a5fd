import { html } from 'hono/html';
import { readCommit } from '../../git/commits.ts';
import { changedFiles, emptyTree } from '../../git/diff.ts';
import type { Repository } from '../repositories.ts';
import { time } from './format.ts';
import { answerPage, type Html, type PageContext } from './page.ts';

export async function commitPage(context: PageContext, repository: Repository, sha: string, nowMs: number) {
  const { texts, language } = context.var;
  const commit = await readCommit(repository.directory, sha);
  const files = await changedFiles(repository.directory, commit.parents[0] ?? emptyTree, sha);
  const [title = '', ...rest] = commit.message.split('\n');
  const body = html`<p class="crumbs"><a href="/${repository.owner}/${repository.name}">${repository.owner}/${repository.name}</a></p>
<h1>${title}</h1>${rest.length > 0 ? html`<pre tabindex="0">${rest.join('\n').trim()}</pre>` : ''}
<p class="soft">${commit.author.name} · ${time(language, commit.committer.date, nowMs)} · <code>${sha}</code></p>
<section aria-labelledby="changes"><h2 id="changes">${texts.changedFiles}</h2>
${files.map(
  (file) => html`<h3>${file.path} <span class="soft number">+${file.additions} −${file.deletions}</span></h3>
${file.patch === null ? '' : html`<pre class="patch" tabindex="0">${file.patch.split('\n').map(patchLine)}</pre>`}`,
)}</section>`;
  return answerPage(context, { title, body });
}

const marks: Record<string, string> = { '+': 'ins', '-': 'del' };

function patchLine(line: string): Html {
  const mark = marks[line.charAt(0)];
  if (mark === 'ins') return html`<ins>${line}</ins>`;
  return mark === 'del' ? html`<del>${line}</del>` : html`<span>${line}</span>`;
}
