import { spawn } from 'node:child_process';
import os from 'node:os';

const forwardedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a program on this terminal and passes signals on to it; resolves to its exit code. */
export function run(file, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: 'inherit' });
    const forward = (signal) => child.kill(signal);
    for (const signal of forwardedSignals) process.on(signal, forward);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of forwardedSignals) process.off(name, forward);
      resolve(code ?? 128 + os.constants.signals[signal]);
    });
  });
}

/** Runs a program and keeps its output. Rejects only when it cannot be started. */
export function capture(file, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = { stdout: [], stderr: [] };
    for (const name of ['stdout', 'stderr']) {
      child[name].on('data', (chunk) => chunks[name].push(chunk));
    }
    child.once('error', reject);
    child.once('close', (code) => {
      const text = (name) => Buffer.concat(chunks[name]).toString('utf8');
      resolve({ code, stdout: text('stdout'), stderr: text('stderr') });
    });
  });
}
