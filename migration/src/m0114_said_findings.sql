-- What findings and reconciliations say, in no language yet; null where it was said in words, and by whoever knew no other way.
alter table reconciliation_finding add column summary_said jsonb;
alter table reconciliation_finding add column note_said jsonb;
alter table reconciliation add column error_said jsonb;
