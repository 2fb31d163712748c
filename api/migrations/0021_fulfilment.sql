-- What operators decided about a redemption. The worker turns each step into one transaction of the fulfilment signer.
CREATE TABLE redemption_step (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  redemption_id numeric(78) NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('accept', 'ship', 'prove', 'complete')),
  -- accept: the bars; ship and prove: the hash that goes on the chain
  bar_ids       numeric(78)[] NOT NULL DEFAULT '{}',
  hash          text,
  requested_by  text NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX redemption_step_redemption ON redemption_step (redemption_id, created_at DESC);

-- Who signed for a delivery and when: sealed with the holder's key. The chain has the document's hash alone.
CREATE TABLE redemption_proof (
  redemption_id numeric(78) NOT NULL,
  proof_hash    text NOT NULL,
  sealed        bytea NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (redemption_id, proof_hash)
);
