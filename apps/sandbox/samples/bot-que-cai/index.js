import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lerPedido } from './pedido.js';
import { encherMemoria } from './memoria.js';

const pasta = process.env.DATA_DIR ?? 'data';
const arquivo = join(pasta, 'inicios.txt');
mkdirSync(pasta, { recursive: true });

function contarInicio() {
  let inicios = 0;
  try {
    inicios = Number.parseInt(readFileSync(arquivo, 'utf8'), 10) || 0;
  } catch {
    console.log('Primeira vez que este bot roda aqui');
  }
  writeFileSync(arquivo, String(inicios + 1));
  return inicios + 1;
}

process.on('SIGTERM', () => {
  console.log('Recebi SIGTERM antes de cair');
  process.exit(0);
});

console.log(`Bot que cai, início nº ${contarInicio()}`);
console.log(`Variáveis de ambiente: ${Object.keys(process.env).sort().join(', ')}`);

if (process.env.MODE === 'memory') {
  console.log('Modo memória: vou guardar tudo até o processo ser morto');
  encherMemoria();
} else {
  setTimeout(() => console.log('Conectando ao banco de dados...'), 1_000);
  setTimeout(() => console.log('Lendo o próximo pedido da fila...'), 2_000);
  setTimeout(() => lerPedido('{"cliente": "Ana", "itens": ['), 3_000);
}
