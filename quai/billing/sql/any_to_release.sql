-- Whether anything issued waits to be released.
SELECT EXISTS (SELECT FROM billing_todo_release) AS any
