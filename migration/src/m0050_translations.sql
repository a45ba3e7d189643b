-- What a translation is of and was made of, by whom and when. `thing` stays what it is read by; `kind` and `thing_id` are
-- what reports join by (things that have no id of their own, such as an option's name, have none here). `source` is the
-- text that was translated: where it is not the thing's any more, the translation is outdated.
alter table translation add column kind text not null default '';
alter table translation add column thing_id uuid;
alter table translation add column source text not null default '';
alter table translation add column version bigint not null default 1;
alter table translation add column actor text not null default '';
alter table translation add column written_at timestamptz not null default '2026-01-01 00:00:00+00:00';

create index translation_thing_id on translation (thing_id, locale, field);
create index translation_kind on translation (locale, kind, thing);

-- A slug names one thing in each language.
create unique index translation_slug on translation (kind, text, locale) where field = 'slug';
