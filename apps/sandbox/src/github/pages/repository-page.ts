import path from 'node:path';
import { html } from 'hono/html';
import { listCommits } from '../../git/commits.ts';
import { findEntry, listTree, type TreeEntry } from '../../git/tree.ts';
import type { GitHub } from '../github.ts';
import { encodePath } from '../present/commit.ts';
import type { Repository } from '../repositories.ts';
import { deliveryTable } from './delivery-table.ts';
import { bytes, time } from './format.ts';
import type { Location } from './location.ts';
import { notice } from './notice.ts';
import { answerPage, type Html, type PageContext } from './page.ts';

const shownCommits = 20;
const shownDeliveries = 10;

/** One repository: a folder's files, the branch's commits, and the webhooks that its pushes sent. */
export async function repositoryPage(context: PageContext, github: GitHub, location: Location) {
  const { texts } = context.var;
  const { repository } = location;
  const fullName = `${repository.owner}/${repository.name}`;
  const deliveries = github.deliveries.list({ repository: fullName, limit: shownDeliveries });
  const body = html`${notice(context, github)}
<div class="heading"><h1><span class="soft">${repository.owner}/</span>${repository.name}
<span class="tag">${repository.private ? texts.private : texts.public}</span></h1>
${branchForm(context, location)}</div>
<p class="soft">${repository.description ?? ''}</p>
${location.commit === null ? html`<p class="card">${texts.noCommits}</p>` : await content(context, location)}
<section aria-labelledby="commits"><h2 id="commits">${texts.commits}</h2>${await commits(context, github, location)}</section>
<section aria-labelledby="deliveries"><h2 id="deliveries">${texts.deliveries}</h2>
${deliveryTable(context, deliveries, github.now())}</section>
${location.branch ? newBranchForm(context, location) : ''}
<p class="soft">${texts.clone}: <code>git clone ${github.webUrl}/${fullName}.git</code></p>`;
  return answerPage(context, { title: fullName, body });
}

export function placeAddress({ owner, name }: Repository, kind: string, ref: string, filePath = ''): string {
  return `/${owner}/${name}/${kind}/${encodePath(ref)}${filePath === '' ? '' : `/${encodePath(filePath)}`}`;
}

function branchForm(context: PageContext, { repository, branches, ref }: Location): Html {
  const { texts } = context.var;
  return html`<form class="inline" method="get" action="/${repository.owner}/${repository.name}">
<label for="branch">${texts.branch}</label>
<select id="branch" name="branch">${branches.map(
    ({ name }) => html`<option value="${name}"${name === ref ? html` selected` : ''}>${name}</option>`,
  )}</select><button>${texts.show}</button></form>`;
}

async function content(context: PageContext, location: Location): Promise<Html> {
  const { texts } = context.var;
  const { repository, ref, branch } = location;
  const entries = await entriesOf(location);
  const add = branch
    ? html`<a class="button" href="${placeAddress(repository, 'new', ref, location.path)}">${texts.newFile}</a>`
    : '';
  return html`<section aria-labelledby="files"><div class="heading"><h2 id="files">${texts.files}</h2>${add}</div>
${breadcrumb(location)}
<div class="table"><table>
<thead><tr><th scope="col">${texts.name}</th><th scope="col">${texts.size}</th></tr></thead>
<tbody>${entries.map((entry) => entryRow(context, location, entry))}</tbody></table></div></section>`;
}

function entryRow(context: PageContext, { repository, ref, path: folder }: Location, entry: TreeEntry): Html {
  const { texts, language } = context.var;
  const full = folder === '' ? entry.path : `${folder}/${entry.path}`;
  const isFolder = entry.type === 'tree';
  const address = placeAddress(repository, isFolder ? 'tree' : 'blob', ref, full);
  const name =
    entry.type === 'commit' ? html`${entry.path}` : html`<a href="${address}">${entry.path}${isFolder ? '/' : ''}</a>`;
  return html`<tr><th scope="row">${name}</th>
<td class="number soft">${entry.size === null ? texts.folder : bytes(language, entry.size)}</td></tr>`;
}

export function breadcrumb({ repository, ref, path: place }: Pick<Location, 'repository' | 'ref' | 'path'>): Html {
  const segments = place === '' ? [] : place.split('/');
  const links = segments.map((segment, index) => {
    const target = segments.slice(0, index + 1).join('/');
    const last = index === segments.length - 1;
    return last
      ? html` / ${segment}`
      : html` / <a href="${placeAddress(repository, 'tree', ref, target)}">${segment}</a>`;
  });
  return html`<p class="crumbs"><a href="${placeAddress(repository, 'tree', ref)}">${repository.name}</a>${links}</p>`;
}

async function entriesOf({ repository, commit, path: folder }: Location): Promise<TreeEntry[]> {
  if (commit === null) return [];
  const entry = folder === '' ? null : await findEntry(repository.directory, commit, folder);
  if (folder !== '' && entry?.type !== 'tree') return [];
  const entries = await listTree(repository.directory, entry?.sha ?? commit, false);
  const weight = ({ type }: TreeEntry) => (type === 'tree' ? 0 : 1);
  return entries.sort(
    (left, right) => weight(left) - weight(right) || path.posix.basename(left.path).localeCompare(right.path),
  );
}

async function commits(context: PageContext, github: GitHub, { repository, commit }: Location): Promise<Html> {
  const { texts, language } = context.var;
  if (commit === null) return html`<p class="soft">${texts.noCommits}</p>`;
  const list = await listCommits(repository.directory, { head: commit, limit: shownCommits });
  return html`<ol class="commits">${list.map(
    (
      one,
    ) => html`<li><a href="/${repository.owner}/${repository.name}/commit/${one.sha}">${one.message.split('\n')[0]}</a>
<span class="soft">${one.author.name} · ${time(language, one.committer.date, github.now())} · <code>${one.sha.slice(0, 7)}</code></span></li>`,
  )}</ol>`;
}

function newBranchForm(context: PageContext, { repository, ref }: Location): Html {
  const { texts } = context.var;
  return html`<section aria-labelledby="new-branch"><h2 id="new-branch">${texts.createBranch}</h2>
<form class="inline" method="post" action="/${repository.owner}/${repository.name}/branches">
<input type="hidden" name="from" value="${ref}">
<label for="name">${texts.newBranch}</label>
<input id="name" name="name" required maxlength="100" autocomplete="off" spellcheck="false" aria-describedby="branch-hint">
<button>${texts.createBranch}</button><span id="branch-hint" class="soft">${texts.branchHint}</span></form></section>`;
}
