const namePattern = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;

/** `owner/name` from what people paste: a page's address, a clone address, or the name itself. Undefined for anything else. */
export function readRepositoryAddress(text: string): string | undefined {
  const trimmed = text.trim();
  const ssh = /^(?:ssh:\/\/)?git@[^:/]+[:/](.+)$/.exec(trimmed)?.[1];
  const path = ssh ?? (trimmed.includes('://') ? URL.parse(trimmed)?.pathname : withoutHost(trimmed));
  const [owner = '', name = ''] = (path ?? '').split('/').filter(Boolean);
  const repository = `${owner}/${name.replace(/\.git$/, '')}`;
  return namePattern.test(repository) ? repository : undefined;
}

const withoutHost = (text: string): string => text.replace(/^(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\//i, '');
