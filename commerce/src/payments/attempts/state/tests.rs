use proptest::prelude::*;
use serde_json::json;
use vitrine_entity::ids::PaymentId;

use super::*;
use crate::money::{Currency, Money};

const AMOUNT: i64 = 100;

fn charge(state: ChargeState) -> ProviderCharge {
    let captured_minor = if state == ChargeState::Captured { AMOUNT } else { 0 };
    ProviderCharge {
        reference: "ch_1".to_owned(),
        payment: PaymentId(uuid::Uuid::from_u128(1)),
        state,
        amount: Money::new(AMOUNT, Currency::EUR),
        captured_minor,
        refunded_minor: 0,
        live: false,
        capture_before: None,
        in_parts: false,
        saved: None,
        request_id: None,
    }
}

fn declined() -> ChargeState {
    ChargeState::Declined {
        code: "authentication_failed".to_owned(),
    }
}

fn action_required() -> ChargeState {
    ChargeState::ActionRequired {
        client: json!({ "type": "redirect" }),
    }
}

/// What happens, in a form that owns what it tells.
#[derive(Debug, Clone)]
enum Step {
    Sent,
    NotSent,
    Withdrawn,
    Told(ChargeState, bool),
    Refunded(i64),
    RefundReturned(i64),
}

fn any_told() -> impl Strategy<Value = ChargeState> {
    prop::sample::select(vec![
        ChargeState::Captured,
        ChargeState::Authorized,
        action_required(),
        ChargeState::Approved,
        declined(),
        ChargeState::Pending,
        ChargeState::Voided,
    ])
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Sent),
        Just(Step::NotSent),
        Just(Step::Withdrawn),
        (any_told(), any::<bool>()).prop_map(|(state, after_void)| Step::Told(state, after_void)),
        (1..=AMOUNT).prop_map(Step::Refunded),
        (1..=AMOUNT).prop_map(Step::RefundReturned),
    ]
}

fn begun() -> Attempt {
    Attempt {
        state: State::Created,
        confirmable: false,
    }
}

/// As the row would remember it.
fn after(attempt: &Attempt, step: &Step) -> Option<Attempt> {
    let charge = |state: &ChargeState| charge(state.clone());
    let told;
    let event = match step {
        Step::Sent => Event::Sent {
            at: DateTime::from_timestamp(1_800_000_000, 0).expect("a time"),
        },
        Step::NotSent => Event::NotSent,
        Step::Withdrawn => Event::Withdrawn,
        Step::Told(state, after_void) => {
            told = charge(state);
            Event::Told {
                charge: &told,
                after_void: *after_void,
            }
        }
        Step::Refunded(amount_minor) => Event::Refunded {
            amount_minor: *amount_minor,
        },
        Step::RefundReturned(amount_minor) => Event::RefundReturned {
            amount_minor: *amount_minor,
        },
    };
    let state = transition(attempt, &event).ok()?;
    let confirmable = attempt.confirmable || matches!(state, State::ActionRequired { .. });
    Some(Attempt { state, confirmable })
}

fn walk(story: impl IntoIterator<Item = Step>) -> Attempt {
    story
        .into_iter()
        .fold(begun(), |attempt, step| after(&attempt, &step).unwrap_or(attempt))
}

fn hear(story: &[ChargeState]) -> State {
    walk(story.iter().map(|state| Step::Told(state.clone(), false))).state
}

/// How far along a state is.
fn rank(state: &State) -> u8 {
    match state {
        State::Created => 0,
        State::Unknown { .. } => 1,
        State::ActionRequired { .. } | State::Pending | State::Reopenable { .. } => 2,
        State::Authorized { .. } => 3,
        State::Declined { .. } | State::Voided => 4,
        State::Captured { .. } => 5,
        State::Refunded { .. } => 6,
    }
}

#[test]
fn a_decline_that_a_browser_may_still_confirm_is_final_only_once_it_is_voided() {
    let asked = walk([Step::Sent, Step::Told(action_required(), false)]);
    let reopenable = after(&asked, &Step::Told(declined(), false)).expect("news");
    let code = "authentication_failed".to_owned();
    assert_eq!(
        reopenable.state,
        State::Reopenable {
            decline_code: code.clone()
        }
    );
    assert_eq!(reopenable.state.status(), PaymentStatus::Pending);
    assert_eq!(
        after(&reopenable, &Step::Told(declined(), false)),
        None,
        "one job is voiding it"
    );
    let is_final = Some(State::Declined { decline_code: code });
    for told in [Step::Told(ChargeState::Voided, true), Step::Told(declined(), true)] {
        assert_eq!(after(&reopenable, &told).map(|attempt| attempt.state), is_final);
    }
}

#[test]
fn what_is_given_up_after_the_shopper_went_on_was_not_declined() {
    let voided = Step::Told(ChargeState::Voided, true);
    let before = [Step::Told(action_required(), false), Step::Told(declined(), false)];
    for onward in [action_required(), ChargeState::Authorized] {
        let story = before
            .clone()
            .into_iter()
            .chain([Step::Told(onward, false), voided.clone()]);
        assert_eq!(walk(story).state, State::Voided);
    }
    let pending = [
        Step::Told(action_required(), false),
        Step::Told(ChargeState::Pending, false),
    ];
    assert_eq!(
        walk(before.into_iter().chain(pending).chain([voided])).state,
        State::Voided
    );
}

#[test]
fn what_the_shopper_has_agreed_to_is_sent_anew() {
    let approved = Step::Told(ChargeState::Approved, false);
    let agreed = walk([Step::Sent, Step::Told(action_required(), false), approved.clone()]);
    assert_eq!(agreed.state, State::Unknown { sent_at: None });
    assert_eq!(after(&agreed, &approved), None, "it is to be sent already");
    let sent = after(&agreed, &Step::Sent).expect("it may be sent");
    assert!(matches!(sent.state, State::Unknown { sent_at: Some(_) }), "{sent:?}");
    // Nobody gives up what may be on its way, nor sends what was given up.
    assert_eq!(after(&sent, &Step::Withdrawn), None);
    let voided = walk([
        Step::Sent,
        Step::Told(action_required(), false),
        Step::Told(ChargeState::Voided, true),
    ]);
    assert_eq!(after(&voided, &approved), None);
}

#[test]
fn a_decline_that_nobody_can_confirm_is_final() {
    let told = walk([Step::Sent, Step::Told(declined(), false)]);
    assert!(matches!(told.state, State::Declined { .. }), "{told:?}");
}

#[test]
fn nothing_unsent_is_unknown_and_nothing_sent_is_withdrawn() {
    assert_eq!(after(&begun(), &Step::NotSent), None);
    assert_eq!(after(&walk([Step::Sent]), &Step::Withdrawn), None);
    assert_eq!(walk([Step::Sent, Step::NotSent, Step::Withdrawn]).state, State::Voided);
}

#[test]
fn staff_may_correct_what_was_captured_and_nothing_that_was_not() {
    let correct = Event::CaptureCorrected { captured_minor: 90 };
    let attempt = |state| Attempt {
        state,
        confirmable: false,
    };
    let captured = attempt(State::Captured {
        captured_minor: 80,
        refunded_minor: 10,
    });
    let corrected = State::Captured {
        captured_minor: 90,
        refunded_minor: 10,
    };
    assert_eq!(transition(&captured, &correct), Ok(corrected));
    assert_eq!(transition(&attempt(State::Voided), &correct), Err(Unmoved::Past));
    let all_back = attempt(State::Captured {
        captured_minor: 95,
        refunded_minor: 95,
    });
    assert_eq!(transition(&all_back, &correct), Err(Unmoved::OutOfBounds));
}

proptest! {
    #[test]
    fn nothing_moves_backwards(steps in prop::collection::vec(any_step(), 0..40)) {
        let mut attempt = begun();
        for step in steps {
            let Some(next) = after(&attempt, &step) else { continue };
            let may_go_back = matches!(
                step,
                Step::NotSent | Step::RefundReturned(_) | Step::Told(ChargeState::Approved, _)
            );
            prop_assert!(rank(&next.state) >= rank(&attempt.state) || may_go_back, "{attempt:?} → {next:?}");
            if let State::Captured { captured_minor, refunded_minor } = next.state {
                prop_assert!((0..captured_minor).contains(&refunded_minor));
            }
            attempt = next;
        }
    }

    #[test]
    fn what_is_told_twice_changes_nothing(story in prop::collection::vec(any_told(), 0..12), last in any_told()) {
        let once = story.iter().cloned().chain([last.clone()]).collect::<Vec<_>>();
        let twice = once.iter().cloned().chain([last]).collect::<Vec<_>>();
        prop_assert_eq!(hear(&once), hear(&twice));
    }

    #[test]
    fn captured_money_is_never_forgotten(before in prop::collection::vec(any_told(), 0..8), after in prop::collection::vec(any_told(), 0..8)) {
        let story: Vec<_> = before.into_iter().chain([ChargeState::Captured]).chain(after).collect();
        prop_assert_eq!(hear(&story).status(), PaymentStatus::Captured);
    }

    #[test]
    fn a_true_story_ends_alike_in_any_order(mut story in Just(vec![ChargeState::Pending, ChargeState::Authorized, ChargeState::Captured]).prop_shuffle()) {
        story.push(ChargeState::Captured);
        prop_assert_eq!(hear(&story).status(), PaymentStatus::Captured);
    }

    /// What the machine says of news, and what it does with them, agree.
    #[test]
    fn whatever_moves_is_news(steps in prop::collection::vec(any_step(), 0..12), told in any_told()) {
        let attempt = walk(steps);
        let moved = after(&attempt, &Step::Told(told.clone(), true));
        prop_assert_eq!(moved.is_some(), is_news(attempt.state.status(), &told), "{:?}", attempt);
    }
}
