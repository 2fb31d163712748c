-- Projections of PriceOracle, GoldDesk and StakedGold. Rows are never changed after they were written.

CREATE TABLE price_observation (
  sequence         bigint PRIMARY KEY,
  at               timestamptz NOT NULL,
  usd_per_gram     numeric(78) NOT NULL,
  low_usd_per_gram numeric(78) NOT NULL,
  high_usd_per_gram numeric(78) NOT NULL,
  -- as in the contract: PriceOracle.Source and PriceOracle.Mode
  source           smallint NOT NULL,
  mode             smallint NOT NULL,
  block_number     bigint NOT NULL,
  transaction_hash text NOT NULL
);
CREATE INDEX price_observation_at ON price_observation (at DESC);

CREATE TABLE trade (
  block_number     bigint NOT NULL,
  log_index        integer NOT NULL,
  transaction_hash text NOT NULL,
  at               timestamptz NOT NULL,
  side             text NOT NULL CHECK (side IN ('buy', 'sell', 'settle')),
  account          text NOT NULL,
  coin             text,
  coin_amount      numeric(78) NOT NULL,
  grams            numeric(78) NOT NULL,
  fee_grams        numeric(78) NOT NULL,
  -- settled orders carry their dollars; those of a coin are its amount at usd_per_coin
  usd              numeric(78),
  usd_per_coin     numeric(78),
  usd_per_gram     numeric(78) NOT NULL,
  observation      bigint NOT NULL,
  mode             smallint NOT NULL,
  PRIMARY KEY (block_number, log_index)
);
CREATE INDEX trade_account ON trade (account, block_number DESC, log_index DESC);

CREATE TABLE staking_fee (
  block_number bigint NOT NULL,
  log_index    integer NOT NULL,
  at           timestamptz NOT NULL,
  payer        text NOT NULL,
  amount       numeric(78) NOT NULL,
  PRIMARY KEY (block_number, log_index)
);
CREATE INDEX staking_fee_at ON staking_fee (at);
