import { Agenda } from './agenda.js';

const agenda = new Agenda(process.env.DATA_DIR ?? 'data');
const intervalo = Number(process.env.INTERVALO_MS ?? 4_000);

function log(texto: string): void {
  console.log(`${new Date().toISOString()} INFO ${texto}`);
}

log('Bot de lembretes iniciado');
log(`Variáveis de ambiente: ${Object.keys(process.env).sort().join(', ')}`);
log(`Lembretes enviados até agora: ${agenda.enviados}`);

function enviar(): void {
  const { cliente, texto } = agenda.proximo();
  log(`Lembrete nº ${agenda.enviados} para ${cliente}: ${texto}`);
}

const relogio = setInterval(enviar, intervalo);

process.on('SIGTERM', () => {
  clearInterval(relogio);
  log('Recebi SIGTERM, guardando a agenda e encerrando');
  process.exit(0);
});

enviar();
