//! What somebody declared is there once, was looked at and confirmed; and no more comes or goes back by it than was declared and
//! paid.

use sea_orm::EntityTrait;
use vitrine_commerce::jobs::{Job, MailKind};
use vitrine_entity::withdrawal;

use crate::{
    invariants::found_by,
    simulator::{model::Known, world::World},
};

/// What went back of an order by the returns of its withdrawals, as far as no provider failed to pay it.
const PAID_BACK: &str = "select o.number as name from orders o where \
    coalesce((select sum(f.amount_minor - f.failed_minor) from order_return_refund f \
      join order_return r on r.id = f.return_id where r.order_id = o.id and r.withdrawal_id is not null), 0) \
    > coalesce((select sum(p.captured_minor) from payment p where p.order_id = o.id), 0) + o.credit_minor";

impl World {
    pub(super) async fn withdrawals(&self) -> Vec<String> {
        let rows = withdrawal::Entity::find().all(&self.db).await.expect("withdrawals");
        let mut found = self.declared(&rows);
        found.extend(self.confirmed(&rows).await);
        let checks = [
            (
                "nobody has looked at the withdrawal {}",
                "select number as name from withdrawal where judgement is null",
            ),
            (
                "the withdrawal {} has lost an event",
                "select w.number as name from withdrawal w where w.event_count <> \
                 (select count(*) from withdrawal_event e where e.withdrawal_id = w.id)",
            ),
            (
                "more comes back by the withdrawal {} than was declared",
                "select distinct w.number as name from order_return_line b join order_return r on r.id = b.return_id \
                 join withdrawal w on w.id = r.withdrawal_id where w.details is null and b.quantity > \
                 coalesce((select sum(l.quantity) from withdrawal_line l where l.withdrawal_id = w.id \
                 and l.order_line_id = b.order_line_id), 0)",
            ),
            ("more went back of {} by a withdrawal than was paid for it", PAID_BACK),
        ];
        found.extend(found_by(&self.db, &checks).await);
        found
    }

    /// Each statement is received once, and none that nobody made.
    fn declared(&self, rows: &[withdrawal::Model]) -> Vec<String> {
        let mut found = Vec::new();
        for asked in &self.model.statements {
            let name = asked.said.name.as_deref();
            let there: Vec<_> = rows.iter().filter(|row| Some(&*row.name) == name).collect();
            let as_told = match (&asked.known, there.as_slice()) {
                (Known::Done(id), [row]) => row.id == *id,
                (Known::Refused, []) | (Known::Unknown, [] | [_]) => true,
                _ => false,
            };
            if !as_told {
                found.push(format!(
                    "{} is {:?} to whoever made it, and was received {} times",
                    asked.key,
                    asked.known,
                    there.len()
                ));
            }
        }
        let asked = |row: &&withdrawal::Model| {
            let mut names = self
                .model
                .statements
                .iter()
                .filter_map(|asked| asked.said.name.as_deref());
            names.any(|name| name == row.name)
        };
        let strange = rows.iter().filter(|row| !asked(row));
        found.extend(strange.map(|row| format!("nobody made the statement {}", row.number)));
        found
    }

    /// Each is confirmed by one mail at once; that it was sent is seen with all other mails.
    async fn confirmed(&self, rows: &[withdrawal::Model]) -> Vec<String> {
        let jobs = self.jobs_ever().await;
        let jobs: Vec<Job> = jobs
            .iter()
            .filter_map(|row| serde_json::from_value(row.job.clone()).ok())
            .collect();
        let mut found = Vec::new();
        for row in rows {
            let mail = Job::SendMail {
                mail: MailKind::WithdrawalReceived { withdrawal: row.id },
            };
            let times = jobs.iter().filter(|job| **job == mail).count();
            if times != 1 {
                found.push(format!("the receipt of {} is confirmed {times} times", row.number));
            }
        }
        found
    }
}
