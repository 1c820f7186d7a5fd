const fs = require('node:fs');
const path = require('node:path');
const { sortearGanhador } = require('./sorteio');

const pasta = process.env.DATA_DIR ?? 'data';
const arquivo = path.join(pasta, 'sorteios.json');
fs.mkdirSync(pasta, { recursive: true });
let sorteios = fs.existsSync(arquivo) ? JSON.parse(fs.readFileSync(arquivo, 'utf8')).total : 0;

console.log('Bot Sorteio no ar');
console.log(`Variáveis de ambiente: ${Object.keys(process.env).sort().join(', ')}`);
console.log(`Sorteios feitos até agora: ${sorteios}`);

function sortear() {
  const { grupo, ganhador, participantes } = sortearGanhador();
  sorteios += 1;
  fs.writeFileSync(arquivo, JSON.stringify({ total: sorteios }));
  console.log(`Sorteio nº ${sorteios} no grupo "${grupo}": ${participantes} participantes, ganhou ${ganhador}`);
}

const relogio = setInterval(sortear, 5_000);

process.on('SIGTERM', () => {
  clearInterval(relogio);
  console.log('Recebi SIGTERM, nenhum sorteio ficou pela metade');
  process.exit(0);
});

sortear();
