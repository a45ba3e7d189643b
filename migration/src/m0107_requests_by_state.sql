-- Staff look at what waits for a manager of whichever company.
create index purchase_request_state on purchase_request (state, id);
