-- A tracking number can be guessed from its bare hash: what goes on the chain is hashed with this. Null for what came
-- with the seed.
ALTER TABLE redemption_shipment ADD COLUMN salt text;
