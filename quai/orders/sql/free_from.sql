-- The smallest quantity that some term rewards with a free copy.
SELECT min(free_per) AS quantity FROM terms_read_discount WHERE free_per > 0
