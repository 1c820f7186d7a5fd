import { readFile, writeFile } from 'node:fs/promises';
import { transferData } from './data/transfer-data.ts';
import { TransferInput } from './transfer-outcome.ts';

// Files keep the modes that they had.
process.umask(0);
const [inputFile = '/input/input.json', folder = '/data', archive = '/tmp/data.tar.gz'] = process.argv.slice(2);
const input = TransferInput.parse(JSON.parse(await readFile(inputFile, 'utf8')));
const outcome = await transferData(input, { folder, archive });
const message = JSON.stringify(outcome);
process.stdout.write(`${message}\n`);
await writeFile('/dev/termination-log', message);
process.exitCode = outcome.outcome === 'done' ? 0 : 1;
