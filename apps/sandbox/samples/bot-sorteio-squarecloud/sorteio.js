const { randomInt } = require('node:crypto');

const grupos = ['Família Silva', 'Clientes VIP', 'Futebol de quinta', 'Condomínio Aurora'];
const nomes = ['Ana', 'Bruno', 'Carla', 'Davi', 'Elisa', 'Fábio', 'Gabi', 'Hugo'];

function sortearGanhador() {
  const participantes = randomInt(3, nomes.length + 1);
  return {
    grupo: grupos[randomInt(grupos.length)],
    ganhador: nomes[randomInt(participantes)],
    participantes,
  };
}

module.exports = { sortearGanhador };
