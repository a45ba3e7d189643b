-- Terms are found by their beginning, whatever the database's collation is.
alter table search_term_day alter column term type text collate "C";
create index search_term_day_by_term on search_term_day (term, day);
