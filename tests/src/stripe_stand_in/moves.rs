//! How an intent goes on: captured, cancelled, decided by the shopper, the bank or time.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{
    books::{Books, Charge, HOLD, Status},
    cards,
    error::StripeError,
    parameters::Parameters,
    render::Expand,
};

impl Books {
    pub(super) fn capture_intent(
        &mut self,
        id: &str,
        parameters: &Parameters,
        now: DateTime<Utc>,
    ) -> Result<Value, StripeError> {
        parameters.allow(&["amount_to_capture", "final_capture", "metadata"])?;
        let amount = parameters.amount("amount_to_capture")?;
        let place = self.place_of(id)?;
        let intent = &self.intents[place];
        if intent.status != Status::RequiresCapture {
            let message = format!(
                "This PaymentIntent could not be captured because it has a status of {}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.",
                intent.status.text()
            );
            return Err(StripeError::unexpected_state(
                message,
                self.intent_json(intent, Expand::Nothing),
            ));
        }
        let capturable = intent.capturable();
        let amount = amount.unwrap_or(capturable);
        if amount > capturable {
            let message = format!(
                "The amount to capture ({amount}) is greater than the amount that can be captured ({capturable})."
            );
            return Err(StripeError::invalid("amount_too_large", "amount_to_capture", message));
        }
        let is_final = parameters.text("final_capture") != Some("false");
        if !is_final && !intent.in_parts {
            let message = "This PaymentIntent is not eligible for multicapture.";
            return Err(StripeError::invalid("parameter_invalid", "final_capture", message));
        }
        self.take(place, amount, is_final || amount == capturable);
        self.tell_charge("charge.captured", place, now);
        match self.intents[place].status {
            Status::Succeeded => self.tell_intent("payment_intent.succeeded", place, now),
            _ => self.tell_intent("payment_intent.amount_capturable_updated", place, now),
        }
        Ok(self.intent_json(&self.intents[place], Expand::of(parameters)))
    }

    pub(super) fn cancel_intent(
        &mut self,
        id: &str,
        parameters: &Parameters,
        now: DateTime<Utc>,
    ) -> Result<Value, StripeError> {
        parameters.allow(&["cancellation_reason"])?;
        let place = self.place_of(id)?;
        let intent = &self.intents[place];
        if matches!(intent.status, Status::Succeeded | Status::Canceled | Status::Processing) {
            let message = format!(
                "You cannot cancel this PaymentIntent because it has a status of {}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action.",
                intent.status.text()
            );
            return Err(StripeError::unexpected_state(
                message,
                self.intent_json(intent, Expand::Nothing),
            ));
        }
        self.give_up(place, now);
        Ok(self.intent_json(&self.intents[place], Expand::of(parameters)))
    }

    /// # Panics
    /// When the intent does not wait for its shopper.
    pub(super) fn authenticate(&mut self, id: &str, passed: bool, now: DateTime<Utc>) {
        let place = self.waiting(id, Status::RequiresAction);
        if passed {
            self.intents[place].charge = Some(Charge::new(self.id("ch"), "succeeded", now));
            self.approve(place, now);
        } else {
            self.refuse(place, cards::not_authenticated(), now);
        }
    }

    /// Gives whether the intent can still be confirmed; if so, it is.
    ///
    /// # Panics
    /// When there is no such intent.
    pub(super) fn confirm_again(&mut self, id: &str, now: DateTime<Utc>) -> bool {
        let place = self.place_of(id).expect("the stand-in has this intent");
        if self.intents[place].status != Status::RequiresPaymentMethod {
            return false;
        }
        let charge = Charge::new(self.id("ch"), "succeeded", now);
        let intent = &mut self.intents[place];
        intent.charge = Some(charge);
        intent.last_error = None;
        self.approve(place, now);
        true
    }

    /// # Panics
    /// When the intent is not processing.
    pub(super) fn finish_processing(&mut self, id: &str, succeeded: bool, now: DateTime<Utc>) {
        let place = self.waiting(id, Status::Processing);
        if let Some(charge) = &mut self.intents[place].charge {
            charge.status = if succeeded { "succeeded" } else { "failed" };
        }
        match succeeded {
            true => self.approve(place, now),
            false => self.refuse(place, cards::declined("card_declined", Some("insufficient_funds")), now),
        }
    }

    /// # Panics
    /// When the intent has no charge.
    pub(super) fn dispute(&mut self, id: &str, now: DateTime<Utc>) {
        let dispute = self.id("dp");
        let intent = self.intent(id).expect("the stand-in has this intent").clone();
        let charge = intent.charge.expect("a charge that can be disputed");
        self.tell_dispute(&dispute, &charge.id, (id, intent.amount, &intent.currency), now);
    }

    /// Authorizations lapse; refunds come to their end.
    pub(super) fn pass_time(&mut self, now: DateTime<Utc>) {
        self.cause = None;
        for place in 0..self.intents.len() {
            let intent = &self.intents[place];
            if intent.status == Status::RequiresCapture && intent.created + HOLD <= now {
                match intent.amount_received {
                    0 => self.give_up(place, now),
                    // What was captured stays.
                    _ => {
                        self.take(place, 0, true);
                        self.tell_intent("payment_intent.succeeded", place, now);
                    }
                }
            }
        }
        self.finish_refunds(now);
    }

    /// The bank approved: the money is held, or taken.
    pub(super) fn approve(&mut self, place: usize, now: DateTime<Utc>) {
        self.save_method(place);
        let intent = &mut self.intents[place];
        if intent.manual {
            intent.status = Status::RequiresCapture;
            self.tell_charge("charge.succeeded", place, now);
            self.tell_intent("payment_intent.amount_capturable_updated", place, now);
        } else {
            let amount = intent.amount;
            self.take(place, amount, true);
            self.tell_charge("charge.succeeded", place, now);
            self.tell_intent("payment_intent.succeeded", place, now);
        }
    }

    /// The bank refused, or the shopper did not prove who they are.
    pub(super) fn refuse(&mut self, place: usize, details: Value, now: DateTime<Utc>) {
        let intent = &mut self.intents[place];
        intent.status = Status::RequiresPaymentMethod;
        intent.last_error = Some(details);
        if intent.charge.is_some() {
            self.tell_charge("charge.failed", place, now);
        }
        self.tell_intent("payment_intent.payment_failed", place, now);
    }

    /// The money is taken; where it is the last of it, what is left of the authorization is released.
    fn take(&mut self, place: usize, amount: i64, is_final: bool) {
        let intent = &mut self.intents[place];
        intent.amount_received += amount;
        if is_final {
            intent.status = Status::Succeeded;
        }
        if let Some(charge) = &mut intent.charge {
            charge.captured = true;
            charge.amount_captured = intent.amount_received;
            charge.amount_released = if is_final {
                intent.amount - intent.amount_received
            } else {
                0
            };
        }
    }

    fn give_up(&mut self, place: usize, now: DateTime<Utc>) {
        let intent = &mut self.intents[place];
        let was_held = intent.status == Status::RequiresCapture;
        intent.status = Status::Canceled;
        if let Some(charge) = intent.charge.as_mut().filter(|_| was_held) {
            charge.amount_released = intent.amount - intent.amount_received;
            self.tell_charge("charge.refunded", place, now);
        }
        self.tell_intent("payment_intent.canceled", place, now);
    }

    fn waiting(&self, id: &str, status: Status) -> usize {
        let place = self.place_of(id).expect("the stand-in has this intent");
        assert_eq!(self.intents[place].status, status, "{id}");
        place
    }
}
