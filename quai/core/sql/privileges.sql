-- What a role may do to each of our tables.
SELECT c.relname AS table_name, array_agg(p.privilege) AS privileges
  FROM pg_class c
 CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS p (privilege)
 WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
   AND has_table_privilege(%(role)s::name, c.oid, p.privilege)
 GROUP BY 1
