import { html } from 'hono/html';
import type { Account } from '../accounts.ts';
import type { Location } from './location.ts';
import { answerPage, type PageContext } from './page.ts';
import { breadcrumb, placeAddress } from './repository-page.ts';
import type { Texts } from './texts/texts.ts';

export interface Draft {
  /** Empty for a file that does not exist yet. */
  readonly path: string;
  /** The blob that was edited; empty for a new file. */
  readonly sha: string;
  readonly content: string;
  readonly message: string;
  readonly author: string;
}

interface Edit {
  readonly location: Location;
  readonly draft: Draft;
  readonly authors: readonly Account[];
  readonly problem?: keyof Texts;
  readonly status?: 400 | 409;
}

/** A file in a text area, with a button that commits and pushes. */
export function editPage(context: PageContext, { location, draft, authors, problem, status }: Edit) {
  const { texts } = context.var;
  const { repository, ref } = location;
  const isNew = draft.sha === '';
  const folder = location.path === '' ? '' : `${location.path}/`;
  const action = placeAddress(repository, isNew ? 'new' : 'edit', ref, location.path);
  const path = isNew
    ? html`<label for="path">${texts.path}</label><input id="path" name="path" required value="${draft.path || folder}" autocomplete="off" spellcheck="false">`
    : html`<input type="hidden" name="path" value="${draft.path}">`;
  const suggestion = `${isNew ? texts.messageCreate : texts.messageDefault} ${draft.path}`.trim();
  const title = isNew ? texts.newFile : `${texts.editing} ${draft.path}`;
  const body = html`${problem ? html`<p class="notice bad" role="alert">${texts[problem]}</p>` : ''}
<h1>${title}</h1>${breadcrumb({ repository, ref, path: location.path })}
<form class="edit" method="post" action="${action}">
<input type="hidden" name="sha" value="${draft.sha}">
${path}
<label for="content">${texts.content}</label>
<textarea id="content" name="content" rows="24" spellcheck="false" wrap="off" autocapitalize="off">
${draft.content}</textarea>
<div class="pair"><div><label for="message">${texts.message}</label>
<input id="message" name="message" required maxlength="500" value="${draft.message || suggestion}"></div>
<div><label for="author">${texts.author}</label>
<select id="author" name="author">${authors.map(
    (one) =>
      html`<option value="${one.login}"${one.login === draft.author ? html` selected` : ''}>${one.name}</option>`,
  )}</select></div></div>
<div class="actions"><button class="primary">${texts.commitAndPush}</button>
<a class="button" href="${placeAddress(repository, 'tree', ref)}">${texts.cancel}</a>
<span class="soft">${texts.branch}: <code>${ref}</code></span></div>
</form>`;
  const address = status === undefined ? {} : { status, address: action };
  return answerPage(context, { title, body, ...address });
}
