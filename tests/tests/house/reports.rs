//! What users of other shops' software have reported in public of refunds, returns, exchanges, changed orders and parcels, and
//! the test by which each is seen to be otherwise here.

use std::fs;

use super::{root, sources};

/// A report, what was complained of, and where the test stands, with its name.
type Report = (&'static str, &'static str, &'static str, &'static str);

const EDITS: &str = "tests/tests/door/edits/reports.rs";
const RETURNS: &str = "tests/tests/door/returns/reports.rs";
const EDITED: &str = "what_is_reported_of_edits_elsewhere";
const RETURNED: &str = "what_is_reported_of_returns_elsewhere";
const REPRICED: &str = "commerce/src/fulfilment/edits/reprice/tests.rs";
const BY_UNITS: &str = "commerce/src/payments/transfers/refund/lines.rs";

const REPORTS: [Report; 35] = [
    // Refunds.
    (
        "medusajs/medusa#8603",
        "a part was asked for, and all of it was paid back",
        "tests/tests/door/stripe/refunds.rs",
        "staff_pay_back_in_parts_and_never_too_much",
    ),
    (
        "medusajs/medusa#9261",
        "nothing is paid back unless a return asks for it",
        "tests/tests/door/stripe/refunds.rs",
        "staff_pay_back_in_parts_and_never_too_much",
    ),
    (
        "medusajs/medusa#10760",
        "tax is not paid back with the goods",
        "tests/tests/door/credit/refunds.rs",
        "units_and_shipping_go_back_once_over_all_that_paid_for_them",
    ),
    (
        "vendurehq/vendure#868",
        "the rest of a line is not paid back after a part was",
        RETURNS,
        RETURNED,
    ),
    (
        "spree/spree#10099",
        "all of it is said to be paid back, and shipping is not",
        "tests/tests/door/returns/withdrawals/by_number.rs",
        "a_guest_withdraws_by_number_and_is_paid_back_in_full",
    ),
    (
        "spree/spree#5915",
        "with a discount less is paid back than was paid",
        BY_UNITS,
        "all_units_together_are_paid_back_to_the_minor_unit",
    ),
    (
        "spree/spree#5656",
        "refunds one after the other add up to more than was paid, by rounding",
        BY_UNITS,
        "all_units_together_are_paid_back_to_the_minor_unit",
    ),
    (
        "Sylius/RefundPlugin#110",
        "shipping is paid back without its tax and discount",
        "tests/tests/door/credit/refunds.rs",
        "units_and_shipping_go_back_once_over_all_that_paid_for_them",
    ),
    (
        "Sylius/RefundPlugin#65",
        "of shipping that is back in part all is shown as back",
        "tests/tests/door/credit/refunds.rs",
        "units_and_shipping_go_back_once_over_all_that_paid_for_them",
    ),
    (
        "saleor/saleor-dashboard#4483",
        "of an order that is sent nothing can be paid back",
        RETURNS,
        RETURNED,
    ),
    (
        "medusajs/medusa#13091",
        "a part cannot be paid back, for a part of the smallest coin",
        "tests/tests/door/stripe/steps.rs",
        "a_total_with_an_odd_thousandth_is_a_problem_of_the_cart",
    ),
    (
        "magento/magento2#23964",
        "a part was sent, the rest is paid back, and the order stays open",
        RETURNS,
        RETURNED,
    ),
    (
        "Automattic/woocommerce-services#2371",
        "what was paid back is still to be sent",
        "tests/tests/door/inventory/backorders.rs",
        "what_is_promised_is_told_filled_in_turn_and_sent_once_it_is_there",
    ),
    // Returns.
    (
        "medusajs/medusa#13433",
        "several returns of one payment give a wrong sum",
        RETURNS,
        RETURNED,
    ),
    (
        "medusajs/admin#522",
        "what the shop keeps for the way back is not taken off",
        "tests/tests/door/returns/refunds.rs",
        "a_guest_sends_goods_back_in_two_parcels",
    ),
    (
        "medusajs/medusa#4052",
        "goods are not taken in without paying for them",
        RETURNS,
        RETURNED,
    ),
    (
        "spree/spree#9413",
        "less than the whole price of a unit cannot be paid back",
        "tests/tests/door/returns/refunds.rs",
        "a_guest_sends_goods_back_in_two_parcels",
    ),
    (
        "saleor/saleor#17712",
        "with a return the parcel and its tracking number are lost",
        RETURNS,
        RETURNED,
    ),
    (
        "saleor/saleor#6574",
        "goods that nobody counts are not paid back",
        RETURNS,
        RETURNED,
    ),
    (
        "saleor/saleor#2868",
        "nobody is asked whether goods are sold again",
        "tests/tests/door/returns/refunds.rs",
        "a_guest_sends_goods_back_in_two_parcels",
    ),
    (
        "solidusio/solidus#512",
        "goods that come back are paid back whole, though a part of their price is back",
        RETURNS,
        RETURNED,
    ),
    // Exchanges and claims.
    (
        "medusajs/medusa#7653",
        "an exchange costs both goods, and not the difference",
        "tests/tests/door/returns/dearer.rs",
        "a_guest_pays_what_the_other_goods_cost_more_and_gets_back_what_they_cost_less",
    ),
    (
        "medusajs/medusa#11735",
        "what is sent again takes nothing from stock",
        "tests/tests/door/returns/exchanges/mod.rs",
        "goods_are_exchanged_sent_again_and_made_good",
    ),
    // Changed orders.
    (
        "vendurehq/vendure#4013",
        "what was added and not paid is paid back once it is taken out",
        EDITS,
        EDITED,
    ),
    (
        "vendurehq/vendure#4728",
        "what was added and paid is not paid back with the order",
        EDITS,
        EDITED,
    ),
    (
        "vendurehq/vendure#846",
        "an order of which a line was taken out is not sent any more",
        EDITS,
        EDITED,
    ),
    (
        "vendurehq/vendure#1210",
        "what is added is not taken from stock",
        EDITS,
        EDITED,
    ),
    (
        "medusajs/medusa#13068",
        "the difference is wrong once a payment was captured",
        "tests/tests/door/edits/story.rs",
        "an_order_is_changed_paid_and_sent",
    ),
    (
        "medusajs/medusa#5612",
        "what is paid in cash or by transfer does not follow a change",
        "commerce/src/payments/owed.rs",
        "a_promise_is_for_the_rest",
    ),
    (
        "medusajs/medusa#11429",
        "where prices are without tax, a change loses it",
        REPRICED,
        "what_is_changed_adds_up",
    ),
    (
        "shopware/shopware#2484",
        "another price of shipping leaves its tax as it was",
        EDITS,
        EDITED,
    ),
    (
        "shopware/shopware#7610",
        "a change is taxed by the customer's address of today",
        EDITS,
        EDITED,
    ),
    (
        "shopware/shopware#3737",
        "discounts stay as they were though lines change",
        REPRICED,
        "a_line_takes_along_what_was_taken_off_it",
    ),
    // Parcels.
    (
        "medusajs/medusa#9821",
        "the last units are held for an order, and cannot be sent to it",
        EDITS,
        EDITED,
    ),
    (
        "vendurehq/vendure#1250",
        "a parcel that is unpacked leaves stock wrong",
        EDITS,
        EDITED,
    ),
];

#[test]
fn every_report_has_its_test() {
    for (place, (report, complaint, file, test)) in REPORTS.into_iter().enumerate() {
        let is_told_before = REPORTS[..place].iter().any(|(other, ..)| *other == report);
        assert!(!is_told_before, "{report} stands twice");
        let source = fs::read_to_string(root().join(file)).unwrap_or_default();
        assert!(
            source.contains(&format!("fn {test}(")),
            "{report} ({complaint}): there is no test {test} in {file}"
        );
    }
}

/// `docs/discount-reports.md` names one with each report.
#[test]
fn each_report_names_a_test_that_is_there() {
    let document = fs::read_to_string(root().join("docs/discount-reports.md")).expect("it is there");
    let rows = document.lines().filter(|line| line.starts_with("| ["));
    let named: Vec<&str> = rows
        .map(|row| {
            let last = row.trim_end_matches([' ', '|']).rsplit('|').next();
            last.unwrap_or_default().trim_matches([' ', '`'])
        })
        .collect();
    assert!(named.len() >= 25, "{named:?}");
    let sources = sources();
    let is_there = |name: &str| {
        sources
            .iter()
            .any(|(_, source)| source.contains(&format!("fn {name}(")))
    };
    let gone: Vec<_> = named.into_iter().filter(|name| !is_there(name)).collect();
    assert!(gone.is_empty(), "{gone:?}");
}
