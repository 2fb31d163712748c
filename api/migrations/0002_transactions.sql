-- What the services send. received -> signed -> broadcast -> mined -> finalized | failed | replaced

CREATE TABLE signer_nonce (
  chain_id   bigint NOT NULL,
  signer     text NOT NULL,
  next_nonce bigint NOT NULL,
  PRIMARY KEY (chain_id, signer)
);

CREATE TABLE sent_transaction (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  chain_id     bigint NOT NULL,
  signer       text NOT NULL,
  -- what for, and for which row: the feature that asked reads its own transactions by these
  purpose      text NOT NULL,
  subject      text NOT NULL,
  -- the same wish asked for twice is one transaction
  dedupe_key   text NOT NULL UNIQUE,
  to_address   text NOT NULL,
  data         text NOT NULL,
  state        text NOT NULL DEFAULT 'received'
               CHECK (state IN ('received', 'signed', 'broadcast', 'mined', 'finalized', 'failed', 'replaced')),
  nonce        bigint,
  gas_limit    numeric(78),
  -- of the attempt that was mined, else of the newest
  hash         text,
  block_number bigint,
  error        text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  UNIQUE (chain_id, signer, nonce),
  CHECK ((nonce IS NULL) = (hash IS NULL)),
  CHECK (state NOT IN ('signed', 'broadcast', 'mined', 'finalized') OR nonce IS NOT NULL)
);
CREATE INDEX sent_transaction_open ON sent_transaction (signer, created_at)
  WHERE state IN ('received', 'signed', 'broadcast', 'mined');
CREATE INDEX sent_transaction_subject ON sent_transaction (purpose, subject, created_at);

-- Each set of signed bytes, stored before it is broadcast: a crash can only send the same bytes again.
CREATE TABLE sent_transaction_attempt (
  hash             text PRIMARY KEY,
  transaction_id   uuid NOT NULL REFERENCES sent_transaction,
  raw              text NOT NULL,
  max_fee_wei      numeric(78) NOT NULL,
  priority_fee_wei numeric(78) NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT now(),
  broadcast_at     timestamptz
);
CREATE INDEX sent_transaction_attempt_transaction ON sent_transaction_attempt (transaction_id, created_at);
