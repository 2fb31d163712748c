/**
 * `npm test`: every runner after the other, and one line at the end that adds them up.
 * `npm test -- contracts|unit|integration|e2e` runs a part.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringUpToDate, CONTRACTS_BUILD } from './supervisor/builds.ts';
import { openHome, PROJECT_ROOT } from './supervisor/home.ts';
import { sentenceOf } from './supervisor/sentence.ts';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

type Runner = (reportDir: string) => Promise<Count>;

/** Runs a tool with its output shown. @returns its exit code and what it printed */
function show(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, {
    cwd: PROJECT_ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: -1, output: `${output}${error.message}` }));
    child.once('close', (code) => resolve({ code: code ?? -1, output }));
  });
}

/** A runner that ended badly without naming a failed test has failed once: nothing is lost in the sum. */
function settle(count: Count, code: number): Count {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

function readReport<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

const contracts: Runner = async () => {
  const { code, output } = await show('hardhat', ['test', 'solidity']);
  // what the tests compiled may have taken the place of what the other runners deploy
  await show('hardhat', ['build', '--no-tests', '--quiet']);
  const of = (word: string) => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(output)?.[1] ?? 0);
  return settle({ passed: of('passing'), failed: of('failing'), skipped: of('skipped') }, code);
};

function vitest(project: string): Runner {
  return async (reportDir) => {
    const file = join(reportDir, `${project}.json`);
    const { code } = await show('vitest', [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ]);
    const report = readReport<{
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numTodoTests: number;
    }>(file);
    const count = {
      passed: report?.numPassedTests ?? 0,
      failed: report?.numFailedTests ?? 0,
      skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    };
    return settle(count, code);
  };
}

const e2e: Runner = async (reportDir) => {
  const file = join(reportDir, 'e2e.json');
  const { code } = await show('playwright', ['test', '--config', 'test/e2e/playwright.config.ts'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  const stats = readReport<{
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  }>(file)?.stats;
  // a test that passes only at its second try has failed
  const count = {
    passed: stats?.expected ?? 0,
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
  };
  return settle(count, code);
};

const RUNNERS: Record<string, Runner> = {
  contracts,
  unit: vitest('unit'),
  integration: vitest('integration'),
  e2e,
};

async function main(): Promise<number> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !(name in RUNNERS));
  if (unknown.length > 0) {
    console.error(
      `There is no part "${unknown.join(', ')}": choose from ${Object.keys(RUNNERS).join(', ')}.`,
    );
    return 1;
  }
  const reportDir = mkdtempSync(join(tmpdir(), 'e-aurum-test-'));
  const total: Count = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  try {
    await bringUpToDate(CONTRACTS_BUILD, openHome(process.env), (line) => console.log(line));
    for (const name of wanted.length > 0 ? wanted : Object.keys(RUNNERS)) {
      console.log(`\n=== ${name} ===`);
      const began = Date.now();
      const count = await (RUNNERS[name] as Runner)(reportDir);
      total.passed += count.passed;
      total.failed += count.failed;
      total.skipped += count.skipped;
      const seconds = Math.round((Date.now() - began) / 1000);
      lines.push(
        `${name.padEnd(12)} ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped (${seconds} s)`,
      );
    }
  } finally {
    rmSync(reportDir, { recursive: true, force: true });
  }
  console.log(`\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(sentenceOf(error));
    console.log('0 passed, 1 failed, 0 skipped');
    process.exit(1);
  },
);
