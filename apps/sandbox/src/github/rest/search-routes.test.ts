import { describe, expect, test } from 'vitest';
import { matchesSearch, parseSearch } from './search-routes.ts';

const bot = { owner: 'zarpa-exemplos', name: 'bot-clima-python', description: 'Previsão do tempo', private: false };
const finds = (query: string) => matchesSearch(parseSearch(query), bot);

describe('repository search', () => {
  test.each([
    'clima',
    'CLIMA python',
    'tempo',
    '"previsão do"',
    'clima in:name',
    'user:Zarpa-Exemplos',
    'org:zarpa-exemplos bot',
    'user:other user:zarpa-exemplos',
    'repo:zarpa-exemplos/bot-clima-python',
    'zarpa-exemplos/bot',
    'clima is:public',
  ])('%s finds the bot', (query) => {
    expect(finds(query)).toBe(true);
  });

  test.each(['neve', 'clima neve', 'tempo in:name', 'user:other', 'clima is:private', 'repo:zarpa-exemplos/bot'])(
    '%s does not',
    (query) => {
      expect(finds(query)).toBe(false);
    },
  );
});
