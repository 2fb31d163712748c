'use client';

import { formatFineness, parseWeightList, type WeightListBar } from '@e-aurum/sdk';
import { useId, useMemo, useState } from 'react';
import type { Hex } from 'viem';
import { useContract } from '@/chain/deployment';
import { TransactionStatus } from '@/chain/transaction/TransactionStatus';
import { useTransaction } from '@/chain/transaction/use-transaction';
import { formatMg } from '@/shared/format/money';
import { BAR_WORDS } from '@/shared/reserve/bar-words';
import { Button } from '@/shared/ui/Button';
import { TextAreaField, TextField } from '@/shared/ui/Field';
import { BarName } from '@/shared/ui/Hallmark';
import { Note } from '@/shared/ui/Note';
import { Table } from '@/shared/ui/Table';
import { Tag } from '@/shared/ui/Tag';
import { FileHashField } from '../FileHashField';
import { bookTitle, planBooking } from './plan';
import type { ChainBar } from './use-bars';

const VAULT = /^[A-Z0-9]{2,4}$/;
const MOST_BARS = 60;
const EXAMPLE = '123456, XYZ, 401.125, 995.8, 399.440, 2023';

const keyOf = ({ refiner, serial, year }: Pick<WeightListBar, 'refiner' | 'serial' | 'year'>): string =>
  `${refiner}/${serial}/${year}`;

/** From a weight list to booked bars: read, shown as the reserve will have them, then booked in one transaction. */
export function BookBars({ known }: { known: readonly ChainBar[] }) {
  const reserve = useContract('GoldReserve');
  const flow = useTransaction();
  const [text, setText] = useState('');
  const [vault, setVault] = useState('');
  const [documentsHash, setDocumentsHash] = useState<Hex | null>(null);
  const { bars, problems } = useMemo(() => parseWeightList(text), [text]);
  const states = new Map(known.map((bar) => [keyOf(bar), bar.state]));
  const stateOf = (bar: WeightListBar) => states.get(keyOf(bar)) ?? null;
  const booked = bars.filter((bar) => ![null, 'Cancelled'].includes(stateOf(bar)));
  const vaultOk = VAULT.test(vault);
  const what = [
    ...(bars.length === 0 ? ['a weight list'] : []),
    ...(vaultOk ? [] : ['the vault']),
    ...(documentsHash ? [] : ['the documents']),
  ];
  const ready = what.length === 0 && problems.length === 0 && booked.length === 0 && bars.length <= MOST_BARS;

  if (flow.stage.name !== 'idle')
    return (
      <div className="max-w-[560px]">
        <TransactionStatus
          flow={flow}
          again="Book more bars"
          done={() => (
            <p className="display-serif text-[24px]">Booked. They wait for the auditor’s endorsement.</p>
          )}
        />
      </div>
    );
  const submit = () => {
    if (ready && documentsHash)
      flow.run({ ...planBooking(reserve, { bars, vault, documentsHash }), onDone: () => setText('') });
  };
  return (
    <form
      className="grid gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <WeightListField value={text} onChange={setText} />
      {problems.length > 0 && (
        <Note
          tone="down"
          live
          title={problems.length === 1 ? 'A line can’t be read.' : `${problems.length} lines can’t be read.`}
        >
          <ul className="mt-1 grid gap-1">
            {problems.map(({ line, problem, text: row }) => (
              <li key={line}>
                Line {line}, {problem}: <code className="font-mono text-[12.5px] break-all">{row}</code>
              </li>
            ))}
          </ul>
        </Note>
      )}
      {booked.length > 0 && (
        <Note tone="down" live title="Some are booked already.">
          One bar, one certificate. Take the marked ones out of the list.
        </Note>
      )}
      {bars.length > MOST_BARS && (
        <Note title="That is too many at once.">
          A block has room for about {MOST_BARS} bars in one transaction. Book the list in parts.
        </Note>
      )}
      {bars.length > 0 && <Preview bars={bars} stateOf={stateOf} />}
      <div className="grid gap-5 sm:grid-cols-[200px_minmax(0,1fr)]">
        <TextField
          label="Vault code"
          hint="Two to four capitals or digits, such as ZRH1"
          value={vault}
          maxLength={4}
          autoComplete="off"
          error={vault !== '' && !vaultOk ? 'Write two to four capitals or digits.' : undefined}
          onChange={(event) => setVault(event.target.value.toUpperCase())}
        />
        <FileHashField
          label="Documents"
          hint="The bundle of assay certificates and this list, as one file. Only its hash goes to the chain."
          onHash={setDocumentsHash}
        />
      </div>
      <div>
        <Button type="submit" kind="gold" disabled={!ready}>
          {what.length > 0 ? `Still missing: ${what.join(', ')}` : bookTitle(bars)}
        </Button>
      </div>
    </form>
  );
}

function WeightListField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const id = useId();
  return (
    <div>
      <TextAreaField
        label="Weight list"
        hint={
          <>
            LBMA’s columns: serial, brand, gross oz, assay, fine oz, year. For example{' '}
            <code className="font-mono">{EXAMPLE}</code>
          </>
        }
        value={value}
        rows={6}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      <label htmlFor={id} className="mt-3 mb-1 block text-[13.5px] font-semibold">
        Or choose its file
      </label>
      <input
        id={id}
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        onChange={async (event) => {
          const file = event.target.files?.[0];
          if (file) onChange(await file.text());
        }}
        className="block w-full text-[14px] text-ink-2 file:mr-3 file:min-h-11 file:cursor-pointer file:rounded-lg file:border file:border-edge file:bg-transparent file:px-4 file:font-semibold file:text-ink hover:file:bg-sunk"
      />
    </div>
  );
}

interface PreviewProps {
  bars: readonly WeightListBar[];
  stateOf: (bar: WeightListBar) => ChainBar['state'];
}

function Preview({ bars, stateOf }: PreviewProps) {
  return (
    <Table
      caption="Bars of the list, as they will be booked"
      rows={bars}
      keyOf={keyOf}
      columns={[
        {
          key: 'bar',
          head: 'Bar',
          phone: 'a',
          cell: (bar) => <BarName refiner={bar.refiner} serial={bar.serial} year={bar.year} />,
        },
        {
          key: 'gross',
          head: 'Gross weight',
          right: true,
          phone: 'none',
          cell: ({ grossWeightMg }) => formatMg(grossWeightMg),
        },
        {
          key: 'fineness',
          head: 'Fineness',
          right: true,
          phone: 'c',
          cell: ({ fineness }) => formatFineness(fineness),
        },
        {
          key: 'fine',
          head: 'Fine weight',
          right: true,
          phone: 'b',
          cell: ({ fineWeightMg }) => <b>{formatMg(fineWeightMg)}</b>,
        },
        {
          key: 'known',
          head: 'On the chain',
          right: true,
          phone: 'd',
          cell: (bar) => {
            const state = stateOf(bar);
            return state === null ? (
              <span className="text-ink-2">new</span>
            ) : (
              <Tag tone={state === 'Cancelled' ? 'plain' : 'down'}>{BAR_WORDS[state]}</Tag>
            );
          },
        },
      ]}
    />
  );
}
