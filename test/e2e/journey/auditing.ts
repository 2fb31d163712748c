import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { formatAmount, formatFineness } from '@e-aurum/sdk';
import { decodeBytes32String, toUtf8String } from 'ethers';
import { PROJECT_ROOT } from '../../../scripts/supervisor/home.ts';
import { type ChainEvent, events, provider, view } from '../support/chain.ts';
import { exactFigure, exactGrams, exactUsd, expectAgrees, fact, weight } from '../support/figures.ts';
import { expect, test } from '../support/people.ts';
import { RPC_URL, worldHome } from '../support/world.ts';

const MODES = ['Halted', 'Normal', 'Degraded', 'AfterHours'];
const MODE_WORDS = ['Halted', 'Normal', 'Degraded', 'After hours'];
const SOURCES = ['None', 'Main', 'Pivot', 'Fallback'];
const SOURCE_WORDS = ['no feed', 'Chainlink', 'signed reports', 'Chainlink PAXG'];
const BAR_WORDS = ['', 'Pending', 'Active', 'Suspended', 'Set aside', 'Delivered', 'Cancelled', 'Lost'];

const exactTime = (seconds: bigint): string =>
  `${new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: 'UTC',
  }).format(Number(seconds) * 1000)} UTC`;

async function observations(): Promise<Map<string, ChainEvent>> {
  const all = await events('PriceOracle', 'Observed');
  return new Map(all.map((event) => [String(event.args.sequence), event]));
}

/** One point of the chart, as it is read out, is an observation on the chain. */
function expectObserved(words: string, known: Map<string, ChainEvent>): void {
  const wanted = [...known.values()].map(
    ({ args }) =>
      `$${formatAmount(args.usdPerGram, { places: 4 })} per g, ${MODE_WORDS[Number(args.mode)]}, ` +
      `${SOURCE_WORDS[Number(args.source)]}, ${exactTime(args.time)}`,
  );
  expect(wanted).toContain(words);
}

/** 7. What the auditor sees is what the chain says. */
export function auditing(): void {
  test('7. the price history is the chain’s: chart, table, CSV', async ({ visit }) => {
    const page = await visit('/prices');
    const chart = page.getByRole('slider', { name: /^Price of one gram/ });
    await chart.focus();
    for (const key of ['Home', 'PageDown', 'PageDown', 'ArrowRight', 'End', 'PageUp', 'ArrowLeft']) {
      await page.keyboard.press(key);
      expectObserved((await chart.getAttribute('aria-valuetext'))!, await observations());
    }

    const rows = page.getByRole('table', { name: /^Observations/ }).getByRole('row');
    await expect(rows.nth(1)).toBeVisible();
    const shown = await rows.evaluateAll((all) =>
      all
        .slice(1)
        .map((row) =>
          [...row.querySelectorAll('[role=cell]')].map(
            (cell) => cell.querySelector('[data-exact]')?.getAttribute('data-exact') ?? cell.textContent,
          ),
        ),
    );
    const known = await observations();
    expect(shown.length).toBe(25);
    for (const [sequence, time, price, , source, mode] of shown) {
      const { args } = known.get(sequence!.replace(/\D/g, ''))!;
      expect([time, price, source, mode]).toEqual([
        exactTime(args.time),
        args.mode === 0n ? 'none' : exactUsd(args.usdPerGram),
        SOURCE_WORDS[Number(args.source)],
        MODE_WORDS[Number(args.mode)],
      ]);
    }

    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as CSV' }).click();
    const [head, ...lines] = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n');
    expect(head).toBe(
      'sequence,at,usdPerGram,lowUsdPerGram,highUsdPerGram,mode,source,blockNumber,transactionHash',
    );
    const all = await observations();
    const newest = BigInt(lines[0]!.split(',')[0]!);
    const expected = [...all.values()]
      .filter(({ args }) => args.sequence <= newest)
      .reverse()
      .map(({ args, blockNumber, transactionHash }) =>
        [
          args.sequence,
          new Date(Number(args.time) * 1000).toISOString(),
          args.usdPerGram,
          args.lowUsdPerGram,
          args.highUsdPerGram,
          MODES[Number(args.mode)],
          SOURCES[Number(args.source)],
          blockNumber,
          transactionHash,
        ].join(','),
      );
    expect(lines).toEqual(expected);
    // only what is not final yet may be missing
    const finalized = (await provider.getBlock('finalized'))!.number;
    const missing = [...all.values()].filter(({ args }) => args.sequence > newest);
    for (const { blockNumber } of missing) expect(blockNumber).toBeGreaterThan(finalized - 10);
  });

  test('7. the reserve is the chain’s: every bar, its weight and papers, backing against supply', async ({
    visit,
  }) => {
    const page = await visit('/reserve');
    const grams =
      (method: string, name: 'GoldToken' | 'StakedGold' | 'RedemptionDesk', args: unknown[] = []) =>
      async () =>
        exactGrams(await view(name, method, args));
    const mg = (method: string) => async () => weight(await view('GoldReserve', method));
    const section = page.getByRole('region', { name: 'Supply against gold' });
    await expectAgrees(fact(section, 'All EAU'), grams('totalSupply', 'GoldToken'));
    await expectAgrees(fact(section, 'In escrow, waiting for bars'), grams('totalEscrow', 'RedemptionDesk'));
    await expectAgrees(fact(section, 'Fine gold in active bars'), mg('backing'));
    await expectAgrees(fact(section, 'Fine gold set aside'), mg('committed'));
    await expectAgrees(fact(page, 'EAU in existence'), grams('totalSupply', 'GoldToken'));

    const rows = await page
      .getByRole('table', { name: 'Every bar of the reserve' })
      .getByRole('row')
      .evaluateAll((all) =>
        all.slice(1).map((row) => ({
          id: row.querySelector('a')!.getAttribute('href')!.split('/').at(-1)!,
          documents: row.querySelector('button[title]')!.getAttribute('title')!,
          cells: [...row.querySelectorAll('[role=cell]')].map((cell) => cell.textContent!.trim()),
        })),
      );
    expect(rows.length).toBe(Number(await view('GoldReserve', 'barCount')));
    let backing = 0n;
    for (const { id, documents, cells } of rows) {
      const bar = await view<Record<string, bigint> & Record<'vault' | 'serial' | 'documentsHash', string>>(
        'GoldReserve',
        'bar',
        [id],
      );
      expect(cells[0]).toContain(decodeBytes32String(bar.serial));
      expect(cells[1]).toBe(toUtf8String(bar.vault).replaceAll('\0', ''));
      expect(cells[2]).toBe(formatFineness(Number(bar.fineness)));
      expect(cells[3]).toBe(weight(bar.fineWeightMg!));
      expect(documents).toBe(bar.documentsHash);
      expect(cells[5]).toBe(BAR_WORDS[Number(bar.state)]);
      if (cells[5] === 'Active' || cells[5] === 'Set aside') backing += bar.fineWeightMg!;
    }
    expect(backing).toBe((await view('GoldReserve', 'backing')) + (await view('GoldReserve', 'committed')));
    expect(await exactFigure(fact(page, /^fine gold in/))).toBe(weight(backing));
  });

  test('7. npm run audit recomputes it all from the chain and exits 0', async () => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'scripts/audit.ts'], {
      cwd: PROJECT_ROOT,
      env: { ...process.env, AURUM_HOME: worldHome(), RPC_URL },
    });
    const output: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    const said = output.join('');
    expect(code, said).toBe(0);
    expect(said).toContain('Everything fits.');
    expect(said).not.toContain('FAILS');
  });
}
