-- Projection of GoldReserve: each bar as of its last event. Bar ids are hashes, so they are numeric.

CREATE TABLE bar (
  bar_id          numeric(78) PRIMARY KEY,
  refiner         text NOT NULL,
  serial          text NOT NULL,
  year            integer NOT NULL,
  gross_weight_mg numeric(78) NOT NULL,
  fineness        integer NOT NULL,
  fine_weight_mg  numeric(78) NOT NULL,
  vault           text NOT NULL,
  documents_hash  text NOT NULL,
  state           text NOT NULL CHECK (state IN
                  ('Pending', 'Active', 'Suspended', 'Committed', 'Delivered', 'Cancelled', 'Lost')),
  -- who has the certificate once it has left the reserve
  holder          text,
  redemption_id   numeric(78),
  booked_at       timestamptz NOT NULL,
  endorsed_at     timestamptz,
  -- order of booking
  booked_block    bigint NOT NULL,
  booked_log      integer NOT NULL,
  -- a re-assay that waits for the auditor
  reassay_gross_weight_mg numeric(78),
  reassay_fineness        integer,
  reassay_documents_hash  text
);
CREATE INDEX bar_state ON bar (state);
CREATE INDEX bar_holder ON bar (holder) WHERE holder IS NOT NULL;
CREATE INDEX bar_redemption ON bar (redemption_id) WHERE redemption_id IS NOT NULL;
