'use client';

import type { Proposal } from '@e-aurum/sdk/rest';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Link } from '@/shared/ui/Link';
import { Table } from '@/shared/ui/Table';
import { Tag } from '@/shared/ui/Tag';
import { openCeremony, STATE_TONES, STATE_WORDS } from './words';

/** "1 of 2 to schedule" */
export function signatureWords(proposal: Proposal): string {
  const name = openCeremony(proposal.state);
  if (!name) return '–';
  const { signatures, threshold } = proposal[name];
  return `${signatures.length} of ${threshold} to ${name}`;
}

export function ProposalList({ proposals }: { proposals: readonly Proposal[] }) {
  return (
    <Table
      caption="Proposals, newest first"
      rows={proposals}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'title',
          head: 'Proposal',
          phone: 'a',
          cell: ({ id, title }) => (
            <Link
              href={`/treasury/${id}`}
              className="font-semibold underline decoration-edge underline-offset-4 hover:decoration-gold"
            >
              {title}
            </Link>
          ),
        },
        {
          key: 'what',
          head: 'What',
          phone: 'c',
          cell: ({ kind, target }) => `${kind === 'upgrade' ? 'Upgrade of' : 'Call of'} ${target.contract}`,
        },
        { key: 'signatures', head: 'Signatures', right: true, phone: 'd', cell: signatureWords },
        {
          key: 'created',
          head: 'Proposed',
          right: true,
          phone: 'none',
          cell: ({ createdAt }) => <TimeAgo at={createdAt} />,
        },
        {
          key: 'state',
          head: 'State',
          right: true,
          phone: 'b',
          cell: ({ state }) => <Tag tone={STATE_TONES[state]}>{STATE_WORDS[state]}</Tag>,
        },
      ]}
    />
  );
}
