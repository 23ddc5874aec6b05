-- People who sign in to the console or push by Git with a password or a personal token.

CREATE TABLE local_user (
  id uuid PRIMARY KEY,
  name varchar(253) NOT NULL,
  -- Argon2id in PHC format.
  password_hash text NOT NULL,
  -- The first password was made by Gantry and has not been changed.
  password_is_initial boolean NOT NULL DEFAULT false,
  groups text[] NOT NULL DEFAULT '{}',
  disabled boolean NOT NULL DEFAULT false,
  failed_logins integer NOT NULL DEFAULT 0,
  locked_until timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  password_changed_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX local_user_name_key ON local_user (name);

CREATE TABLE user_session (
  -- SHA-256 of the cookie's value, hexadecimal.
  token_hash char(64) PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES local_user (id) ON DELETE CASCADE ON UPDATE CASCADE,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_seen_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  user_agent varchar(256)
);
CREATE INDEX user_session_user_id_idx ON user_session (user_id);
CREATE INDEX user_session_expires_at_idx ON user_session (expires_at);

CREATE TABLE personal_token (
  id uuid PRIMARY KEY,
  -- SHA-256 of the token, hexadecimal.
  token_hash char(64) NOT NULL,
  user_id uuid NOT NULL REFERENCES local_user (id) ON DELETE CASCADE ON UPDATE CASCADE,
  name varchar(63) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at timestamptz(3),
  expires_at timestamptz(3)
);
CREATE UNIQUE INDEX personal_token_token_hash_key ON personal_token (token_hash);
CREATE UNIQUE INDEX personal_token_user_id_name_key ON personal_token (user_id, name);
