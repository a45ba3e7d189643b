//! From view to mail, by the templates that are compiled in. `.html` is escaped, `.txt` is not.

use askama::Template;

use super::{
    view::{MoneyBack, Occasion, OrderView, Parcel},
    words::one_line,
};
use crate::{Fault, ports::mailer::Mail};

/// Writes the mail about `order` on this occasion.
///
/// # Errors
/// When a template fails, which none of ours does: they only write to memory.
pub fn render(order: &OrderView, occasion: &Occasion) -> Result<Mail, Fault> {
    let failed = |error| Fault::other("rendering a mail", error);
    Ok(Mail {
        message_id: order.message_id.clone(),
        to: order.to.clone(),
        subject: one_line(&Subject::of(order, occasion).render().map_err(failed)?),
        text: Text::of(order, occasion).render().map_err(failed)?,
        html: Html::of(order, occasion).render().map_err(failed)?,
    })
}

/// One enum for each part of a mail, each with a template for every occasion.
macro_rules! parts {
    ($($part:ident { $received:literal $confirmed:literal $instructions:literal $failed:literal $dispatched:literal $cancelled:literal $refunded:literal })*) => {$(
        #[derive(Template)]
        enum $part<'a> {
            #[template(path = $received)]
            Received { order: &'a OrderView },
            #[template(path = $confirmed)]
            Confirmed { order: &'a OrderView },
            #[template(path = $instructions)]
            PaymentInstructions { order: &'a OrderView, instructions: &'a str, held_until: Option<&'a str> },
            #[template(path = $failed)]
            PaymentFailed { order: &'a OrderView, reason: &'a str, held_until: Option<&'a str> },
            #[template(path = $dispatched)]
            Dispatched { order: &'a OrderView, parcel: &'a Parcel },
            #[template(path = $cancelled)]
            Cancelled { order: &'a OrderView, reason: Option<&'a str>, money: &'a MoneyBack },
            #[template(path = $refunded)]
            Refunded { order: &'a OrderView, amount: &'a str, whole: bool },
        }

        impl<'a> $part<'a> {
            fn of(order: &'a OrderView, occasion: &'a Occasion) -> Self {
                match occasion {
                    Occasion::Received => Self::Received { order },
                    Occasion::Confirmed => Self::Confirmed { order },
                    Occasion::PaymentInstructions { instructions, held_until } => {
                        Self::PaymentInstructions { order, instructions, held_until: held_until.as_deref() }
                    }
                    Occasion::PaymentFailed { reason, held_until } => {
                        Self::PaymentFailed { order, reason, held_until: held_until.as_deref() }
                    }
                    Occasion::Dispatched(parcel) => Self::Dispatched { order, parcel },
                    Occasion::Cancelled { reason, money } => {
                        Self::Cancelled { order, reason: reason.as_deref(), money }
                    }
                    Occasion::Refunded { amount, whole } => Self::Refunded { order, amount, whole: *whole },
                }
            }
        }
    )*};
}

parts! {
    Subject {
        "order_received/subject.txt"
        "order_confirmed/subject.txt"
        "payment_instructions/subject.txt"
        "payment_failed/subject.txt"
        "order_dispatched/subject.txt"
        "order_cancelled/subject.txt"
        "order_refunded/subject.txt"
    }
    Text {
        "order_received/body.txt"
        "order_confirmed/body.txt"
        "payment_instructions/body.txt"
        "payment_failed/body.txt"
        "order_dispatched/body.txt"
        "order_cancelled/body.txt"
        "order_refunded/body.txt"
    }
    Html {
        "order_received/body.html"
        "order_confirmed/body.html"
        "payment_instructions/body.html"
        "payment_failed/body.html"
        "order_dispatched/body.html"
        "order_cancelled/body.html"
        "order_refunded/body.html"
    }
}
