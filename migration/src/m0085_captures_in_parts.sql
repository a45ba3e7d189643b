-- Whether what a capture does not take is released. Where not, more may be captured of what is held.
alter table capture add column releases_rest boolean not null default true;
