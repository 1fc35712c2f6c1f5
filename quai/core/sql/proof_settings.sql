-- For the rest of a transaction that reads whole tables: memory for its sorts and hashes, no walk from index to row
-- (a LIMIT makes the planner hope to find something early, and nothing is found), no core taken from those beside it.
SELECT set_config(name, value, true)
  FROM (SELECT 'work_mem' AS name, setting::bigint / 4 || 'kB' AS value FROM pg_settings WHERE name = 'maintenance_work_mem'
        UNION ALL
        VALUES ('random_page_cost', '4'), ('enable_nestloop', 'off'), ('max_parallel_workers_per_gather', '0')) wanted
