import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Row, table } from '../measurement.ts';
import { ClusterBench } from './cluster-bench.ts';
import { measureConvergence } from './convergence.ts';
import { measureBuild, measureStart } from './deployments.ts';
import { measureFollows } from './follows.ts';
import { measureLogLatency } from './log-latency.ts';

const readme = fileURLToPath(new URL('../../../README.md', import.meta.url));

/** `--write` puts the table into README.md; names of rows limit what is measured; `--instances` is for V6. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false }, instances: { type: 'string', default: '10000' } },
});
const measurements: Record<string, (bench: ClusterBench) => Promise<Row[]>> = {
  V4: measureFollows,
  V1: measureStart,
  V2: measureBuild,
  V3: measureLogLatency,
  V6: (bench) => measureConvergence(bench, Number(values.instances)),
};
const unknown = positionals.filter((name) => !(name in measurements));
if (unknown.length > 0)
  throw new Error(`There is no ${unknown.join(', ')}. There are: ${Object.keys(measurements).join(', ')}.`);

const bench = await ClusterBench.open();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void bench.close().finally(() => process.exit(1)));
const rows: Row[] = [];
try {
  for (const [name, measure] of Object.entries(measurements)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    console.error(`Measuring ${name} ...`);
    rows.push(...(await measure(bench)));
  }
} finally {
  await bench.close();
}

rows.sort((left, right) => left.what.localeCompare(right.what));
const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), which the cluster shares with the platform`;
const report = `${table(rows)}\n\nMeasured on ${machine}, Node ${process.version}, on ${new Date().toISOString().slice(0, 10)}: \`npm run bench:cluster\`.`;
console.log(report);
if (values.write) {
  const text = await readFile(readme, 'utf8');
  const block = /(<!-- bench:cluster -->\n)[\s\S]*?(\n<!-- \/bench:cluster -->)/;
  await writeFile(
    readme,
    text.replace(block, (_, open, close) => `${open}${report}${close}`),
  );
}
