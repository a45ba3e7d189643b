//! Somebody withdraws from a contract: that it was received, with its wording and time; what was decided of it; and the same for
//! the shop itself.

use vitrine_entity::{
    ids::WithdrawalId,
    withdrawal::{self, WithdrawalJudgement, WithdrawalStatus},
};

use crate::{
    Context, Shop,
    jobs::JobError,
    language::{Language, Message, Value, messages},
    mail::{
        deliver::hand_over,
        render::{Letter, render, templates},
        words::{one_line, own_language},
    },
    outbox::Lease,
    ports::mailer::Mail,
    withdrawals,
};

pub(super) struct Withdrawal {
    pub(super) shop_name: String,
    pub(super) number: String,
    pub(super) order_number: String,
    pub(super) received: Value,
    /// The wording, line by line.
    pub(super) statement: Vec<String>,
    pub(super) told: Told,
}

/// What the mail tells.
pub(super) enum Told {
    Received,
    Accepted,
    Refused(String),
    /// For the shop itself: what the rules say, and where staff see it.
    Staff {
        judgement: Message,
        link: String,
    },
}

templates! { Withdrawal: "withdrawal/body.txt", "withdrawal/body.html" }

impl Letter for Withdrawal {
    fn subject(&self) -> Message {
        let (number, order) = (&self.number, &self.order_number);
        match self.told {
            Told::Received => messages::mail_withdrawal_received_subject(order, number),
            Told::Accepted => messages::mail_withdrawal_accepted_subject(order, number),
            Told::Refused(_) => messages::mail_withdrawal_refused_subject(order, number),
            Told::Staff { .. } => messages::mail_withdrawal_staff_subject(order, number),
        }
    }

    fn heading(&self) -> Message {
        match self.told {
            Told::Received => messages::mail_withdrawal_received_heading(),
            Told::Accepted => messages::mail_withdrawal_accepted_heading(),
            Told::Refused(_) => messages::mail_withdrawal_refused_heading(),
            Told::Staff { .. } => messages::mail_withdrawal_staff_heading(),
        }
    }
}

impl Withdrawal {
    fn text(&self) -> Message {
        match &self.told {
            Told::Received => messages::mail_withdrawal_received_text(&self.order_number),
            Told::Accepted => messages::mail_withdrawal_accepted_text(&self.order_number),
            Told::Refused(_) => messages::mail_withdrawal_refused_text(&self.order_number),
            Told::Staff { judgement, .. } => judgement.clone(),
        }
    }

    fn reason(&self) -> Option<&str> {
        match &self.told {
            Told::Refused(reason) => Some(reason),
            _ => None,
        }
    }

    fn after(&self) -> Option<Message> {
        match self.told {
            Told::Received => Some(messages::mail_withdrawal_received_next()),
            _ => None,
        }
    }

    /// Whose statement it is: nobody here has made it.
    fn caption(&self) -> Message {
        match self.told {
            Told::Staff { .. } => messages::mail_withdrawal_staff_statement(),
            _ => messages::mail_withdrawal_statement(),
        }
    }

    fn desk(&self) -> Option<&str> {
        match &self.told {
            Told::Staff { link, .. } => Some(link),
            _ => None,
        }
    }
}

/// Job: confirms the receipt, and notes that in the transaction that finishes the job.
pub(super) async fn run_receipt(shop: &Shop, lease: &Lease, id: WithdrawalId) -> Result<(), JobError> {
    let row = withdrawals::statement_of(shop, id).await?;
    let Some(row) = row.filter(|row| !row.email.is_empty()) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let mail = to_shopper(shop, lease, &row, Told::Received)?;
    hand_over(shop, lease, &mail, lease.created_at).await?;
    let context = Context::system(shop, lease.id.to_string());
    shop.transact(&context, |tx| async move {
        withdrawals::confirm_sent(&tx, id, lease).await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// What was decided, for whoever declared it; `None` once they are forgotten.
pub(super) async fn load_decided(shop: &Shop, lease: &Lease, id: WithdrawalId) -> Result<Option<Mail>, JobError> {
    let row = withdrawals::statement_of(shop, id).await?;
    let Some(row) = row.filter(|row| !row.email.is_empty()) else {
        return Ok(None);
    };
    let told = match row.status {
        WithdrawalStatus::Refused => Told::Refused(row.refusal.clone().unwrap_or_default()),
        WithdrawalStatus::Accepted => Told::Accepted,
        WithdrawalStatus::Received => return Ok(None),
    };
    Ok(Some(to_shopper(shop, lease, &row, told)?))
}

fn to_shopper(shop: &Shop, lease: &Lease, row: &withdrawal::Model, told: Told) -> Result<Mail, JobError> {
    let language = Language::of(&row.locale, &shop.profile().country);
    Ok(render(
        &shown(shop, row, told),
        &language,
        lease.id.to_string(),
        &row.email,
    )?)
}

/// For the shop itself, where it says to whom such mails go.
pub(super) async fn load_for_staff(shop: &Shop, lease: &Lease, id: WithdrawalId) -> Result<Option<Mail>, JobError> {
    let (Some(to), Some(row)) = (&shop.settings.alerts_to, withdrawals::statement_of(shop, id).await?) else {
        return Ok(None);
    };
    let judgement = match (row.status, row.judgement) {
        (WithdrawalStatus::Received, Some(WithdrawalJudgement::Late)) => messages::mail_withdrawal_staff_late(),
        (WithdrawalStatus::Received, Some(WithdrawalJudgement::NotEntitled)) => {
            messages::mail_withdrawal_staff_not_entitled()
        }
        (WithdrawalStatus::Received, Some(WithdrawalJudgement::Unmatched)) => {
            messages::mail_withdrawal_staff_unmatched()
        }
        (WithdrawalStatus::Received, _) => messages::mail_withdrawal_staff_open(),
        _ => messages::mail_withdrawal_staff_done(),
    };
    let link = format!("{}/admin/withdrawals/{id}", shop.settings.public_url);
    let shown = shown(shop, &row, Told::Staff { judgement, link });
    Ok(Some(render(&shown, &own_language(shop), lease.id.to_string(), to)?))
}

fn shown(shop: &Shop, row: &withdrawal::Model, told: Told) -> Withdrawal {
    let profile = shop.profile();
    Withdrawal {
        shop_name: one_line(&profile.name),
        number: one_line(&row.number),
        order_number: one_line(&row.order_number),
        received: (row.received_at, profile.time_zone).into(),
        statement: row.statement.lines().map(one_line).collect(),
        told,
    }
}
