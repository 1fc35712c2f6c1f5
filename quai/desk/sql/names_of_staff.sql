-- Who these members of staff are.
SELECT id, name FROM access_read_user WHERE id = ANY(%(users)s::bigint[])
