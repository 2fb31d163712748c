-- A case is what was asked and decided; whether it stands is what the registry on the chain says (investor_status).

CREATE TABLE kyc_case (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  account      text NOT NULL,
  -- sealed with the person's key; null when the case came without one
  application  bytea,
  submitted_at timestamptz NOT NULL DEFAULT now(),
  decision     text CHECK (decision IN ('approve', 'reject', 'revoke')),
  tier         smallint,
  -- what the registry is told: whole seconds, so that the chain's answer can be compared
  expires_at   timestamptz,
  reason       text,
  decided_by   text,
  decided_at   timestamptz,
  CHECK ((decision IS NULL) = (decided_at IS NULL)),
  CHECK (decision IS DISTINCT FROM 'approve' OR (tier IS NOT NULL AND expires_at IS NOT NULL))
);
CREATE INDEX kyc_case_account ON kyc_case (account, submitted_at DESC);

-- Projection of InvestorRegistry: the status of each account as of the last event.
CREATE TABLE investor_status (
  account      text PRIMARY KEY,
  tier         smallint NOT NULL,
  expires_at   timestamptz NOT NULL,
  revoked      boolean NOT NULL,
  at           timestamptz NOT NULL,
  block_number bigint NOT NULL
);

-- The state that everybody sees: a decision counts once the chain says the same, or something newer.
CREATE VIEW kyc_case_view AS
SELECT c.*,
       CASE
         WHEN c.decision IS NULL THEN 'submitted'
         WHEN c.decision = 'reject' THEN 'rejected'
         WHEN NOT coalesce((s.tier = c.tier AND s.expires_at = c.expires_at) OR s.at > c.decided_at, false)
              AND c.decision = 'approve' THEN 'approving'
         WHEN s.revoked THEN 'revoked'
         ELSE 'approved'
       END AS state
  FROM kyc_case c
  LEFT JOIN investor_status s ON s.account = c.account;
