-- What a product is found by in one language where no search engine is asked: its words as that language compares them.
-- Written with its search document; none in a shop that has no other language than English.
create table product_word_forms (
    product_id uuid not null references product (id) on delete cascade,
    -- ISO 639-1.
    language text not null,
    -- Folded, with a blank around each.
    forms text not null,
    primary key (product_id, language)
);
