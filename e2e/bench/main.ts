import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Customer } from '../src/platform/customer.ts';
import { startPlatform } from '../src/platform/platform.ts';
import { measureApiRead } from './api-read.ts';
import { measureCommands } from './commands.ts';
import { measureFirstLine } from './first-line.ts';
import { measureLogLatency } from './log-latency.ts';
import { type Bench, type Row, table } from './measurement.ts';
import { measureIdleMemory } from './memory.ts';

const readme = fileURLToPath(new URL('../../README.md', import.meta.url));
const measurements = {
  memory: measureIdleMemory,
  'first-line': measureFirstLine,
  'api-read': measureApiRead,
  commands: measureCommands,
  'log-latency': measureLogLatency,
} satisfies Record<string, (bench: Bench) => Promise<Row[]>>;

/** `--write` puts the table into README.md; names given after it limit what is measured. */
const args = process.argv.slice(2);
const only = args.filter((arg) => !arg.startsWith('--'));

const platform = await startPlatform({ web: true, environment: { LOG_LEVEL: 'warn' } });
const customer = await Customer.arrive(platform);
const rows: Row[] = [];
try {
  for (const [name, measure] of Object.entries(measurements)) {
    if (only.length > 0 && !only.includes(name)) continue;
    console.error(`Measuring ${name} ...`);
    rows.push(...(await measure({ platform, customer })));
  }
} finally {
  customer.leave();
  await platform.stop();
}

const report = `${table(rows)}\n\nMeasured on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}, on ${new Date().toISOString().slice(0, 10)}: \`npm run bench\`.`;
console.log(report);
if (args.includes('--write')) {
  const text = await readFile(readme, 'utf8');
  await writeFile(
    readme,
    text.replace(/(<!-- bench -->\n)[\s\S]*?(\n<!-- \/bench -->)/, (_, open, close) => `${open}${report}${close}`),
  );
}
