-- Projection of RedemptionDesk: each redemption as of its last event.
CREATE TABLE redemption (
  id            numeric(78) PRIMARY KEY,
  holder        text NOT NULL,
  state         text NOT NULL CHECK (state IN
                ('Requested', 'Accepted', 'Shipped', 'Disputed', 'Completed', 'Cancelled', 'Reclaimed')),
  product_id    integer NOT NULL,
  count         integer NOT NULL,
  -- wei of EAU held now, fee included
  escrow        numeric(78) NOT NULL,
  fee           numeric(78) NOT NULL,
  delivery_ref  text NOT NULL,
  requested_at  timestamptz NOT NULL,
  ship_by       timestamptz NOT NULL,
  deliver_by    timestamptz NOT NULL,
  tracking_hash text,
  proof_hash    text,
  proven_at     timestamptz,
  attested_at   timestamptz
);
CREATE INDEX redemption_holder ON redemption (holder, id DESC);
CREATE INDEX redemption_state ON redemption (state);

-- Bars that were set aside for a redemption, and stay named with it when it ended otherwise.
CREATE TABLE redemption_bar (
  redemption_id numeric(78) NOT NULL,
  bar_id        numeric(78) NOT NULL,
  PRIMARY KEY (redemption_id, bar_id)
);

-- Where a bar goes: sealed with the holder's key. The reference is random, and all that the chain ever sees.
CREATE TABLE delivery_details (
  delivery_ref text PRIMARY KEY,
  account      text NOT NULL,
  sealed       bytea NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now()
);

-- What the hash on the chain stands for: shown once the chain has that hash.
CREATE TABLE redemption_shipment (
  redemption_id   numeric(78) NOT NULL,
  tracking_hash   text NOT NULL,
  carrier         text NOT NULL,
  tracking_number text NOT NULL,
  -- the operator; null for what came with the seed
  shipped_by      text,
  created_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (redemption_id, tracking_hash)
);
