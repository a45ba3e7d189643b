-- Pictures in the shop's own store: what is there, what was made of it, and what is on its way in.

create table media (
    id uuid primary key,
    -- The SHA-256 of its content, in hexadecimal: its name in the store and in its address.
    hash text not null unique,
    format text not null check (format in ('JPEG', 'PNG', 'WEBP', 'GIF')),
    byte_size bigint not null check (byte_size > 0),
    width integer not null check (width > 0),
    height integer not null check (height > 0),
    blur_hash text,
    -- What it shows, where whoever uses it says nothing else.
    alt text not null,
    -- The last part of its address, made by the shop, and what the file was called by whoever sent it.
    name text not null,
    original_name text not null,
    created_by text not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    -- When it is looked at whether its bytes may go; only what is deleted has it.
    purge_at timestamptz
);
create index media_by_purge on media (purge_at) where purge_at is not null;

-- Sizes and formats that were made of a picture, each once. `name` is the object in the store.
create table media_rendition (
    name text primary key,
    media_id uuid not null references media (id),
    byte_size bigint not null,
    created_at timestamptz not null
);
create index media_rendition_by_media on media_rendition (media_id);

-- A file that somebody may send, and perhaps has.
create table staged_upload (
    id uuid primary key,
    original_name text not null,
    mime_type text not null,
    byte_size bigint not null check (byte_size > 0),
    created_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    received_at timestamptz,
    -- What became of it.
    media_id uuid references media (id)
);
create index staged_upload_by_expiry on staged_upload (expires_at);

-- A picture elsewhere that products name by its address: fetched once, however many name it.
create table media_import (
    id uuid primary key,
    address text not null,
    -- The SHA-256 of the address: an index on long texts has a limit.
    address_hash text not null unique,
    state text not null check (state in ('PENDING', 'READY', 'FAILED')),
    -- Why it could not be fetched, for staff.
    reason text,
    media_id uuid references media (id),
    attempts integer not null,
    -- No earlier than this is it tried.
    retry_at timestamptz not null,
    -- Until when a worker is believed to be fetching it.
    claimed_until timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((state = 'READY') = (media_id is not null))
);
create index media_import_by_state on media_import (state, retry_at);
create index media_import_by_media on media_import (media_id);
