mod accounts;
mod discounts;
mod escaping;
mod rows;
mod run;
mod snapshots;
