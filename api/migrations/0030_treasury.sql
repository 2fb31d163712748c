-- Proposals to the treasury Safe. What became of one on the chain is read from operation_event, never written here.
CREATE TABLE proposal (
  id                 uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind               text NOT NULL CHECK (kind IN ('upgrade', 'call')),
  title              text NOT NULL,
  reason             text NOT NULL,
  proposer           text NOT NULL,
  -- the delayed call, made through the AccessManager
  target             text NOT NULL,
  call_data          text NOT NULL,
  operation_id       text NOT NULL,
  -- upgrades: what runs now and what shall
  old_implementation text,
  new_implementation text,
  -- upgrades: whose balances and roles are compared, so that all signers sign the same batch
  checked_accounts   text[] NOT NULL DEFAULT '{}',
  -- operations of this id before this block belong to earlier proposals
  created_block      bigint NOT NULL,
  created_at         timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX proposal_created_at ON proposal (created_at DESC);

-- A signature counts while the Safe's nonce is the one it was given for.
CREATE TABLE proposal_signature (
  proposal_id  uuid NOT NULL REFERENCES proposal,
  ceremony     text NOT NULL CHECK (ceremony IN ('schedule', 'execute')),
  safe_nonce   bigint NOT NULL,
  safe_tx_hash text NOT NULL,
  signer       text NOT NULL,
  signature    text NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (proposal_id, ceremony, safe_nonce, signer)
);

-- Projection of the AccessManager: every delayed operation's events.
CREATE TABLE operation_event (
  operation_id     text NOT NULL,
  event            text NOT NULL CHECK (event IN ('OperationScheduled', 'OperationExecuted', 'OperationCanceled')),
  ready_at         timestamptz,
  at               timestamptz NOT NULL,
  block_number     bigint NOT NULL,
  log_index        integer NOT NULL,
  transaction_hash text NOT NULL,
  PRIMARY KEY (block_number, log_index)
);
CREATE INDEX operation_event_operation ON operation_event (operation_id, block_number);
