//! Two change an order at once, or one changes it while another sends it or gives it up.

use futures::future::{join, join_all};
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

use super::{CANCEL, DISPATCH, EDIT, cents, change, kept, line, on_hand, order};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_two_changes_is_made_and_every_unit_is_somewhere_once() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 100).await;
    let guest = shop.guest();
    let (mut placed, mut sent_units, mut held_units) = (Vec::new(), 0, 0);
    for _ in 0..3 {
        placed.push(guest.buy(&[(&mug, 3)], "tok_approve").await);
    }
    shop.settle().await;
    for (round, placed) in placed.iter().enumerate() {
        let before = order(&staff, placed).await;
        let to = |quantity: i64| {
            let lines = json!({ "lines": [{ "lineId": line(&before, "MUG-1"), "quantity": quantity }] });
            change(&before, &format!("{round}-{quantity}"), lines)
        };
        let dispatch = json!({ "input": { "orderId": placed.id } });
        let codes = match round {
            0 => {
                let both = join_all([1, 2].map(|quantity| staff.refusals(EDIT, to(quantity)))).await;
                both.concat()
            }
            1 => {
                let (edited, sent) = join(staff.refusals(EDIT, to(1)), staff.refusals(DISPATCH, dispatch)).await;
                [edited, sent].concat()
            }
            _ => {
                let cancel = json!({ "input": { "orderId": placed.id } });
                let (edited, cancelled) = join(staff.refusals(EDIT, to(1)), staff.refusals(CANCEL, cancel)).await;
                [edited, cancelled].concat()
            }
        };
        let is_expected = |code: &String| matches!(code.as_str(), "VERSION_CONFLICT" | "ORDER_STATE");
        assert!(codes.len() <= 1 && codes.iter().all(is_expected), "{codes:?}");
        assert!(round > 0 || codes.len() == 1, "{codes:?}");
        shop.settle().await;
        let after = order(&staff, placed).await;
        let total = match after["status"].as_str().unwrap() {
            "CANCELLED" => 0,
            status => {
                let units = after["lines"][0]["quantity"].as_i64().unwrap();
                *(if status == "DISPATCHED" {
                    &mut sent_units
                } else {
                    &mut held_units
                }) += units;
                cents(&after["cost"]["total"])
            }
        };
        assert_eq!(kept(&after), total, "{after}");
    }
    assert_eq!(on_hand(&staff, &mug).await, 100 - sent_units - held_units);
    shop.close().await;
}
