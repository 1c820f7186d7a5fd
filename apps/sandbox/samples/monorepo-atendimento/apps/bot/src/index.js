import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atender } from './roteiro.js';

const pasta = process.env.DATA_DIR ?? 'data';
const arquivo = join(pasta, 'protocolo.txt');
mkdirSync(pasta, { recursive: true });

function lerProtocolo() {
  try {
    return Number.parseInt(readFileSync(arquivo, 'utf8'), 10) || 0;
  } catch {
    return 0;
  }
}

let protocolo = lerProtocolo();
console.log('Bot de atendimento iniciado');
console.log(`Variáveis de ambiente: ${Object.keys(process.env).sort().join(', ')}`);
console.log(`Último protocolo: ${protocolo}`);

function proximo() {
  protocolo += 1;
  writeFileSync(arquivo, String(protocolo));
  const numero = String(protocolo).padStart(5, '0');
  for (const passo of atender()) console.log(`[protocolo ${numero}] ${passo}`);
}

const relogio = setInterval(proximo, 4_000);

process.on('SIGTERM', () => {
  clearInterval(relogio);
  console.log('Recebi SIGTERM, a fila de atendimento foi guardada');
  process.exit(0);
});

proximo();
