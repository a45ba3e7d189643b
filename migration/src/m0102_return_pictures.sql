-- Pictures that shoppers send with a return. Their bytes lie in the store of objects; who is erased takes them along.
create table return_picture (
    id uuid primary key,
    return_id uuid not null references order_return (id),
    sha256 bytea not null,
    format text not null check (format in ('JPEG', 'PNG', 'WEBP', 'GIF')),
    byte_size bigint not null check (byte_size > 0),
    width integer not null,
    height integer not null,
    created_at timestamptz not null,
    -- Since when its bytes are to go.
    deleted_at timestamptz,
    unique (return_id, sha256)
);
create index return_picture_deleted on return_picture (deleted_at) where deleted_at is not null;
