import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endOrphans, identityOf, lockHome, openHome } from './home.ts';
import { checkPorts, readPorts } from './ports.ts';
import { PlainError, sentenceOf } from './sentence.ts';
import { createSupervisor, type RunningService } from './supervisor.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'e-aurum supervisor '));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const until = async (condition: () => boolean): Promise<void> => {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited for ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};

describe('the supervisor', () => {
  const sleeper = (name: string) => ({
    name,
    command: process.execPath,
    args: ['-e', 'setInterval(() => {}, 1000)'],
  });

  function supervise() {
    const lines: string[] = [];
    const given: RunningService[] = [];
    const supervisor = createSupervisor({
      logDir: dir,
      say: (line) => lines.push(line),
      onChange: () => {},
      onGiveUp: (service) => given.push(service),
      firstBackoffMs: 1,
    });
    return { supervisor, lines, given };
  }

  it('starts a killed service again and says so', async () => {
    const { supervisor, lines } = supervise();
    await supervisor.start(sleeper('api'));
    const first = supervisor.services()[0]?.pid as number;
    process.kill(first, 'SIGKILL');
    await until(() => supervisor.services()[0]?.pid !== first && supervisor.services()[0]?.pid !== undefined);
    expect(lines).toEqual([expect.stringMatching(/^api ended \(SIGKILL\); starting it again/)]);
    await supervisor.stopAll();
  });

  it('gives up on a service that can never run', async () => {
    const { supervisor, given, lines } = supervise();
    await supervisor.start({ name: 'broken', command: process.execPath, args: ['-e', 'process.exit(3)'] });
    await until(() => given.length === 1);
    expect(lines.at(-1)).toMatch(/broken ended 9 times in a row \(code 3\); see .*broken\.log/);
    await supervisor.stopAll();
  });

  it('stops everything that it started, children of children too', async () => {
    const { supervisor } = supervise();
    const script = `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }).pid;
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      require('node:fs').writeFileSync(${JSON.stringify(join(dir, 'child'))}, String(child.pid)); setInterval(() => {}, 1000)`;
    await supervisor.start({ name: 'parent', command: process.execPath, args: ['-e', script] });
    const file = join(dir, 'child');
    await until(() => {
      try {
        return readFileSync(file, 'utf8') !== '';
      } catch {
        return false;
      }
    });
    const child = Number(readFileSync(file, 'utf8'));
    await supervisor.stopAll();
    // where nobody reaps it, it stays a zombie, which counts as ended
    await until(() => identityOf(child) === undefined);
  });

  it('says what a service wrote when it does not come up', async () => {
    const { supervisor } = supervise();
    const mute = {
      ...sleeper('mute'),
      args: ['-e', "console.log('no database'); setInterval(() => {}, 1000)"],
    };
    await expect(
      supervisor.start({ ...mute, ready: async () => false, readyWithinMs: 1_000 }),
    ).rejects.toThrow(/mute did not come up in 1 s.*no database/s);
    await supervisor.stopAll();
  });
});

describe('ports', () => {
  it('can be moved one by one or all together', () => {
    expect(readPorts({ AURUM_PORT_SHIFT: '10', AURUM_WEB_PORT: '3100' })).toMatchObject({
      web: 3100,
      api: 4010,
    });
    expect(() => readPorts({ AURUM_WEB_PORT: 'many' })).toThrow(/AURUM_WEB_PORT is "many"/);
  });

  it('names a taken one, and the way out', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await expect(checkPorts({ ...readPorts({ AURUM_PORT_SHIFT: '31000' }), web: port })).rejects.toThrow(
      new RegExp(`Port ${port}, for web, is taken.*AURUM_WEB_PORT=${port + 1}`),
    );
    server.close();
  });
});

describe('the home', () => {
  it('is locked by one start at a time, and freed by a dead one', () => {
    const home = openHome({ AURUM_HOME: dir });
    writeFileSync(join(dir, 'start.pid'), '[999999999, "1"]');
    const unlock = lockHome(home);
    expect(JSON.parse(readFileSync(join(dir, 'start.pid'), 'utf8'))).toEqual([
      process.pid,
      identityOf(process.pid),
    ]);
    unlock();
    writeFileSync(join(dir, 'start.pid'), JSON.stringify([process.ppid, identityOf(process.ppid)]));
    expect(() => lockHome(home)).toThrow(/already runs here \(process \d+\)/);
  });

  it('ends orphans that are still ours, and nobody else', async () => {
    const home = openHome({ AURUM_HOME: dir });
    const { spawn } = await import('node:child_process');
    const sleep = ['-e', 'setInterval(() => {}, 1000)'];
    const ours = spawn(process.execPath, sleep, { stdio: 'ignore' });
    const stranger = spawn(process.execPath, sleep, { stdio: 'ignore' });
    const gone = new Promise((resolve) => ours.once('exit', resolve));
    writeFileSync(
      home.services,
      JSON.stringify({
        api: { pid: ours.pid, identity: identityOf(ours.pid as number) },
        reporters: [{ pid: stranger.pid, identity: 'of another process that had this number' }],
      }),
    );
    const lines: string[] = [];
    await endOrphans(home, (line) => lines.push(line));
    await gone;
    expect(lines).toEqual(['ending api, left behind by a run that was killed']);
    expect(identityOf(stranger.pid as number)).toBeDefined();
    stranger.kill('SIGKILL');
  });
});

describe('sentences', () => {
  it('are for people', () => {
    expect(sentenceOf(new PlainError('Port 3000 is taken.'))).toBe('Port 3000 is taken.');
    expect(sentenceOf(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toMatch(/^The disk is full/);
    expect(sentenceOf(new Error('boom'))).toMatch(/unexpected error: Error: boom/);
  });
});
