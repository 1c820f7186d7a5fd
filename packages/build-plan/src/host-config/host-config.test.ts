import { describe, expect, it } from 'vitest';
import { codesOf, failureOf, findingValue, planOf } from '../testing/plan-of.ts';

const bot = {
  'index.js': '',
  'package.json': { dependencies: { baileys: '7.0.0' }, scripts: { start: 'node other.js' } },
};

describe('squarecloud.app', () => {
  const config = 'DISPLAY_NAME=Robô da Loja\r\nMAIN=index.js\nMEMORY=512\nVERSION=recommended\n# START=node x.js\n';

  it('suggests name and memory and starts MAIN', () => {
    const plan = planOf({ ...bot, 'squarecloud.app': config });
    expect(plan.suggestions).toEqual({ name: 'Robô da Loja', memoryMb: 512 });
    expect(plan.startCommand).toBe('node index.js');
    expect(codesOf(plan)).toContain('host_config_found');
  });

  it('prefers START, followed down to the program', () => {
    const plan = planOf({ ...bot, 'squarecloud.config': `${config}START=npm run start` });
    expect(plan.startCommand).toBe('node other.js');
  });

  it('is enough for a folder without a manifest', () => {
    const plan = planOf({ 'robo.js': '', 'squarecloud.app': 'MAIN=robo.js\nMEMORY=256' });
    expect(plan).toMatchObject({
      runtime: 'node',
      installCommand: null,
      packageManager: null,
      startCommand: 'node robo.js',
    });
    expect(planOf({ 'robo.py': '', 'x.py': '', 'squarecloud.app': 'MAIN=robo.py' }).startCommand).toBe(
      'python3 robo.py',
    );
  });

  it('says when MAIN is missing and goes on', () => {
    const plan = planOf({ ...bot, 'squarecloud.app': 'MAIN=gone.js' });
    expect(findingValue(plan, 'host_config_main_missing')).toBe('gone.js');
    expect(plan.startCommand).toBe('node other.js');
  });

  it('refuses a command without an end', () => {
    expect(failureOf({ ...bot, 'squarecloud.app': `START=${'x'.repeat(501)}` })).toMatchObject({
      code: 'invalid_file',
      file: 'squarecloud.app',
    });
  });

  it.each(['0', '-5', 'muito', '99999999999', '1.5'])('suggests no memory for MEMORY=%s', (memory) => {
    expect(planOf({ ...bot, 'squarecloud.app': `MEMORY=${memory}` }).suggestions.memoryMb).toBeNull();
  });
});

describe('discloud.config', () => {
  it('gives name, memory, build command, packages and version', () => {
    const config =
      'NAME="Meu bot"\nMAIN=index.js\nRAM=1GB\nBUILD=npm run compile\nAPT=puppeteer, ffmpeg, jogos\nVERSION=22.4.1';
    const plan = planOf({ ...bot, 'discloud.config': config });
    expect(plan).toMatchObject({
      suggestions: { name: 'Meu bot', memoryMb: 1024 },
      buildCommand: 'npm run compile',
      runtimeVersion: '22',
      systemPackages: ['chromium', 'ffmpeg'],
    });
    expect(findingValue(plan, 'apt_group_unknown')).toBe('jogos');
  });

  it('makes a Python bot of a repository whose MAIN is Python', () => {
    const plan = planOf({ ...bot, 'bot.py': '', 'discloud.config': 'MAIN=bot.py\nVERSION=3.11.2' });
    expect(plan).toMatchObject({ runtime: 'python', runtimeVersion: '3.11', startCommand: 'python3 bot.py' });
  });
});

describe('Procfile', () => {
  it('wins over the start script, worker before web', () => {
    const plan = planOf({ ...bot, Procfile: 'web: node web.js\nworker: node index.js --fast\n' });
    expect(plan.startCommand).toBe('node index.js --fast');
    expect(codesOf(plan)).toContain('start_from_procfile');
  });

  it('is passed over when it names none of the known processes', () => {
    expect(planOf({ ...bot, Procfile: 'release: x\nnonsense' }).startCommand).toBe('node other.js');
  });

  it('says what the repository is when nothing else does', () => {
    expect(planOf({ 'robo.py': '', 'b.py': '', Procfile: 'bot: python robo.py' }).startCommand).toBe('python3 robo.py');
  });

  it('keeps a command that only a shell understands', () => {
    const plan = planOf({ ...bot, Procfile: 'worker: node index.js --port $PORT' });
    expect(plan.startCommand).toBe('node index.js --port $PORT');
    expect(plan.dockerfile).toContain('CMD ["sh","-c","exec node index.js --port $PORT"]');
  });
});
