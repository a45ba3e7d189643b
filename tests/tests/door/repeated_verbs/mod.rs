//! A verb that leads to a state answers a repeat with that state, and does nothing twice: the answer may have been lost.
//! A version that was seen before the first one is no reason to refuse the second.

mod contract;
mod orders;
mod staff;

use std::{collections::BTreeSet, sync::Mutex};

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, shop::PASSWORD};

use self::contract::Contract;

/// The last word of a mutation that leads to a state.
const VERBS: [&str; 25] = [
    "Abandon",
    "Accept",
    "Apply",
    "Cancel",
    "Claim",
    "Close",
    "Complete",
    "Confirm",
    "Deactivate",
    "Delete",
    "Disable",
    "Dismiss",
    "Dispatch",
    "Enable",
    "End",
    "Reactivate",
    "Receive",
    "Remove",
    "Repair",
    "Restore",
    "Revive",
    "Revoke",
    "Ship",
    "Unlink",
    "Withdraw",
];

/// Those that are walked where there is what they need, or for which there is no second time.
const ELSEWHERE: [(&str, &str); 35] = [
    (
        "customerEmailChangeConfirm",
        "its link is used up: a key makes it repeatable",
    ),
    (
        "customerEmailConfirm",
        "its link opens one session: a key makes it repeatable",
    ),
    ("customerEraseConfirm", "privacy.rs"),
    ("creditFindingDismiss", "credit/books.rs"),
    ("creditFindingRepair", "credit/books.rs"),
    ("discountCodeDeactivate", "discount_desk/codes.rs"),
    ("discountCodesGenerateCancel", "discount_desk/codes.rs"),
    ("draftOrderComplete", "draft_orders/desk.rs"),
    ("flagDelete", "flags/mod.rs"),
    ("flagRestore", "flags/mod.rs"),
    ("identityUnlink", "nothing is left that tells whose it was"),
    ("jobRevive", "jobs.rs"),
    (
        "jobsRevive",
        "it names no jobs: it revives what is buried at that moment",
    ),
    ("legacyOrderDismiss", "legacy/mod.rs"),
    ("legacyOrderRepair", "legacy/mod.rs"),
    ("mediaDelete", "media/products.rs"),
    ("mediaRestore", "media/products.rs"),
    ("productPicturesRemove", "media/products.rs"),
    ("purchaseRequestWithdraw", "trade/approvals.rs"),
    ("translationsRemove", "translations/writing.rs"),
    ("reconciliationFindingDismiss", "reconciliation/findings.rs"),
    ("reconciliationFindingRepair", "reconciliation/repairs.rs"),
    ("refundConfirm", "manual_methods.rs"),
    ("returnCancel", "returns/policy.rs"),
    ("returnClose", "returns/refunds.rs"),
    ("returnReceive", "returns/refunds.rs"),
    ("savedPaymentMethodRemove", "stripe/saved_cards.rs"),
    ("shopApply", "shop_file.rs"),
    (
        "staffInvitationAccept",
        "its link opens one session: a key makes it repeatable",
    ),
    (
        "staffTwoFactorConfirm",
        "recovery codes are shown once: a key makes it repeatable",
    ),
    ("staffTwoFactorDisable", "staff/second_factor.rs"),
    ("variantFileDelete", "downloads.rs"),
    ("variantFileRestore", "downloads.rs"),
    ("withdrawalAccept", "returns/withdrawals/decided.rs"),
    ("withdrawalConfirm", "returns/withdrawals/by_number.rs"),
];

/// What does everything twice.
struct Walk {
    contract: Contract,
    shop: TestShop,
    staff: Client,
    walked: Mutex<BTreeSet<String>>,
}

impl Walk {
    /// Does it twice, at the same version if it takes one, and gives what it answers.
    async fn twice_at(&self, client: &Client, mutation: &str, mut input: Value, version: &Value) -> Value {
        if self.contract.takes_version(mutation) {
            input["expectedVersion"] = version.clone();
        }
        let document = self.contract.document(mutation);
        let input = json!({ "input": input });
        let mut answers = Vec::new();
        for _ in 0..2 {
            let payload = client.payload(&document, input.clone()).await;
            assert_eq!(payload["userErrors"], json!([]), "{mutation}, {input}");
            answers.push(payload);
        }
        assert_eq!(answers[0], answers[1], "{mutation}, {input}");
        self.walked.lock().unwrap().insert(mutation.to_owned());
        let payload = answers.swap_remove(0);
        // Some tell what they did by other than an object.
        let object = payload.as_object().unwrap().iter().find(|(_, value)| value.is_object());
        object.map_or(Value::Null, |(_, value)| value.clone())
    }

    async fn twice(&self, client: &Client, mutation: &str, input: Value) -> Value {
        self.twice_at(client, mutation, input, &Value::Null).await
    }

    /// Another session of a customer's.
    async fn signed_in_anew(&self, email: &str) -> Client {
        let login = "mutation($input: CustomerLoginInput!) { customerLogin(input: $input) { session { accessToken } userErrors { code } } }";
        let input = json!({ "input": { "email": email, "password": PASSWORD } });
        let session = self.shop.guest().done(login, input).await["session"].take();
        self.shop.guest().with_token(session["accessToken"].as_str().unwrap())
    }

    /// Makes a thing: its `id` and, where it has one, its `version`.
    async fn made(&self, client: &Client, mutation: &str, input: Value) -> Value {
        let payload = client
            .done(&self.contract.document(mutation), json!({ "input": input }))
            .await;
        let object = payload.as_object().unwrap().iter().find(|(_, value)| value.is_object());
        object.unwrap().1.clone()
    }

    /// Deletes a thing twice, and restores it twice.
    async fn comes_back(&self, client: &Client, noun: &str, made: &Value) {
        let id = json!({ "id": made["id"] });
        let gone = self
            .twice_at(client, &format!("{noun}Delete"), id.clone(), &made["version"])
            .await;
        self.twice_at(client, &format!("{noun}Restore"), id, &gone["version"])
            .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_verb_that_leads_to_a_state_answers_a_repeat_with_it() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let walk = Walk {
        contract: Contract::read(),
        shop,
        staff,
        walked: Mutex::default(),
    };
    walk.what_staff_keep().await;
    walk.what_staff_do().await;
    walk.of_orders_and_carts().await;
    walk.of_stock().await;

    let meant: BTreeSet<_> = walk.contract.mutations();
    let meant = meant
        .iter()
        .filter(|name| VERBS.iter().any(|verb| name.ends_with(verb)));
    let elsewhere = |name: &String| ELSEWHERE.iter().any(|(known, _)| known == name);
    let walked = walk.walked.lock().unwrap().clone();
    let forgotten: Vec<_> = meant
        .filter(|name| !walked.contains(*name) && !elsewhere(name))
        .collect();
    assert!(forgotten.is_empty(), "nobody has tried to repeat {forgotten:?}");
    let both: Vec<_> = walked.iter().filter(|name| elsewhere(name)).collect();
    assert!(both.is_empty(), "{both:?} are walked here");
    walk.shop.settle().await;
    walk.shop.close().await;
}
