const assuntos = ['segunda via do boleto', 'horário de funcionamento', 'troca de produto', 'falar com uma pessoa'];

/** Os passos de um atendimento, na ordem em que acontecem. */
export function atender() {
  const assunto = assuntos[Math.floor(Math.random() * assuntos.length)];
  return ['Cliente entrou na fila', `Assunto escolhido: ${assunto}`, 'Resposta enviada'];
}
