-- How many documents are at each stage.
SELECT (SELECT count(*) FROM billing_issue) AS issued,
       (SELECT count(*) FROM billing_todo_release) AS to_release,
       (SELECT count(*) FROM billing_todo_render) AS to_render,
       (SELECT count(*) FROM billing_todo_send) AS to_send,
       (SELECT count(*) FROM billing_sending) AS sent
