-- Every event of our contracts in finalized blocks, once; all projections are made from here and can be made again.

CREATE TABLE chain_event (
  block_number     bigint NOT NULL,
  log_index        integer NOT NULL,
  block_hash       text NOT NULL,
  at               timestamptz NOT NULL,
  transaction_hash text NOT NULL,
  contract         text NOT NULL,
  event            text NOT NULL,
  -- by name; every integer is a decimal string
  args             jsonb NOT NULL,
  PRIMARY KEY (block_number, log_index)
);
CREATE INDEX chain_event_contract ON chain_event (contract, event, block_number);

-- Where reading stands, with the hash that proves it is still the same chain. The newest row is the checkpoint, the
-- others are the places that a rewind can go back to.
CREATE TABLE indexer_checkpoint (
  block_number bigint PRIMARY KEY,
  block_hash   text NOT NULL,
  updated_at   timestamptz NOT NULL DEFAULT now()
);

-- Which projections stand, in which version: a new one, or a new version, is made from chain_event at the start.
CREATE TABLE indexer_projection (
  name    text PRIMARY KEY,
  version integer NOT NULL
);

-- What was taken back, and why: the chain was not the one that had been read.
CREATE TABLE indexer_rewind (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz NOT NULL DEFAULT now(),
  from_block  bigint NOT NULL,
  to_block    bigint NOT NULL,
  lost_events jsonb NOT NULL,
  reopened    jsonb NOT NULL
);

-- Histories of one bar, one redemption, one operation.
CREATE INDEX chain_event_bar ON chain_event ((args ->> 'barId')) WHERE contract = 'GoldReserve';
CREATE INDEX chain_event_redemption ON chain_event ((args ->> 'id')) WHERE contract = 'RedemptionDesk';
CREATE INDEX chain_event_operation ON chain_event ((args ->> 'operationId')) WHERE contract = 'AccessManager';
