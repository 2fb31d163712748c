'use client';

import type { KycDecision, KycReview } from '@e-aurum/sdk/rest';
import { useState } from 'react';
import { fieldErrors } from '@/shared/api/field-errors';
import { useApiPost } from '@/shared/api/use-api';
import { Button } from '@/shared/ui/Button';
import { SelectField, TextAreaField } from '@/shared/ui/Field';
import { ProblemNote } from '../ProblemNote';
import { KYC_PATH } from './words';

const TIERS = [1, 2, 3] as const;
const PERIODS = [
  { days: 90, title: '90 days' },
  { days: 365, title: '1 year' },
  { days: 730, title: '2 years' },
  { days: 1095, title: '3 years' },
] as const;

/** What can be decided about a case in its state. */
export function Decision({ review }: { review: KycReview }) {
  const post = useApiPost<KycReview>(['/v1/operations']);
  const decide = (body: KycDecision) => post.mutate({ path: `${KYC_PATH}/${review.id}/decision`, body });
  const stuck = review.state === 'approving' && review.transaction?.state === 'failed';
  const common = { busy: post.isPending, errors: fieldErrors(post.error), onDecide: decide };
  return (
    <div className="grid gap-6">
      {(review.state === 'submitted' || stuck) && (
        <>
          <Approve {...common} />
          <WithReason
            {...common}
            decision="reject"
            label="Reason for rejecting"
            hint="The applicant reads it: say why, and what they can do"
            button="Reject the application"
          />
        </>
      )}
      {review.state === 'approved' && (
        <WithReason
          {...common}
          decision="revoke"
          label="Reason for revoking"
          hint="The investor reads it. They keep what they own, and can always get out."
          button="Revoke the verification"
        />
      )}
      <ProblemNote error={post.error} />
      {!['submitted', 'approving'].includes(review.state) && review.application && (
        <DestroyData id={review.id} />
      )}
    </div>
  );
}

interface FormProps {
  busy: boolean;
  errors: Record<string, string>;
  onDecide: (decision: KycDecision) => void;
}

function Approve({ busy, onDecide }: FormProps) {
  const [tier, setTier] = useState(1);
  const [validDays, setValidDays] = useState(365);
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onDecide({ decision: 'approve', tier, validDays });
      }}
    >
      <div className="grid grid-cols-2 gap-4">
        <SelectField label="Tier" value={tier} onChange={(event) => setTier(Number(event.target.value))}>
          {TIERS.map((value) => (
            <option key={value} value={value}>
              Tier {value}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Good for"
          value={validDays}
          onChange={(event) => setValidDays(Number(event.target.value))}
        >
          {PERIODS.map(({ days, title }) => (
            <option key={days} value={days}>
              {title}
            </option>
          ))}
        </SelectField>
      </div>
      <Button type="submit" kind="gold" wide disabled={busy}>
        {busy ? 'One moment …' : 'Approve the application'}
      </Button>
      <p className="-mt-2 text-[13px] text-ink-2">
        The service tells the registry on the chain; the account may deal once that is in a block.
      </p>
    </form>
  );
}

interface WithReasonProps extends FormProps {
  decision: 'reject' | 'revoke';
  label: string;
  hint: string;
  button: string;
}

function WithReason({ busy, errors, onDecide, decision, label, hint, button }: WithReasonProps) {
  const [reason, setReason] = useState('');
  return (
    <form
      className="grid gap-3 border-t border-line pt-5"
      onSubmit={(event) => {
        event.preventDefault();
        onDecide({ decision, reason });
      }}
    >
      <TextAreaField
        label={label}
        hint={hint}
        value={reason}
        required
        minLength={5}
        maxLength={500}
        error={errors.reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button type="submit" kind="danger" wide disabled={busy}>
        {button}
      </Button>
    </form>
  );
}

/** Twice, since it can't be undone. */
function DestroyData({ id }: { id: string }) {
  const [asking, setAsking] = useState(false);
  const post = useApiPost<{ destroyed: boolean }>(['/v1/operations']);
  const destroy = () => post.mutate({ path: `${KYC_PATH}/${id}/destroy-data`, body: {} });
  return (
    <div className="border-t border-line pt-5">
      {asking ? (
        <div className="grid gap-2">
          <Button kind="danger" wide disabled={post.isPending} onClick={destroy}>
            Destroy the key for good
          </Button>
          <Button kind="quiet" wide onClick={() => setAsking(false)}>
            Keep it
          </Button>
        </div>
      ) : (
        <Button wide onClick={() => setAsking(true)}>
          Destroy this person’s data
        </Button>
      )}
      <p className="mt-2 text-[13px] text-ink-2">
        Everything personal that we hold of them becomes unreadable, delivery addresses too. It can’t be
        undone.
      </p>
      <ProblemNote error={post.error} />
    </div>
  );
}
