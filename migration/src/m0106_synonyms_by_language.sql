-- The language in whose searches alone the terms stand for each other, by its tag of BCP 47. Null: in all of them.
alter table synonym_group add column language text;
