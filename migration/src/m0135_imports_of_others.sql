-- Which shop system has exported a file that is imported, and what is in it; products where nothing is said.
alter table product_import add column source text;
alter table product_import add column what text;
