-- The journal of acts.
SELECT id, actor_id, verb, at, reason FROM core_act
