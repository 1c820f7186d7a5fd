export interface SampleCommit {
  readonly message: string;
  readonly login: 'marina-costa' | 'diego-ramos';
  /** ISO time; fixed, so that a sample has the same commit ids on every machine. */
  readonly date: string;
  /** The files that this commit brings, by the beginning of their paths; the last commit brings all that is left. */
  readonly files: readonly string[] | 'rest';
}

export interface Sample {
  readonly name: string;
  readonly description: string;
  readonly commits: readonly SampleCommit[];
}

const documentation = { message: 'Documenta como rodar e as variáveis', files: 'rest' } as const;

/** The sample bots. Every commit leaves a bot that can be deployed. */
export const samples: readonly Sample[] = [
  {
    name: 'bot-eco-node',
    description: 'Bot em Node que responde cada mensagem com um eco, com uma dependência do npm',
    commits: [
      {
        message: 'Responde cada mensagem com um eco',
        login: 'marina-costa',
        date: '2026-10-05T09:12:00-03:00',
        files: ['package', 'index.js', 'contador.js', '.gitignore'],
      },
      { ...documentation, login: 'marina-costa', date: '2026-10-06T17:40:00-03:00' },
    ],
  },
  {
    name: 'bot-lembretes-ts',
    description: 'Bot de lembretes em TypeScript, com uma etapa de build',
    commits: [
      {
        message: 'Envia lembretes de uma agenda\n\nA contagem fica em DATA_DIR e sobrevive a novos deploys.',
        login: 'diego-ramos',
        date: '2026-10-12T10:03:00-03:00',
        files: ['package', 'tsconfig.json', 'src/', '.gitignore'],
      },
      { ...documentation, login: 'diego-ramos', date: '2026-10-14T11:25:00-03:00' },
    ],
  },
  {
    name: 'bot-clima-python',
    description: 'Bot do clima em Python, só com a biblioteca padrão',
    commits: [
      {
        message: 'Responde a previsão do tempo',
        login: 'marina-costa',
        date: '2026-10-19T14:30:00-03:00',
        files: ['main.py', 'contador.py', 'previsao.py', 'requirements.txt', '.gitignore'],
      },
      { ...documentation, login: 'marina-costa', date: '2026-10-19T15:02:00-03:00' },
    ],
  },
  {
    name: 'bot-sorteio-squarecloud',
    description: 'Bot de sorteios com squarecloud.app, como na Square Cloud',
    commits: [
      {
        message: 'Sorteia ganhadores em grupos',
        login: 'diego-ramos',
        date: '2026-10-21T20:15:00-03:00',
        files: ['package', 'index.js', 'sorteio.js', 'squarecloud.app', '.gitignore'],
      },
      { ...documentation, login: 'marina-costa', date: '2026-10-22T08:50:00-03:00' },
    ],
  },
  {
    name: 'monorepo-atendimento',
    description: 'Monorepo cujo bot de atendimento vive em apps/bot',
    commits: [
      {
        message: 'Bot de atendimento com protocolo',
        login: 'marina-costa',
        date: '2026-10-26T09:00:00-03:00',
        files: ['apps/bot/', '.gitignore'],
      },
      {
        message: 'Começa o painel da equipe',
        login: 'diego-ramos',
        date: '2026-10-27T16:45:00-03:00',
        files: ['apps/painel/'],
      },
      { ...documentation, login: 'marina-costa', date: '2026-10-28T10:10:00-03:00' },
    ],
  },
  {
    name: 'bot-qrcode',
    description: 'Bot que mostra um QR code no log até conectar',
    commits: [
      {
        message: 'Mostra o QR code e conecta',
        login: 'diego-ramos',
        date: '2026-11-03T11:20:00-03:00',
        files: ['package', 'index.js', 'codigo.js', 'contador.js', '.gitignore'],
      },
      { ...documentation, login: 'diego-ramos', date: '2026-11-03T18:05:00-03:00' },
    ],
  },
  {
    name: 'bot-que-cai',
    description: 'Bot que cai de propósito, por erro ou por falta de memória',
    commits: [
      {
        message: 'Cai três segundos depois de iniciar',
        login: 'marina-costa',
        date: '2026-11-09T13:37:00-03:00',
        files: ['package', 'index.js', 'pedido.js', 'memoria.js', '.gitignore'],
      },
      { ...documentation, login: 'marina-costa', date: '2026-11-10T09:30:00-03:00' },
    ],
  },
];
