-- SQLite compares texts by their bytes.
create index search_term_day_by_term on search_term_day (term, day);
