import type { Language } from './language.ts';

type Translations = Readonly<Record<Exclude<Language, 'en'>, string>>;

/** What our own schemas and services say of a field. The key is the message in English, as schemas carry it. */
export const ownFieldTexts = {
  'must have the right form': {
    'pt-BR': 'não tem o formato esperado',
    es: 'no tiene la forma esperada',
  },
  'must be an id such as {example}': {
    'pt-BR': 'deve ser um id como {example}',
    es: 'debe ser un id como {example}',
  },
  'must be owner/name': {
    'pt-BR': 'deve ter a forma dono/nome',
    es: 'debe tener la forma dueño/nombre',
  },
  'must be a branch name': {
    'pt-BR': 'deve ser o nome de uma branch',
    es: 'debe ser el nombre de una rama',
  },
  'must be a folder inside the repository': {
    'pt-BR': 'deve ser uma pasta dentro do repositório',
    es: 'debe ser una carpeta dentro del repositorio',
  },
  'letters, digits and _ only, not starting with a digit': {
    'pt-BR': 'só letras, algarismos e _, sem começar por algarismo',
    es: 'solo letras, cifras y _, sin empezar por una cifra',
  },
  'must not contain NUL': {
    'pt-BR': 'não pode conter o caractere NUL',
    es: 'no puede contener el carácter NUL',
  },
  'each name once': {
    'pt-BR': 'cada nome uma só vez',
    es: 'cada nombre una sola vez',
  },
  'must be square': {
    'pt-BR': 'deve ser quadrado',
    es: 'debe ser cuadrado',
  },
  'must be the commit in operation where reuseArtifact is set': {
    'pt-BR': 'com reuseArtifact, deve ser o commit em operação',
    es: 'con reuseArtifact, debe ser el commit en operación',
  },
  'is not a cursor of this list': {
    'pt-BR': 'não é um cursor desta lista',
    es: 'no es un cursor de esta lista',
  },
} as const satisfies Readonly<Record<string, Translations>>;
export type OwnFieldText = keyof typeof ownFieldTexts;
