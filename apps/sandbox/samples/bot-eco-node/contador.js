import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Um número guardado em DATA_DIR, que sobrevive a novos deploys. */
export function abrirContador() {
  const pasta = process.env.DATA_DIR ?? 'data';
  const arquivo = join(pasta, 'contador.json');
  mkdirSync(pasta, { recursive: true });

  let valor = 0;
  try {
    valor = JSON.parse(readFileSync(arquivo, 'utf8')).valor;
  } catch (erro) {
    if (erro.code !== 'ENOENT') console.error(`Contador ilegível, começando do zero: ${erro.message}`);
  }

  return {
    get valor() {
      return valor;
    },
    somar() {
      valor += 1;
      writeFileSync(arquivo, JSON.stringify({ valor }));
      return valor;
    },
  };
}
