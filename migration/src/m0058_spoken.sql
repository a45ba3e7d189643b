-- In which language whoever has an account reads (BCP 47): mails that are not about an order follow it. Null: nobody knows.
alter table customer add column language text;
alter table customer_sign_up add column language text;
alter table staff_member add column language text;

-- Which searches a rule is for: those in a language (BCP 47), or all.
alter table search_rule add column language text;
drop index search_rule_by_term;
create unique index search_rule_by_term on search_rule (term, kind, coalesce(language, '')) where deleted_at is null;

-- In which languages (ISO 639, each with a blank around it) a term was searched for that day; none where nobody noted it.
alter table search_term_day add column languages text not null default '';
