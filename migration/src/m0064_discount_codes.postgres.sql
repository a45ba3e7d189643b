-- Which tables can be exported stands in the code alone.
alter table data_export drop constraint if exists data_export_kind_check;
