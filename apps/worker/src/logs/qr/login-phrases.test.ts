import { describe, expect, test } from 'vitest';
import { readQrEnd } from './login-phrases.ts';

describe('a line that tells of a login', () => {
  test.each([
    'Client is ready!',
    'READY',
    'AUTHENTICATED',
    'opened connection',
    'connection opened',
    'connection is now open',
    "connection update { connection: 'open' }",
    '{"level":30,"time":1,"connection":"open","msg":"connection.update"}',
    'open',
    '✅ Conectado!',
    'Bot conectado com sucesso! Aguardando mensagens...',
    'WhatsApp conectado como 5511999998888',
    '\u001b[32mconnected to WhatsApp\u001b[39m',
    'Connected to WhatsApp server',
    'Autenticado',
    'Cliente autenticado com sucesso',
    'Bot pronto para uso',
    '[12:30:01] INFO: Bot está online',
    'Sessão conectada',
    'Conexão aberta',
    'Conexão estabelecida com o WhatsApp',
    '¡Cliente listo!',
    'Conexión establecida',
    'Sesión iniciada',
    'Login realizado com sucesso',
    'Logged in as Ana',
    'Status: qrReadSuccess',
    '2026-11-20 10:00:00 [info]: Bot is ready',
  ])('%s', (line) => {
    expect(readQrEnd(line)).toBe('used');
  });
});

describe('a line that tells that the code expired', () => {
  test.each([
    'QR code expired',
    'QR Code expirou, gerando outro',
    'El código QR ha expirado',
    'QR refs attempts ended',
  ])('%s', (line) => {
    expect(readQrEnd(line)).toBe('expired');
  });
});

describe('a line that says nothing about the code', () => {
  test.each([
    'Disconnected',
    'Bot desconectado',
    'not connected',
    'Not yet connected',
    'Client is not ready',
    'Não conectado',
    'ainda não está conectado',
    'no conectado',
    'unauthenticated',
    'Connecting to WhatsApp...',
    'Conectando...',
    'reconnecting',
    'connection closed',
    "connection update { connection: 'connecting' }",
    "{ connection: 'close' }",
    'Scan the QR code to get connected',
    'Escaneie o QR code para ficar conectado',
    'Aguardando o cliente ser autenticado',
    'Waiting to be authenticated',
    'Once connected, send !menu',
    'MongoDB connected',
    'Conectado ao banco de dados',
    'Connected to Redis',
    'Server ready on port 3000',
    'connected: failed',
    'Opening the menu',
    'the shop opens at 9',
    'QR code',
    'Generating QR, expires in 20 s',
    '',
  ])('%s', (line) => {
    expect(readQrEnd(line)).toBeNull();
  });

  test('is one that is very long', () => {
    expect(readQrEnd(`connected ${'x'.repeat(1_000)}`)).toBeNull();
  });
});
