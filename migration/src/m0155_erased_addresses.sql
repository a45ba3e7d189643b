-- That somebody was erased, by a keyed hash of their mail address: no file that is imported brings them back.
create table erased_address (
    key text primary key,
    erased_at timestamptz not null
);
