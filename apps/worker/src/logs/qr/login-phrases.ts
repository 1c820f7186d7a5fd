import { colourSequence } from '../colour-sequence.ts';

/** What a line says about the QR code before it: `used` somebody logged in · `expired` nobody can use it any more. */
export type QrEnd = 'used' | 'expired';

const maxLength = 500;
const accents = /\p{Mn}/gu;

const used = [
  /\b(?:connected|conectad[oa]|authenticated|autenticad[oa]|logged ?in|islogged|inchat|qrreadsuccess|successchat)\b/,
  /\b(?:opened connection|connection (?:(?:is|now|was) )*(?:opened|established))\b/,
  /\b(?:conexao|conexion) (?:foi )?(?:aberta|abierta|estabelecida|establecida)\b/,
  /\bconnection(?:[._]update)?["']?(?: is| now|\s*[:=])*\s*["']?open\b/,
  /^\W*(?:open(?:ed)?|ready|pronto|listo)\W*$/,
  /\b(?:bot|client|cliente|whatsapp|wpp|zap|session|sessao|sesion)\b(?: \S+){0,3}? (?:ready|online|pronto|listo)\b/,
  /\b(?:ready to (?:receive|use|go|chat)|pronto para (?:receber|uso|usar)|listo para (?:recibir|usar))\b/,
  /\b(?:login|pairing|pareamento)\b.{0,20}\b(?:success\w*|sucesso|concluido|exito|exitoso|completed?)\b/,
  /\bsesion iniciada\b/,
];

const expired = [
  /\bqr\b.{0,30}\b(?:expired|expirou|expirado|expiro|timed? ?out|caducado|vencido)\b/,
  /\bqr refs attempts ended\b/,
  /\b(?:qrreaderror|qrreadfail|autoclosecalled)\b/,
];

/** Before or within the words above they turn their meaning round. */
const notYet = [
  /\b(?:not|\w+n't|never|no|nao|un|dis)[\s-]+(?:\S+ ){0,2}\S*$/,
  /\b(?:scan|escane\w*|leia|lee|wait\w*|aguard\w*|esper\w*|until|ate que|hasta|once|when|quando|cuando|before|antes|to be|sera)\b/,
];

const failure =
  /\b(?:disconnected|desconectad\w*|closed|fechada|cerrada|fail\w*|falh\w*|fallo|erro|error|lost|perdida|logged ?out)\b/;

/** Services whose connection says nothing about WhatsApp's. */
const otherService =
  /\b(?:mongo\w*|mysql|maria ?db|postgres\w*|sqlite|redis|database|banco(?: de dados)?|base de datos|db|rabbit\w*|amqp|kafka|broker|mqtt|supabase|firebase|prisma|sequelize|typeorm|knex|openai|discord|telegram|smtp)\b/;
const perhapsOtherService = /\b(?:api|server|servidor|proxy|internet|clients?|users?|usuarios?)\b/;

/** What a bot's line says about its QR code, as people write it in Portuguese, English and Spanish; null where it says nothing. */
export function readQrEnd(line: string): QrEnd | null {
  if (line.length > maxLength) return null;
  const text = line.replace(colourSequence, '').normalize('NFD').replace(accents, '').toLowerCase();
  if (expired.some((phrase) => phrase.test(text))) return 'expired';
  const phrase = used.map((one) => one.exec(text)).find((found) => found !== null);
  if (!phrase || failure.test(text) || isOther(text)) return null;
  const start = text.slice(0, phrase.index + phrase[0].length);
  return notYet.some((words) => words.test(start)) ? null : 'used';
}

function isOther(text: string): boolean {
  if (otherService.test(text)) return true;
  return perhapsOtherService.test(text) && !/\b(?:whats|wpp|zap|bot)/.test(text) && !/\bclient is\b/.test(text);
}
