import dayjs from 'dayjs';
import { abrirContador } from './contador.js';

const clientes = ['Ana', 'Bruno', 'Carla', 'Davi', 'Elisa'];
const mensagens = ['oi', 'bom dia', 'vocês abrem hoje?', 'qual o preço?', 'obrigado'];
const contador = abrirContador();

function log(texto) {
  console.log(`[${dayjs().format('HH:mm:ss')}] ${texto}`);
}

function sortear(lista) {
  return lista[Math.floor(Math.random() * lista.length)];
}

log('Bot de eco iniciado');
log(`Variáveis de ambiente: ${Object.keys(process.env).sort().join(', ')}`);
log(`Mensagens respondidas até agora: ${contador.valor}`);

function responder() {
  const cliente = sortear(clientes);
  const mensagem = sortear(mensagens);
  log(`Mensagem de ${cliente}: "${mensagem}"`);
  log(`Resposta para ${cliente}: "${mensagem}" (total: ${contador.somar()})`);
}

const relogio = setInterval(responder, 3_000);

process.on('SIGTERM', () => {
  clearInterval(relogio);
  log('Recebi SIGTERM, encerrando com calma');
  process.exit(0);
});

responder();
