-- Who is who.
SELECT id, login, name, role FROM access_user
