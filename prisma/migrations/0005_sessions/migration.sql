-- Sessions of people for whom an OIDC issuer vouches, beside those of local users. Each session has an id by which its
-- owner can end it.

ALTER TABLE user_session
  ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(),
  -- Of a person who is no local user: who the issuer said they are, when they signed in.
  ADD COLUMN external_name varchar(512),
  ADD COLUMN external_groups text[] NOT NULL DEFAULT '{}',
  ALTER COLUMN user_id DROP NOT NULL,
  ADD CONSTRAINT user_session_owner CHECK ((user_id IS NULL) <> (external_name IS NULL));
CREATE UNIQUE INDEX user_session_id_key ON user_session (id);
CREATE INDEX user_session_external_name_idx ON user_session (external_name);
