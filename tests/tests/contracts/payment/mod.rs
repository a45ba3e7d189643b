//! What every payment provider must do, run on the simulated one, on Stripe's adapter over the
//! stand-in, of what holds where the shopper agrees first on PayPal's and Klarna's over their own, and on a real Stripe (its test mode), or another's imitation of it, where
//! `VITRINE_TEST_STRIPE_URL` and `VITRINE_TEST_STRIPE_KEY` name one.
//!
//! To add a promise: write it as a function of a [`bench::Bench`] and name it in a list below. It
//! must hold for all, so assert only what a real Stripe does. What needs a hand on the provider's
//! side (a shopper who passes a second factor, a webhook) is in the second list; what holds for
//! providers that staff settle, too, is in the third. What is one provider's own is in a folder of
//! its name.

mod bench;
mod by_staff;
mod calls;
mod captures;
mod charges;
mod keys;
mod klarna;
mod look_ups;
mod paypal;
mod refunds;
mod saved;
mod second_factor;
mod simulated;
mod statements;
mod stripe;
mod webhooks;

/// Each promise as a test on a provider.
macro_rules! promises {
    ($on:ident: $($file:ident: $($promise:ident),+;)+) => {
        mod $on {
            $(mod $file {
                $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $promise() {
                    crate::payment::bench::$on(crate::payment::$file::$promise).await;
                })+
            })+
        }
    };
}

macro_rules! contract {
    ($($file:ident: $($promise:ident),+;)+) => {
        promises! { on_the_simulated: $($file: $($promise),+;)+ }
        promises! { on_the_stand_in: $($file: $($promise),+;)+ }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn a_real_stripe_keeps_every_promise() {
            let mut real = bench::RealStripe::default();
            $($(real.hold_to(concat!(stringify!($file), "::", stringify!($promise)), $file::$promise).await;)+)+
            real.finish();
        }
    };
}

macro_rules! contract_with_a_hand {
    ($($promises:tt)+) => {
        mod with_a_hand {
            promises! { on_the_simulated: $($promises)+ }
            promises! { on_the_stand_in: $($promises)+ }
        }
    };
}

macro_rules! contract_by_staff {
    ($($promises:tt)+) => {
        promises! { on_bank_transfer: $($promises)+ }
        promises! { on_cash_on_delivery: $($promises)+ }
    };
}

macro_rules! contract_by_agreement {
    ($($promises:tt)+) => {
        promises! { on_paypal: $($promises)+ }
    };
}

contract! {
    charges: a_charge_captures, an_authorization_holds, a_decline_has_its_code, nothing_cannot_be_charged,
        an_answer_names_its_request;
    captures: all_is_captured, a_part_is_captured_and_the_rest_released, above_is_rejected, a_second_capture_is_rejected,
        a_void_releases, a_void_after_a_capture_is_rejected, a_capture_after_a_void_is_rejected, a_declined_charge_has_nothing;
    refunds: part_part_and_rest, above_is_rejected, what_was_released_is_not_paid_back, the_uncaptured_is_not_paid_back,
        a_refund_may_be_pending;
    keys: the_same_charge_twice_acts_once, the_same_capture_twice_acts_once, the_same_void_twice_acts_once,
        the_same_refund_twice_acts_once, a_replay_answers_as_the_first_time, a_key_is_for_one_request,
        many_at_once_charge_once, another_key_charges_again;
    look_ups: by_reference_and_by_our_id, the_unknown_is_none, what_became_of_it, the_one_that_holds_money,
        refunds_by_reference_and_by_our_id;
    saved: a_saved_card_pays_again, what_is_not_saved_is_not_told, anothers_card_pays_nothing, a_detached_card_pays_nothing,
        a_deleted_customer_has_no_cards, what_is_kept_is_shown;
    second_factor: the_shopper_is_asked, what_waits_cannot_be_captured, what_waits_can_be_given_up;
    statements: what_was_captured_and_paid_back, bounds_are_kept, every_page_is_read;
}

contract_with_a_hand! {
    second_factor: a_passed_one_captures, a_passed_one_holds, a_failed_one_declines;
    webhooks: a_charge_is_told, a_refund_is_told, tampered_is_refused, unsigned_is_refused, stale_is_refused,
        the_future_is_refused, the_unknown_is_ignored, nonsense_is_malformed;
}

contract_by_agreement! {
    charges: a_charge_captures, an_authorization_holds, nothing_cannot_be_charged, an_answer_names_its_request;
    captures: all_is_captured, a_part_is_captured_and_the_rest_released, above_is_rejected, a_second_capture_is_rejected,
        a_void_releases, a_void_after_a_capture_is_rejected, a_capture_after_a_void_is_rejected, a_declined_charge_has_nothing;
    refunds: part_part_and_rest, above_is_rejected, what_was_released_is_not_paid_back, the_uncaptured_is_not_paid_back;
    keys: the_same_capture_twice_acts_once, the_same_void_twice_acts_once, the_same_refund_twice_acts_once,
        a_key_is_for_one_request;
    look_ups: the_unknown_is_none, refunds_by_reference_and_by_our_id;
    second_factor: the_shopper_is_asked, what_waits_cannot_be_captured;
    statements: bounds_are_kept;
}

// Where a page is, Klarna tells once, and a charge is captured by a call of its own.
promises! {
    on_klarna:
    charges: a_charge_captures, an_authorization_holds, nothing_cannot_be_charged, an_answer_names_its_request;
    captures: all_is_captured, a_part_is_captured_and_the_rest_released, above_is_rejected, a_second_capture_is_rejected,
        a_void_releases, a_void_after_a_capture_is_rejected, a_capture_after_a_void_is_rejected, a_declined_charge_has_nothing;
    refunds: part_part_and_rest, above_is_rejected, what_was_released_is_not_paid_back, the_uncaptured_is_not_paid_back;
    keys: the_same_capture_twice_acts_once, the_same_void_twice_acts_once, the_same_refund_twice_acts_once,
        a_key_is_for_one_request;
    look_ups: the_unknown_is_none, refunds_by_reference_and_by_our_id;
    second_factor: what_waits_cannot_be_captured, what_waits_can_be_given_up;
    statements: bounds_are_kept;
}

contract_by_staff! {
    by_staff: it_opens_and_takes_nothing, all_is_captured, a_part_is_captured, above_is_rejected, a_void_is_a_void,
        a_refund_waits_for_staff, twice_is_alike, anothers_reference_is_rejected, there_are_no_books;
}
