const shellForm = /^[\w./@][\w./@%+=:,"'&|;(){}~* -]*$/;

/**
 * A RUN instruction for one command. Only plain text goes in as it is; all else as a JSON array, in which neither a
 * line break, a here-document nor a leading option can be read as part of the Dockerfile.
 */
export function runCommand(command: string, caches: readonly string[]): string {
  const mounts = caches.map((target) => `--mount=type=cache,target=${target} `).join('');
  return `RUN ${mounts}${shellForm.test(command) ? command : JSON.stringify(['sh', '-c', command])}`;
}

export function aptInstall(packages: readonly string[]): string {
  const names = ['ca-certificates', ...packages].join(' ');
  return `RUN apt-get update && apt-get install -y --no-install-recommends ${names} && rm -rf /var/lib/apt/lists/*`;
}

export function environmentLines(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).map(([name, value]) => `ENV ${name}=${quoteValue(value)}`);
}

const quoteValue = (value: string): string =>
  /^[\w./:@-]+$/.test(value) ? value : `"${value.replace(/["$\\]/g, '\\$&')}"`;

/** Copies files by name from the build context into a folder. */
export function copyFiles(files: readonly string[], target: string): string {
  const isPlain = files.every((file) => /^[\p{L}\p{N}._@/+-]+$/u.test(file));
  return `COPY ${isPlain ? [...files, target].join(' ') : JSON.stringify([...files, target])}`;
}
