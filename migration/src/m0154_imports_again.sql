-- What a file said of a thing as it was written here, as marks that nobody reads it from, and which version it had then: the next
-- file changes what nobody changed here since. Null for what was here before, and for what earlier versions imported.
alter table imported_thing add column said text;
alter table imported_thing add column version bigint;
create index imported_thing_by_target on imported_thing (target);
