'use client';

import type { Ceremony } from '@e-aurum/sdk/rest';
import { Hash } from '@/shared/ui/Hash';
import { useNames } from './use-names';

type Call = Ceremony['calls'][number];

/** What a ceremony calls, one after another and one inside another: in words first, decoded for who wants it. */
export function DecodedCalls({ calls }: { calls: readonly Call[] }) {
  return (
    <ol className="grid grid-cols-[minmax(0,1fr)] gap-2">
      {calls.map((call, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a batch may hold the same call twice, and keeps its order
        <li key={at}>
          <p className="text-[14.5px] break-words">{call.words}</p>
          <details className="text-[13.5px]">
            <summary className="text-ink-2 hover:text-ink">
              <code className="font-mono text-[12.5px]">
                {call.contract}.{call.function}
              </code>
            </summary>
            <Arguments call={call} />
          </details>
        </li>
      ))}
    </ol>
  );
}

function Arguments({ call }: { call: Call }) {
  const nameOf = useNames();
  const rows = [
    { name: 'to', type: 'address', value: call.address },
    { name: 'selector', type: 'bytes4', value: call.selector },
    ...call.arguments,
  ];
  return (
    <dl className="mt-1.5 mb-2 rounded-lg border border-line bg-sunk px-3 py-2">
      {rows.map(({ name, type, value }) => (
        <div key={name} className="grid gap-x-4 py-1 sm:grid-cols-[200px_minmax(0,1fr)]">
          <dt className="font-mono text-[12.5px] text-ink-2">
            {name} <span className="text-[11.5px]">{type.length > 30 ? 'tuple' : type}</span>
          </dt>
          <dd className="min-w-0 break-all">
            {type === 'address' && nameOf(value) && (
              <span className="mr-2 font-semibold">{nameOf(value)}</span>
            )}
            {/^0x[0-9a-fA-F]{40,}$/.test(value) ? (
              <Hash value={value} label={name} whole={value.length <= 66} />
            ) : (
              <code className="font-mono text-[12.5px]">{value === '' ? 'empty' : value}</code>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
