-- Who is meant by a name: the index is in the order in which the statement wants them (its very words), so nothing is sorted for each ad.
DROP INDEX employer_key;
CREATE INDEX employer_named ON employer
    (name_key, (CASE status WHEN 'blocked' THEN 1 WHEN 'verified' THEN 2 WHEN 'claimed' THEN 3 ELSE 4 END), id);
