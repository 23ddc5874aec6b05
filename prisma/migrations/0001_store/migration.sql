-- State of the cluster: objects, their ordered change log, claims, and the one function that writes them.
-- Contract: packages/store/src/port.ts. Bodies are text, kept byte for byte and never looked into.

CREATE TABLE revision_counter (
  id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  value bigint NOT NULL DEFAULT 1,
  -- All changes of the class above its floor are in the log.
  objects_floor bigint NOT NULL DEFAULT 0,
  busy_floor bigint NOT NULL DEFAULT 0,
  -- Which Postgres and timeline gave the numbers; another one may have lost the last of them.
  lineage text
);
INSERT INTO revision_counter DEFAULT VALUES;

-- No index on what updates change, and room in each page: updates stay within their page (HOT).
CREATE TABLE object (
  resource text COLLATE "C" NOT NULL,
  namespace text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  uid text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  terminating boolean NOT NULL DEFAULT false,
  body text COLLATE "C" NOT NULL,
  PRIMARY KEY (resource, namespace, name)
) WITH (
  fillfactor = 70,
  toast_tuple_target = 8160,
  autovacuum_vacuum_scale_factor = 0.05,
  autovacuum_vacuum_threshold = 500
);
CREATE INDEX object_namespace_idx ON object (namespace);
ALTER TABLE object ALTER COLUMN body SET STORAGE EXTERNAL;

-- class 0: objects, kept for days. class 1: busy kinds (Leases, Events, Nodes), kept for about an hour.
-- op 1: create, 2: update, 3: delete.
CREATE TABLE change (
  class smallint NOT NULL,
  revision bigint NOT NULL,
  op smallint NOT NULL,
  resource text COLLATE "C" NOT NULL,
  namespace text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  uid text COLLATE "C" NOT NULL,
  -- Absent for a delete whose last state is previous_body.
  body text COLLATE "C",
  previous_body text COLLATE "C",
  previous_revision bigint,
  -- The first revision of the transaction: changes that share it are published together.
  transaction bigint NOT NULL,
  time timestamptz(3) NOT NULL,
  author text COLLATE "C",
  origin text COLLATE "C",
  PRIMARY KEY (class, revision)
) PARTITION BY LIST (class);
ALTER TABLE change ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN previous_body SET STORAGE EXTERNAL;
CREATE TABLE change_objects PARTITION OF change FOR VALUES IN (0) WITH (toast_tuple_target = 8160);
CREATE TABLE change_busy PARTITION OF change FOR VALUES IN (1)
  WITH (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.1);
CREATE INDEX change_revision_idx ON change (revision);
CREATE INDEX change_key_idx ON change (resource, namespace, name, revision);

CREATE TABLE claim (
  pool text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  resource text COLLATE "C" NOT NULL,
  namespace text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  PRIMARY KEY (pool, value)
);
CREATE INDEX claim_holder_idx ON claim (resource, namespace, name);

-- The last batch of each writer and its outcome: what a writer asks for after it lost its connection.
CREATE TABLE store_writer (
  id uuid PRIMARY KEY,
  batch bigint NOT NULL,
  outcome text,
  seen timestamptz(3) NOT NULL DEFAULT now()
) WITH (fillfactor = 20);

-- Writes a batch. Items of one call apply in order; p_atomic: all or none of them.
-- p_op: 1 create, 2 update, 3 delete, 4 check (guards only). Guards and claims come flat, sorted by the number of
-- their item (from 1). Guard types: 1 exists, 2 revision, 3 absent, 4 empty namespace.
-- Returns JSON: {"previous": counter before, "revisions": [one an item; 0 = failed], "failures": [{"item": from 0, ...}]}.
-- Raises GT001 when this or a later batch of the writer is already settled.
CREATE FUNCTION gantry_write(
  p_writer uuid, p_batch bigint, p_atomic boolean,
  p_op smallint[], p_class smallint[], p_resource text[], p_namespace text[], p_name text[], p_uid text[],
  p_expected bigint[], p_body text[], p_terminating boolean[], p_author text[], p_origin text[],
  p_claims_given boolean[], p_claim_item int[], p_claim_pool text[], p_claim_value text[],
  p_guard_item int[], p_guard_type smallint[], p_guard_resource text[], p_guard_namespace text[],
  p_guard_name text[], p_guard_uid text[], p_guard_revision bigint[], p_guard_live boolean[], p_guard_except text[]
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  items int := cardinality(p_op);
  guards int := cardinality(p_guard_item);
  claims int := cardinality(p_claim_item);
  writes int;
  previous bigint;
  next_revision bigint;
  first_revision bigint;
  at timestamptz;
  revisions bigint[] := array_fill(0::bigint, ARRAY[items]);
  failures jsonb := '[]';
  failure jsonb;
  outcome text;
  g int := 1;
  c int := 1;
  first_guard int;
  first_claim int;
  holds boolean;
  written boolean;
  found_revision bigint;
  holder record;
BEGIN
  SELECT count(*) INTO writes FROM unnest(p_op) AS op WHERE op <> 4;
  -- The row lock orders all writers until they commit. It is a statement of its own: the next ones see what the
  -- previous holder committed.
  IF writes > 0 THEN
    UPDATE revision_counter SET value = value + writes RETURNING value - writes INTO previous;
  ELSE
    PERFORM set_config('synchronous_commit', 'off', true);
    SELECT value INTO previous FROM revision_counter FOR UPDATE;
  END IF;
  next_revision := previous;
  first_revision := previous + 1;
  at := clock_timestamp();
  BEGIN
    FOR i IN 1..items LOOP
      failure := NULL;
      first_guard := g;
      WHILE g <= guards AND p_guard_item[g] = i LOOP
        IF failure IS NULL THEN
          IF p_guard_type[g] = 1 THEN
            PERFORM 1 FROM object WHERE resource = p_guard_resource[g] AND namespace = p_guard_namespace[g]
              AND name = p_guard_name[g] AND (p_guard_uid[g] IS NULL OR uid = p_guard_uid[g])
              AND NOT (p_guard_live[g] AND terminating);
            holds := FOUND;
          ELSIF p_guard_type[g] = 2 THEN
            PERFORM 1 FROM object WHERE resource = p_guard_resource[g] AND namespace = p_guard_namespace[g]
              AND name = p_guard_name[g] AND revision = p_guard_revision[g];
            holds := FOUND;
          ELSIF p_guard_type[g] = 3 THEN
            PERFORM 1 FROM object WHERE resource = p_guard_resource[g] AND namespace = p_guard_namespace[g]
              AND name = p_guard_name[g];
            holds := NOT FOUND;
          ELSE
            PERFORM 1 FROM object WHERE namespace = p_guard_namespace[g]
              AND resource <> ALL (ARRAY(SELECT jsonb_array_elements_text(p_guard_except[g]::jsonb))) LIMIT 1;
            holds := NOT FOUND;
          END IF;
          IF NOT holds THEN
            failure := jsonb_build_object('item', i - 1, 'reason', 'guard', 'guard', g - first_guard);
          END IF;
        END IF;
        g := g + 1;
      END LOOP;

      first_claim := c;
      WHILE c <= claims AND p_claim_item[c] = i LOOP
        IF failure IS NULL THEN
          SELECT resource, namespace, name INTO holder FROM claim
            WHERE pool = p_claim_pool[c] AND value = p_claim_value[c];
          IF FOUND AND (holder.resource, holder.namespace, holder.name)
              IS DISTINCT FROM (p_resource[i], p_namespace[i], p_name[i]) THEN
            failure := jsonb_build_object('item', i - 1, 'reason', 'claimed', 'claim', c - first_claim,
              'resource', holder.resource, 'namespace', holder.namespace, 'name', holder.name);
          END IF;
        END IF;
        c := c + 1;
      END LOOP;

      IF p_op[i] = 4 THEN
        IF failure IS NULL THEN
          SELECT revision INTO found_revision FROM object
            WHERE resource = p_resource[i] AND namespace = p_namespace[i] AND name = p_name[i];
          revisions[i] := coalesce(found_revision, previous);
        END IF;
      ELSE
        next_revision := next_revision + 1;
        IF NOT p_atomic THEN
          first_revision := next_revision;
        END IF;
        written := false;
        IF failure IS NOT NULL THEN
          NULL;
        ELSIF p_op[i] = 1 THEN
          WITH created AS (
            INSERT INTO object (resource, namespace, name, uid, revision, terminating, body)
            VALUES (p_resource[i], p_namespace[i], p_name[i], p_uid[i], next_revision,
              coalesce(p_terminating[i], false), p_body[i])
            ON CONFLICT DO NOTHING RETURNING 1
          )
          INSERT INTO change (class, revision, op, resource, namespace, name, uid, body, transaction, time, author, origin)
          SELECT p_class[i], next_revision, 1, p_resource[i], p_namespace[i], p_name[i], p_uid[i], p_body[i],
            first_revision, at, p_author[i], p_origin[i] FROM created;
          written := FOUND;
        ELSIF p_op[i] = 2 THEN
          WITH old AS (
            SELECT uid, body FROM object WHERE resource = p_resource[i] AND namespace = p_namespace[i]
              AND name = p_name[i] AND revision = p_expected[i]
          ), updated AS (
            UPDATE object SET body = p_body[i], revision = next_revision,
              terminating = coalesce(p_terminating[i], object.terminating)
            WHERE resource = p_resource[i] AND namespace = p_namespace[i] AND name = p_name[i]
              AND revision = p_expected[i] RETURNING 1
          )
          INSERT INTO change (class, revision, op, resource, namespace, name, uid, body, previous_body,
            previous_revision, transaction, time, author, origin)
          SELECT p_class[i], next_revision, 2, p_resource[i], p_namespace[i], p_name[i], old.uid, p_body[i], old.body,
            p_expected[i], first_revision, at, p_author[i], p_origin[i] FROM updated, old;
          written := FOUND;
        ELSE
          WITH deleted AS (
            DELETE FROM object WHERE resource = p_resource[i] AND namespace = p_namespace[i] AND name = p_name[i]
              AND revision = p_expected[i] RETURNING uid, body
          )
          INSERT INTO change (class, revision, op, resource, namespace, name, uid, body, previous_body,
            previous_revision, transaction, time, author, origin)
          SELECT p_class[i], next_revision, 3, p_resource[i], p_namespace[i], p_name[i], deleted.uid, p_body[i],
            deleted.body, p_expected[i], first_revision, at, p_author[i], p_origin[i] FROM deleted;
          written := FOUND;
        END IF;

        IF written THEN
          revisions[i] := next_revision;
          IF p_op[i] = 3 OR (p_op[i] = 2 AND p_claims_given[i]) THEN
            DELETE FROM claim WHERE resource = p_resource[i] AND namespace = p_namespace[i] AND name = p_name[i]
              AND NOT EXISTS (
                SELECT 1 FROM unnest(p_claim_pool[first_claim:c - 1], p_claim_value[first_claim:c - 1])
                  AS kept (pool, value) WHERE kept.pool = claim.pool AND kept.value = claim.value);
          END IF;
          IF c > first_claim THEN
            INSERT INTO claim (pool, value, resource, namespace, name)
            SELECT given.pool, given.value, p_resource[i], p_namespace[i], p_name[i]
            FROM unnest(p_claim_pool[first_claim:c - 1], p_claim_value[first_claim:c - 1]) AS given (pool, value)
            ON CONFLICT DO NOTHING;
          END IF;
        ELSIF failure IS NULL THEN
          SELECT revision INTO found_revision FROM object
            WHERE resource = p_resource[i] AND namespace = p_namespace[i] AND name = p_name[i];
          failure := CASE
            WHEN p_op[i] = 1 THEN jsonb_build_object('item', i - 1, 'reason', 'exists')
            WHEN found_revision IS NULL THEN jsonb_build_object('item', i - 1, 'reason', 'missing')
            ELSE jsonb_build_object('item', i - 1, 'reason', 'conflict', 'current', found_revision) END;
        END IF;
      END IF;
      IF failure IS NOT NULL THEN
        failures := failures || failure;
      END IF;
    END LOOP;
    IF p_atomic AND failures <> '[]' THEN
      RAISE EXCEPTION USING ERRCODE = 'GT002';
    END IF;
  EXCEPTION
    -- Rolls back to before the loop; variables keep their values.
    WHEN SQLSTATE 'GT002' THEN NULL;
  END;

  outcome := json_build_object('previous', previous, 'revisions', revisions, 'failures', failures)::text;
  IF writes > 0 THEN
    INSERT INTO store_writer AS w (id, batch, outcome) VALUES (p_writer, p_batch, outcome)
    ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, outcome = excluded.outcome, seen = excluded.seen
    WHERE w.batch < excluded.batch;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'batch % of this writer is settled', p_batch USING ERRCODE = 'GT001';
    END IF;
    PERFORM pg_notify('gantry_revision', (previous + writes)::text);
  END IF;
  RETURN outcome;
END
$$;

-- What became of a batch whose connection was lost: its outcome, or null, and then it can no longer be committed
-- (a session that still works on it ends with GT001).
CREATE FUNCTION gantry_settle(p_writer uuid, p_batch bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  settled text;
BEGIN
  PERFORM 1 FROM revision_counter FOR UPDATE;
  SELECT outcome INTO settled FROM store_writer WHERE id = p_writer AND batch = p_batch;
  IF NOT FOUND THEN
    INSERT INTO store_writer AS w (id, batch, outcome) VALUES (p_writer, p_batch, NULL)
    ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, outcome = NULL, seen = excluded.seen
    WHERE w.batch < excluded.batch;
  END IF;
  RETURN settled;
END
$$;

-- Moves the counter far ahead and forgets the log: for a database that may have lost its last revisions.
CREATE FUNCTION gantry_jump() RETURNS bigint LANGUAGE sql AS $$
  UPDATE revision_counter SET value = value + 4294967296, objects_floor = value + 4294967296,
    busy_floor = value + 4294967296 RETURNING value;
$$;

-- Called on each connect of a writer. A restored or failed-over Postgres has another system identifier or timeline:
-- then revisions that clients hold may never have been written here.
CREATE FUNCTION gantry_check_lineage() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  known text;
  now_is text;
BEGIN
  BEGIN
    -- The first eight digits of a log file's name are the timeline.
    SELECT system_identifier || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) INTO now_is FROM pg_control_system();
  EXCEPTION WHEN insufficient_privilege THEN
    RETURN;
  END;
  SELECT lineage INTO known FROM revision_counter;
  IF known = now_is THEN
    RETURN;
  END IF;
  SELECT lineage INTO known FROM revision_counter FOR UPDATE;
  IF known <> now_is THEN
    PERFORM gantry_jump();
  END IF;
  UPDATE revision_counter SET lineage = now_is;
END
$$;
