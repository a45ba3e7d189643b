-- What whoever asks whether the shop is ready has written: a disk that is full, or a database that has become read-only,
-- answers questions all the same.
create table readiness_probe (
    only_row integer primary key check (only_row = 1),
    probes bigint not null
);
insert into readiness_probe (only_row, probes) values (1, 0);
