/**
 * Postgres settings for one cluster's state: small rows, very many short transactions, few connections, one machine
 * shared with everything else. Given on the command line, so that a new version of Gantry changes them.
 * Durability stays at Postgres's defaults (fsync, full_page_writes, synchronous_commit on).
 */
export const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  superuser_reserved_connections: '3',
  shared_buffers: '64MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  effective_cache_size: '512MB',
  // Reader processes of their own cost memory and pay off on slow disks only.
  io_method: 'sync',
  max_worker_processes: '4',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  huge_pages: 'off',
  wal_level: 'replica',
  wal_buffers: '4MB',
  min_wal_size: '64MB',
  max_wal_size: '1GB',
  // After a crash: one call for the file system, where a call for each of 1,000 files takes half a minute on a busy disk.
  recovery_init_sync_method: 'syncfs',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  // Leases and node status rewrite the same few rows all the time.
  autovacuum_naptime: '20s',
  autovacuum_max_workers: '2',
  autovacuum_work_mem: '16MB',
  autovacuum_vacuum_cost_delay: '1ms',
  idle_in_transaction_session_timeout: '5min',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  log_statement: 'none',
  logging_collector: 'off',
};
