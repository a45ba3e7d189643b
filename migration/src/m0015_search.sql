-- Search as staff shape it: synonyms, rules, and what was searched for.

create table synonym_group (
    id uuid primary key,
    -- Null where a search for any of the synonyms finds the others.
    term text,
    synonyms jsonb not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
insert into catalog_turn (name, taken) values ('synonyms', 0);

create table search_rule (
    id uuid primary key,
    -- Folded words with a blank between.
    term text not null,
    kind text not null check (kind in ('EXACT', 'CONTAINS')),
    active boolean not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create unique index search_rule_by_term on search_rule (term, kind) where deleted_at is null;

create table search_rule_product (
    rule_id uuid not null references search_rule (id),
    product_id uuid not null references product (id),
    -- From 1; null where the product is hidden.
    position integer,
    primary key (rule_id, product_id)
);
create index search_rule_product_by_product on search_rule_product (product_id);

-- What was searched for, by day, and never by whom.
create table search_term_day (
    day date not null,
    -- Folded words with a blank between.
    term text not null,
    searches bigint not null,
    found_nothing bigint not null,
    found_little bigint not null,
    primary key (day, term)
);

create table search_settings (
    only_row integer primary key check (only_row = 1),
    record_searches boolean not null,
    version bigint not null
);
insert into search_settings (only_row, record_searches, version) values (1, true, 1);
