mod accounts;
mod credit;
mod discounts;
mod escaping;
mod mails;
mod rows;
mod run;
mod snapshots;
