import { describe, expect, it } from 'vitest';
import { codesOf, failureOf, findingValue, planOf } from '../testing/plan-of.ts';

const venv = 'python3 -m venv .venv';

describe('installing', () => {
  it('puts requirements.txt into a virtual environment', () => {
    const plan = planOf({ 'bot.py': '', 'requirements.txt': 'requests==2.32.0\n' });
    expect(plan).toMatchObject({
      runtime: 'python',
      runtimeVersion: '3.12',
      packageManager: 'pip',
      installCommand: `${venv} && .venv/bin/pip install -r requirements.txt`,
      startCommand: '.venv/bin/python bot.py',
      environment: { PYTHONUNBUFFERED: '1' },
    });
    expect(plan.dockerfile).toContain('FROM python:3.12-slim-bookworm AS base\n');
    expect(plan.dockerfile).toContain(
      'COPY requirements.txt ./\nRUN --mount=type=cache,target=/root/.cache/pip python3 -m venv',
    );
  });

  it('takes the repository first when requirements refer to other files', () => {
    const { dockerfile } = planOf({ 'bot.py': '', 'requirements.txt': '-r base.txt\n' });
    expect(dockerfile).toContain('COPY . /app\nRUN');
  });

  it('is not needed for a single file', () => {
    const plan = planOf({ 'bot.py': '' });
    expect(plan).toMatchObject({ installCommand: null, packageManager: null, startCommand: 'python3 bot.py' });
    expect(codesOf(plan)).toContain('single_file_found');
  });

  it('uses uv for uv.lock', () => {
    const plan = planOf({
      'main.py': '',
      'pyproject.toml': '[project]\nname="x"\nrequires-python=">=3.11,<3.12"',
      'uv.lock': '',
    });
    expect(plan).toMatchObject({
      packageManager: 'uv',
      runtimeVersion: '3.11',
      startCommand: '.venv/bin/python main.py',
    });
    expect(plan.installCommand).toContain('.uv/bin/uv sync --no-dev --frozen');
    expect(plan.dockerfile).toContain('ENV UV_PYTHON_INSTALL_DIR=/app/.python');
  });

  it('uses poetry for its own table', () => {
    const plan = planOf({
      'main.py': '',
      'pyproject.toml': '[tool.poetry.dependencies]\npython="^3.11"\nselenium="*"',
      'poetry.lock': '',
    });
    expect(plan.installCommand).toContain('.poetry/bin/poetry install --only main --no-root');
    expect(plan).toMatchObject({ runtimeVersion: '3.12', systemPackages: ['chromium', 'chromium-driver'] });
  });

  it("installs a project's dependencies, or the project where it can be built", () => {
    const project = '[project]\nname="x"\ndependencies=["requests>=2", "qrcode"]\n';
    const plan = planOf({ 'main.py': '', 'pyproject.toml': project });
    expect(plan.installCommand).toBe(`${venv} && .venv/bin/pip install 'requests>=2' qrcode`);
    const built = `${project}[project.scripts]\nrobo="x:main"\n[build-system]\nrequires=["hatchling"]`;
    expect(planOf({ 'x/a.py': '', 'pyproject.toml': built })).toMatchObject({
      installCommand: `${venv} && .venv/bin/pip install .`,
      startCommand: '.venv/bin/robo',
    });
  });

  it('passes over a pyproject.toml that only configures tools', () => {
    const plan = planOf({ 'main.py': '', 'pyproject.toml': '[tool.ruff]', 'requirements.txt': 'pydub' });
    expect(plan.installCommand).toContain('-r requirements.txt');
    expect(plan.systemPackages).toEqual(['ffmpeg']);
    expect(codesOf(plan)).toContain('lockfile_missing');
  });

  it('says where TOML is invalid', () => {
    const failure = failureOf({ 'main.py': '', 'pyproject.toml': 'a = = b' });
    expect(failure).toMatchObject({ code: 'invalid_file', file: 'pyproject.toml' });
    expect(failure.detail).toContain('not valid TOML');
  });
});

describe('the version of Python', () => {
  it.each([
    ['3.13', '3.13', 'runtime_version_found'],
    ['3.11.4\n', '3.11', 'runtime_version_found'],
    ['3.8', '3.10', 'runtime_version_unsupported'],
    ['3.15', '3.13', 'runtime_version_unsupported'],
    ['pypy', '3.12', 'runtime_version_unreadable'],
  ])('for .python-version %j is %s', (text, version, code) => {
    const plan = planOf({ 'bot.py': '', '.python-version': text });
    expect(plan.runtimeVersion).toBe(version);
    expect(codesOf(plan)).toContain(code);
  });

  it.each([
    ['>=3.9', '3.12'],
    ['>=3.13', '3.13'],
    ['>=3.10,<3.12', '3.11'],
    ['~=3.10', '3.12'],
    ['~=3.11.2', '3.11'],
    ['==3.10.*', '3.10'],
    ['>=3.10,!=3.12.1', '3.12'],
    ['<3', '3.10'],
    ['>=4', '3.13'],
  ])('for requires-python %j is %s', (range, version) => {
    expect(
      planOf({ 'bot.py': '', 'pyproject.toml': `[project]\nname="x"\nrequires-python="${range}"` }).runtimeVersion,
    ).toBe(version);
  });
});

describe('starting', () => {
  const bot = { 'bot.py': '', 'requirements.txt': 'flask' };

  it('gives python its virtual environment, whoever wrote the command', () => {
    expect(planOf({ ...bot, Procfile: 'worker: python bot.py -v' }).startCommand).toBe('.venv/bin/python bot.py -v');
    expect(planOf(bot, { start: 'python3 bot.py' }).startCommand).toBe('.venv/bin/python bot.py');
    expect(planOf({ ...bot, 'squarecloud.app': 'MAIN=bot.py' }).startCommand).toBe('.venv/bin/python bot.py');
  });

  it('gives other programs theirs too', () => {
    const plan = planOf({ ...bot, Procfile: 'web: gunicorn app:app' });
    expect(plan.startCommand).toBe('. .venv/bin/activate && gunicorn app:app');
    expect(plan.dockerfile).toContain('CMD ["sh","-c",". .venv/bin/activate && exec gunicorn app:app"]');
  });

  it('takes the only file there is', () => {
    expect(findingValue(planOf({ 'robo.py': '', 'requirements.txt': '' }), 'start_from_known_file')).toBe('robo.py');
  });

  it('fails when it would have to guess', () => {
    expect(failureOf({ 'a.py': '', 'b.py': '', 'requirements.txt': '' })).toMatchObject({ code: 'no_start_command' });
  });
});
