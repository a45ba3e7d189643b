-- Payments, finished: captures, what was learned of a charge, circuits, reconciliation.

-- Whether real money moves: a webhook of the other mode is not about this row.
alter table payment add column live boolean not null default false;
-- What the shop meant to do when the attempt began, whatever its configuration says later.
alter table payment add column capture_mode text not null default 'AT_ONCE'
    check (capture_mode in ('AT_ONCE', 'ON_DISPATCH', 'BY_STAFF'));
-- When it was first sent: a provider forgets idempotency keys after a day.
alter table payment add column sent_at timestamptz;
-- When an authorization lapses.
alter table payment add column capture_before timestamptz;
-- Why it does not go on at present, in our own code.
alter table payment add column trouble text;
-- The last reconciliation that found it in the provider's books.
alter table payment add column reconciled_in uuid;
create index payment_by_provider on payment (provider, created_at, id);
create index payment_by_reference on payment (provider_reference);
-- What has moved since, whenever it was made.
create index payment_by_update on payment (provider, updated_at);
-- What staff look for, and what is counted every few seconds.
create index payment_by_time on payment (created_at, id);
create index payment_by_status on payment (status, created_at, id);
create index payment_held on payment (capture_before) where status = 'AUTHORIZED';
create index payment_undecided on payment (provider, status)
    where status in ('CREATED', 'UNKNOWN', 'ACTION_REQUIRED', 'PENDING');
create index payment_entry_by_time on payment_entry (created_at, id);

-- Money of an authorization on its way to us.
create table capture (
    id uuid primary key,
    payment_id uuid not null references payment (id),
    order_id uuid not null references orders (id),
    amount_minor bigint not null check (amount_minor > 0),
    status text not null check (status in ('REQUESTED', 'SUCCEEDED', 'FAILED')),
    failure text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
-- An authorization is captured once; what is not captured then is released.
create unique index capture_one_live on capture (payment_id) where status <> 'FAILED';
create index capture_by_payment on capture (payment_id, id);

alter table refund add column provider_reference text;
alter table refund add column failure text;

-- A request that made something other than an order.
alter table idempotency_key add column result_id uuid;

-- How each provider has behaved of late, for all processes alike.
create table provider_circuit (
    provider text primary key,
    -- In a row, since the last success.
    failures integer not null,
    opened_until timestamptz,
    -- Whoever probes an open circuit has it until then.
    probe_until timestamptz,
    -- The provider asked to be left alone until then.
    paused_until timestamptz,
    last_error text,
    changed_at timestamptz not null
);

-- When each schedule is next due, so that it ticks once however many workers run.
create table schedule (
    name text primary key,
    due_at timestamptz not null
);

-- What this shop calls itself at providers whose accounts others may use, too; one row, made by the
-- first start. Whoever opens a copy of the database as a shop of its own deletes it first.
create table installation (
    only_row integer primary key check (only_row = 1),
    id uuid not null,
    created_at timestamptz not null
);

create table reconciliation (
    id uuid primary key,
    provider text not null,
    since timestamptz not null,
    until timestamptz not null,
    status text not null check (status in ('RUNNING', 'DONE')),
    -- What is being done, and where its next page begins.
    phase text not null check (phase in ('THEIRS', 'OURS', 'FINDINGS', 'UNWANTED')),
    page_cursor text,
    -- How often the provider did not answer about what stands there.
    tries integer not null,
    matched bigint not null,
    -- Charges in the provider's books that are not this shop's.
    foreign_charges bigint not null,
    missing_here bigint not null,
    missing_there bigint not null,
    different bigint not null,
    -- What the provider gives no answer about, though it answers others.
    unanswered bigint not null,
    -- Why it ended before it was through.
    error text,
    actor text not null,
    created_at timestamptz not null,
    finished_at timestamptz
);
create unique index reconciliation_one_running on reconciliation (provider) where status = 'RUNNING';

create table reconciliation_finding (
    id uuid primary key,
    -- The latest that met it.
    reconciliation_id uuid not null references reconciliation (id),
    provider text not null,
    -- Our attempt's id, or the provider's of a charge that has no row here.
    subject text not null,
    kind text not null check (kind in ('MISSING_HERE', 'MISSING_THERE', 'DIFFERENT')),
    -- No foreign key: what is missing here has no row.
    payment_id uuid not null,
    order_id uuid,
    reference text,
    summary text not null,
    ours jsonb,
    theirs jsonb,
    repair text not null check (repair in ('TAKE_OVER', 'PAY_BACK', 'NONE')),
    status text not null check (status in ('OPEN', 'REPAIRING', 'REPAIRED', 'DISMISSED', 'SETTLED')),
    decided_by text,
    note text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index reconciliation_finding_by_reconciliation on reconciliation_finding (reconciliation_id, id);
create index reconciliation_finding_by_status on reconciliation_finding (status, id);
create index reconciliation_finding_by_subject on reconciliation_finding (provider, subject, id);
-- The same thing is found once, until it is decided.
create unique index reconciliation_finding_open on reconciliation_finding (provider, subject) where status in ('OPEN', 'REPAIRING');

-- The simulated provider --------------------------------------------------------------------------

-- Nothing but its idempotency keys keeps it from charging an attempt twice, as with a real one.
create table simulated_charge (
    reference text primary key,
    -- Our payment attempt's id, in its public form, or whatever another system wrote.
    payment_id text not null,
    token text not null,
    currency text not null,
    amount_minor bigint not null,
    captured_minor bigint not null,
    refunded_minor bigint not null,
    capture_at_once boolean not null,
    status text not null,
    decline_code text,
    -- When time decides it: what is pending is approved then, and an authorization lapses.
    due_at timestamptz,
    created_at timestamptz not null
);
insert into simulated_charge
    select reference, id, token, currency, amount_minor, captured_minor, refunded_minor, true, status, decline_code,
        case when status = 'PENDING' then created_at end, created_at
    from simulated_payment;
drop table simulated_payment;
create index simulated_charge_by_payment on simulated_charge (payment_id);
create index simulated_charge_by_time on simulated_charge (created_at, reference);
create index simulated_charge_due on simulated_charge (due_at) where due_at is not null;

create table simulated_refund (
    reference text primary key,
    -- Our refund's id, in its public form.
    refund_id text not null,
    charge_reference text not null references simulated_charge (reference),
    currency text not null,
    amount_minor bigint not null,
    status text not null,
    -- When what is pending succeeds.
    due_at timestamptz,
    created_at timestamptz not null
);
create index simulated_refund_by_charge on simulated_refund (charge_reference);
create index simulated_refund_due on simulated_refund (due_at) where due_at is not null;

-- Keys come from the caller now, and are forgotten after a while: the old ones are of no use.
drop table simulated_request;
create table simulated_request (
    idempotency_key text primary key,
    -- Of all that was asked: the same key with another request is refused.
    request_hash text not null,
    -- What was answered, in JSON.
    answer text not null,
    created_at timestamptz not null
);

-- How often a request has failed on purpose.
create table simulated_stumble (
    idempotency_key text primary key,
    times bigint not null
);
