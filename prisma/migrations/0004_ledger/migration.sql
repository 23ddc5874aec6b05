-- What commits, pushes and people did to Applications: one row for each entry of gitops.gantry.dev. Written by
-- packages/db in batches, never changed. A partition a month, so that old months go by dropping a table.

CREATE TABLE ledger_entry (
  time timestamptz(3) NOT NULL,
  namespace text COLLATE "C" NOT NULL,
  -- Unique in the namespace: who appends sees to that under a lock, since no index spans the partitions.
  name text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  application text COLLATE "C" NOT NULL,
  repository text COLLATE "C" NOT NULL,
  ref text COLLATE "C" NOT NULL,
  commit text COLLATE "C" NOT NULL,
  commit_message text COLLATE "C" NOT NULL,
  api_version text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  object_namespace text COLLATE "C" NOT NULL,
  object_name text COLLATE "C" NOT NULL,
  operation text COLLATE "C" NOT NULL,
  images text[] NOT NULL,
  -- The forms in which people look for the images.
  image_terms text[] NOT NULL,
  error text COLLATE "C" NOT NULL,
  duration_ms bigint,
  sync_id text COLLATE "C" NOT NULL,
  -- Place in the change log.
  revision bigint,
  -- JSON; never looked into here.
  manifest text COLLATE "C",
  message text COLLATE "C" NOT NULL,
  PRIMARY KEY (time, namespace, name)
) PARTITION BY RANGE (time);
CREATE INDEX ledger_entry_name_idx ON ledger_entry (namespace, name);
CREATE INDEX ledger_entry_application_idx ON ledger_entry (namespace, application, time);
CREATE INDEX ledger_entry_namespace_idx ON ledger_entry (namespace, time);
CREATE INDEX ledger_entry_object_idx ON ledger_entry (object_name, kind, object_namespace, time);
CREATE INDEX ledger_entry_commit_idx ON ledger_entry (commit, time);
CREATE INDEX ledger_entry_actor_idx ON ledger_entry (actor, time);
CREATE INDEX ledger_entry_sync_idx ON ledger_entry (sync_id) WHERE sync_id <> '';
CREATE INDEX ledger_entry_revision_idx ON ledger_entry (revision) WHERE revision IS NOT NULL;
CREATE INDEX ledger_entry_error_idx ON ledger_entry (time) WHERE error <> '';
CREATE INDEX ledger_entry_image_idx ON ledger_entry USING gin (image_terms);

-- Rows of months for which no partition was made in time.
CREATE TABLE ledger_entry_rest PARTITION OF ledger_entry DEFAULT;

-- Changes that came from Git, to find those that the ledger does not know yet.
CREATE INDEX change_objects_origin_idx ON change_objects (revision) WHERE origin IS NOT NULL;

-- Makes the partitions of this month and the next (UTC), and drops those of months that ended before p_keep; then the
-- oldest ones until all together have at most p_max_bytes. This month stays whatever its size is.
CREATE FUNCTION gantry_ledger_retain(p_keep interval, p_max_bytes bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  this_month date := date_trunc('month', now() AT TIME ZONE 'UTC')::date;
  wanted date;
  part record;
  total bigint;
BEGIN
  -- One server at a time.
  PERFORM pg_advisory_xact_lock(72707371);
  FOR offset_months IN 0..1 LOOP
    wanted := (this_month + make_interval(months => offset_months))::date;
    IF to_regclass(format('ledger_entry_%s', to_char(wanted, 'YYYYMM'))) IS NULL THEN
      BEGIN
        EXECUTE format(
          'CREATE TABLE ledger_entry_%s PARTITION OF ledger_entry FOR VALUES FROM (%L) TO (%L)',
          to_char(wanted, 'YYYYMM'), wanted::text || ' 00:00:00+00',
          (wanted + interval '1 month')::date::text || ' 00:00:00+00');
      EXCEPTION WHEN check_violation THEN
        -- The month's first rows lie in ledger_entry_rest; the whole month stays there.
        NULL;
      END;
    END IF;
  END LOOP;
  FOR part IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'ledger_entry'::regclass AND c.relname ~ '^ledger_entry_\d{6}$'
  LOOP
    IF to_date(right(part.relname, 6), 'YYYYMM') + interval '1 month' < (now() - p_keep) AT TIME ZONE 'UTC' THEN
      EXECUTE format('DROP TABLE %I', part.relname);
    END IF;
  END LOOP;
  DELETE FROM ledger_entry_rest WHERE time < now() - p_keep;
  SELECT coalesce(sum(pg_total_relation_size(inhrelid)), 0) INTO total
    FROM pg_inherits WHERE inhparent = 'ledger_entry'::regclass;
  FOR part IN
    SELECT c.relname, pg_total_relation_size(c.oid) AS bytes
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'ledger_entry'::regclass AND c.relname ~ '^ledger_entry_\d{6}$'
      AND right(c.relname, 6) < to_char(this_month, 'YYYYMM')
    ORDER BY c.relname
  LOOP
    EXIT WHEN total <= p_max_bytes;
    EXECUTE format('DROP TABLE %I', part.relname);
    total := total - part.bytes;
  END LOOP;
END
$$;

-- The revision that was the newest at a time, by halving the log: times rise with revisions, and no index is on them.
-- Null when the log does not reach back so far, though it once did.
CREATE FUNCTION gantry_revision_at(p_time timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  low bigint;
  high bigint;
  middle bigint;
  found record;
  at timestamptz;
BEGIN
  SELECT greatest(objects_floor, 0), value INTO low, high FROM revision_counter;
  SELECT revision, time INTO found FROM change_objects ORDER BY revision LIMIT 1;
  IF found.revision IS NULL OR found.time > p_time THEN
    IF low > 0 THEN
      RETURN NULL;
    END IF;
    RETURN 0;
  END IF;
  low := found.revision;
  -- What low names happened by then; what is above high did not.
  WHILE low < high LOOP
    middle := low + (high - low + 1) / 2;
    SELECT revision, time INTO found FROM change WHERE revision <= middle AND revision > low
      ORDER BY revision DESC LIMIT 1;
    IF found.revision IS NULL THEN
      -- A hole: nothing happened between.
      SELECT time INTO at FROM change WHERE revision > middle ORDER BY revision LIMIT 1;
      IF at IS NULL OR at > p_time THEN
        high := low;
      ELSE
        SELECT min(revision) INTO low FROM change WHERE revision > middle;
      END IF;
    ELSIF found.time <= p_time THEN
      low := found.revision;
      IF found.revision < middle THEN
        SELECT time, revision INTO found FROM change WHERE revision > middle ORDER BY revision LIMIT 1;
        IF found.revision IS NULL OR found.time > p_time THEN
          RETURN low;
        END IF;
        low := found.revision;
      END IF;
    ELSE
      high := found.revision - 1;
    END IF;
  END LOOP;
  RETURN low;
END
$$;
