-- What every feature stands on. Accounts are EIP-55 addresses as text; times are UTC.

CREATE TABLE sign_in_nonce (
  nonce      text PRIMARY KEY,
  expires_at timestamptz NOT NULL
);

-- The token itself is known to the browser alone.
CREATE TABLE session (
  token_hash bytea PRIMARY KEY,
  account    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX session_expires_at ON session (expires_at);

-- Written in the transaction of the request it belongs to, so that the effect and the remembered answer are one.
CREATE TABLE idempotency_key (
  scope        text NOT NULL,
  key          text NOT NULL,
  request_hash bytea NOT NULL,
  status       integer,
  -- json, not jsonb: the same answer to the byte
  body         json,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at);

-- The wish to do something, written with the change that caused it. `subject` is an id, never personal data.
CREATE TABLE outbox (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind         text NOT NULL,
  subject      text NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz,
  done_at      timestamptz,
  attempts     integer NOT NULL DEFAULT 0,
  last_error   text
);
CREATE INDEX outbox_open ON outbox (id) WHERE done_at IS NULL;

-- One key a person, wrapped by the master key. Destroyed: wrapped_key is null and what it encrypted is lost for good.
CREATE TABLE person_key (
  account      text PRIMARY KEY,
  wrapped_key  bytea,
  created_at   timestamptz NOT NULL DEFAULT now(),
  destroyed_at timestamptz,
  CHECK ((wrapped_key IS NULL) = (destroyed_at IS NOT NULL))
);

-- The shape rate-limiter-flexible expects.
CREATE TABLE rate_limit (
  key    varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);
