//! The tables, by whether shoppers see anything of them, and which of them a statement names.

use std::{
    collections::HashMap,
    sync::{LazyLock, PoisonError, RwLock},
};

use super::tokens::may_write;

/// Of these, something is shown to whoever comes by. Each has triggers that write its changes into `public_change`.
pub const TABLES: [&str; 45] = [
    "attribute_choice",
    "attribute_definition",
    "category",
    "collection",
    "collection_product",
    "economic_operator",
    "location",
    "media",
    "media_import",
    "menu",
    "metafield",
    "page",
    "page_version",
    "picture",
    "price",
    "price_schedule",
    "product",
    "product_attribute",
    "product_count",
    "product_listing",
    "product_option",
    "product_option_swatch",
    "product_relation",
    "product_safety",
    "product_video",
    "quantity_price",
    "search_rule",
    "search_rule_product",
    "search_settings",
    "search_term_day",
    "shipping_method",
    "shipping_zone",
    "shop_settings",
    "slug_redirect",
    "stock",
    "stock_policy",
    "stock_transfer",
    "stock_transfer_line",
    "synonym_group",
    "tax_rate",
    "translation",
    "url_redirect",
    "variant",
    "variant_attribute",
    "variant_file",
];

/// Of these, nothing is: an answer that reads one is not kept.
pub const OTHERS: [&str; 149] = [
    "app",
    "app_key",
    "backorder",
    "bulk_operation",
    "bulk_result",
    "capture",
    "cart",
    "cart_line",
    "catalog",
    "catalog_company",
    "catalog_group",
    "catalog_price",
    "catalog_product",
    "catalog_quantity",
    "catalog_turn",
    "catalog_unlisted",
    "checkout_revision",
    "collection_awaited",
    "company",
    "company_buyer",
    "company_location",
    "company_order",
    "credit_account",
    "credit_entry",
    "credit_finding",
    "customer",
    "customer_address",
    "customer_consent",
    "customer_email_change",
    "customer_group",
    "customer_group_member",
    "customer_identity",
    "customer_identity_handshake",
    "customer_notice",
    "customer_password_reset",
    "customer_sign_up",
    "data_export",
    "demo_thing",
    "discount",
    "discount_code",
    "discount_code_batch",
    "discount_customer",
    "discount_redemption",
    "discount_tally",
    "document",
    "document_series",
    "document_settings",
    "draft_order",
    "erased_address",
    "event",
    "flag",
    "idempotency_key",
    "identity",
    "identity_handshake",
    "imported_order",
    "imported_thing",
    "installation",
    "keyed_request",
    "legacy_order",
    "market",
    "media_rendition",
    "metafield_deleted",
    "notification",
    "order_adjustment",
    "order_claim",
    "order_claim_line",
    "order_credit",
    "order_download",
    "order_edit_policy",
    "order_erasure",
    "order_event",
    "order_line",
    "order_mail_resend",
    "order_note",
    "order_policy",
    "order_refund",
    "order_return",
    "order_return_event",
    "order_return_line",
    "order_return_refund",
    "order_search",
    "order_sms",
    "order_sms_consent",
    "order_tag",
    "order_version",
    "orders",
    "outbox",
    "payment",
    "payment_entry",
    "person_erasure",
    "person_export",
    "price_history",
    "price_list",
    "product_import",
    "product_sale",
    "product_sold",
    "product_word_forms",
    "provider_circuit",
    "provider_customer",
    "provider_event",
    "public_change",
    "purchase_request",
    "push_subscription",
    "readiness_probe",
    "reconciliation",
    "reconciliation_finding",
    "refresh_token",
    "refund",
    "refund_line",
    "refund_share",
    "reservation",
    "return_exemption",
    "return_picture",
    "return_policy",
    "saved_payment_method",
    "schedule",
    "search_mark",
    "session",
    "shipment",
    "shipment_event",
    "shipment_line",
    "shipment_tracking",
    "signing_key",
    "simulated_charge",
    "simulated_customer",
    "simulated_method",
    "simulated_payment",
    "simulated_refund",
    "simulated_request",
    "simulated_stumble",
    "simulated_webhook",
    "staff_audit",
    "staff_invitation",
    "staff_member",
    "staff_password_reset",
    "staff_recovery_code",
    "staff_role",
    "staff_second_factor",
    "staged_upload",
    "stock_alert",
    "stock_count",
    "stock_count_line",
    "stock_entry",
    "webhook_attempt",
    "webhook_delivery",
    "webhook_endpoint",
    "withdrawal",
    "withdrawal_event",
    "withdrawal_line",
];

/// Of [`OTHERS`], these may be read late, by whoever answers what may be: of what members are sold and what the database finds
/// in an engine's place, and of the dashboard's lists of what has been. What tells what holds at this moment (carts, sessions,
/// rights, jobs, revisions, changes) is not among them.
const LATE: [&str; 29] = [
    "catalog",
    "catalog_company",
    "catalog_group",
    "catalog_price",
    "catalog_product",
    "catalog_quantity",
    "catalog_unlisted",
    "customer",
    "customer_address",
    "customer_consent",
    "customer_group",
    "customer_group_member",
    "order_adjustment",
    "order_claim",
    "order_credit",
    "order_line",
    "order_refund",
    "order_version",
    "orders",
    "payment",
    "payment_entry",
    "price_history",
    "product_sale",
    "product_sold",
    "product_word_forms",
    "refund",
    "refund_share",
    "staff_audit",
    "stock_entry",
];

/// As `public_change` calls what was sold, which grows with every order and is a matter of those lists alone that are
/// sorted by it.
const SOLD: &str = "product_listing.sold";

/// As `public_change` calls products that each server is to bring into a search index of its own.
pub(crate) const TO_INDEX: &str = "to_index";

/// Some of [`TABLES`], what was sold, and the search engine's index.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TableSet(u64);

impl TableSet {
    /// What the engine has of the catalogue.
    pub const INDEX: Self = Self(1 << 63);
    const SOLD: Self = Self(1 << 62);
    pub const ALL: Self = Self(u64::MAX);

    /// The source of a change; a newer server may name one that this one does not know, which may be anything.
    pub fn of_source(source: &str) -> Self {
        match BITS.get(source) {
            Some(Some(bit)) => Self(*bit),
            _ if source == SOLD => Self::SOLD,
            // Nothing has changed until they are there.
            _ if source == TO_INDEX => Self::default(),
            _ => Self::ALL,
        }
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// What a statement names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) tables: TableSet,
    /// Whether one of [`OTHERS`] is among them.
    pub(super) others: bool,
    /// Whether one of those is that may not be read late.
    pub(super) now: bool,
    /// Whether it may change or lock something.
    pub(super) writes: bool,
}

/// By name; those of [`OTHERS`] have no bit.
static BITS: LazyLock<HashMap<&str, Option<u64>>> = LazyLock::new(|| {
    let shown = TABLES.iter().enumerate().map(|(at, table)| (*table, Some(1 << at)));
    shown.chain(OTHERS.iter().map(|table| (*table, None))).collect()
});

/// How many statements' names are kept. A shop has several hundred different ones.
const STATEMENTS_MAX: usize = 2_000;

static KNOWN: LazyLock<RwLock<HashMap<Box<str>, Named>>> = LazyLock::new(RwLock::default);

/// What a statement names. It is asked of every one that writes; they are few, and some have a thousand words.
pub(super) fn named(sql: &str) -> Named {
    if let Some(named) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(sql) {
        return *named;
    }
    let named = read_names(sql);
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= STATEMENTS_MAX {
        known.clear();
    }
    known.insert(sql.into(), named);
    named
}

/// Every word of a statement that is a table's name counts as that table: too many are as good as right.
fn read_names(sql: &str) -> Named {
    let mut named = Named {
        writes: may_write(sql),
        ..Named::default()
    };
    let mut reads_rows = false;
    for word in sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
        match BITS.get(word) {
            Some(Some(bit)) => named.tables.add(TableSet(*bit)),
            Some(None) => {
                named.others = true;
                named.now |= !LATE.contains(&word);
            }
            // Lists carry it along in each row, and show it nowhere.
            None if word == "sold" && reads_rows => named.tables.add(TableSet::SOLD),
            None => reads_rows |= word.eq_ignore_ascii_case("from"),
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_names_its_tables_and_what_was_sold_where_it_sorts_by_it() {
        let of = |tables: &[&str]| {
            let mut set = TableSet::default();
            tables.iter().for_each(|table| set.add(TableSet::of_source(table)));
            set
        };
        let list =
            r#"SELECT "product"."id", "product_listing"."sold" FROM "product" INNER JOIN "product_listing" ON 1 = 1"#;
        assert_eq!(named(list).tables, of(&["product", "product_listing"]));
        let sorted = format!(r#"{list} ORDER BY "product_listing"."sold" DESC"#);
        assert_eq!(named(&sorted).tables, of(&["product", "product_listing", SOLD]));
        assert!(!named(&sorted).others);
        let private = named("select v.id from variant v join order_line l on l.variant_id = v.id");
        assert_eq!((private.tables, private.others), (of(&["variant"]), true));
        assert!(!private.now && !named(&sorted).now);
        assert!(named("select o.id from orders o join cart c on c.id = o.cart_id").now);
        assert!(named("select id from product for no key update").writes && !named(&sorted).writes);
        assert!(
            LATE.iter().all(|table| OTHERS.contains(table)),
            "a table of another name"
        );
        assert_eq!(TableSet::of_source("a table of tomorrow"), TableSet::ALL);
    }
}
