import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createLog } from './log.ts';

it('blots out personal data and secrets, wherever they stand', () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = createLog('test', 'info', stream);
  log.info({ fullName: 'Ada L', request: { body: { city: 'Ada L' } }, person: { email: 'Ada L' } }, 'a case');
  log.info({ cookie: 'Ada L', headers: { authorization: 'Ada L' }, a: { b: { phone: 'Ada L' } } }, 'a call');
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toContain('Ada L');
  expect(JSON.parse(lines[0]!)).toMatchObject({ service: 'test', msg: 'a case', fullName: '[redacted]' });
});
