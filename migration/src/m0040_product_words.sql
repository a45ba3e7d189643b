-- What a product's title, vendor and tags are found by where no search engine is asked: folded words, and how else they are
-- spelled. Empty until it is written; until then the texts themselves are looked at, as before.
alter table product add column words text not null default '';
