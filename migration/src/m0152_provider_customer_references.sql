-- What a provider tells of a customer names them by its own id.
create index concurrently provider_customer_by_reference on provider_customer (provider, reference);
