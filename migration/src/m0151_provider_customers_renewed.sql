-- How often a provider's customer was found to be gone there: the next one is made under another key.
alter table provider_customer add column renewals integer not null default 0;
