import qrcode from 'qrcode-terminal';
import { abrirContador } from './contador.js';
import { novoCodigo } from './codigo.js';

const renovarMs = Number(process.env.QR_RENEW_MS ?? 20_000);
const conectarDepoisDe = Number(process.env.QR_CONNECT_AFTER ?? 6);
const contador = abrirContador();
let mostrados = 0;
let relogio;

console.log('Iniciando a sessão do WhatsApp (de mentira)');
console.log(`Variáveis de ambiente: ${Object.keys(process.env).sort().join(', ')}`);
console.log(`Conexões até agora: ${contador.valor}`);

function mostrarCodigo() {
  if (mostrados >= conectarDepoisDe) return conectar();
  mostrados += 1;
  console.log(`Escaneie o QR code nº ${mostrados} em Aparelhos conectados:`);
  qrcode.generate(novoCodigo(), { small: process.env.QR_SIZE !== 'large' });
}

function conectar() {
  clearInterval(relogio);
  console.log('Conectado ao WhatsApp');
  console.log(`Conexão nº ${contador.somar()}`);
  relogio = setInterval(() => console.log(`Mensagem recebida e respondida às ${new Date().toISOString()}`), 5_000);
}

relogio = setInterval(mostrarCodigo, renovarMs);

process.on('SIGTERM', () => {
  clearInterval(relogio);
  console.log('Recebi SIGTERM, encerrando a sessão');
  process.exit(0);
});

mostrarCodigo();
