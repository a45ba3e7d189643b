mod escaping;
mod rows;
mod run;
mod snapshots;
