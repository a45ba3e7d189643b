//! What is kept for how long: the section `[privacy]`, with its defaults.

use chrono::TimeDelta;
use serde::Deserialize;
use vitrine_commerce::shop::RetentionSettings;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Privacy {
    /// For how many years after it was placed an order keeps its person, who was erased meanwhile.
    pub order_years: u32,
    /// For how many years after it was placed a guest's order keeps its person, where nobody asks; until somebody does
    /// where there is none. No shorter than `order_years`.
    pub guest_order_years: Option<u32>,
    /// Since a guest touched their cart.
    pub guest_cart_days: u32,
    /// Since somebody wished to be told.
    pub stock_alert_days: u32,
    /// Since a customer deleted an address.
    pub deleted_address_days: u32,
    /// Since it ended, of a session and of a way to a provider.
    pub ended_session_days: u32,
    /// Since a mail about an account was written. As long as one may be under way at least.
    pub account_mail_days: u32,
    /// Since a message in the shop was written; until the customer is erased where there is none.
    pub message_days: Option<u32>,
    /// Of a file with what is kept of a person, and of a table that staff exported.
    pub export_days: u32,
    /// Of the file of a bulk operation, and of its results.
    pub bulk_operation_days: u32,
    /// Since somebody last used it, of an account; until it is erased where there is none.
    pub inactive_account_days: Option<u32>,
    /// Since staff shut it, of an account; until it is erased where there is none.
    pub shut_account_days: Option<u32>,
}

impl Default for Privacy {
    fn default() -> Self {
        let days = |of: TimeDelta| of.num_days().try_into().unwrap_or(u32::MAX);
        let kept = RetentionSettings::default();
        Self {
            order_years: 10,
            guest_order_years: kept.guest_order_years,
            guest_cart_days: days(kept.guest_carts),
            stock_alert_days: days(kept.stock_alerts),
            deleted_address_days: days(kept.deleted_addresses),
            ended_session_days: days(kept.ended_sessions),
            account_mail_days: days(kept.account_mails),
            message_days: kept.messages.map(days),
            export_days: days(kept.exports),
            bulk_operation_days: days(kept.bulk_operations),
            inactive_account_days: kept.inactive_accounts.map(days),
            shut_account_days: kept.shut_accounts.map(days),
        }
    }
}

impl Privacy {
    /// As the shop has it.
    pub fn retention(&self) -> RetentionSettings {
        let days = |of: u32| TimeDelta::days(of.into());
        RetentionSettings {
            guest_carts: days(self.guest_cart_days),
            stock_alerts: days(self.stock_alert_days),
            deleted_addresses: days(self.deleted_address_days),
            ended_sessions: days(self.ended_session_days),
            account_mails: days(self.account_mail_days),
            messages: self.message_days.map(days),
            exports: days(self.export_days),
            bulk_operations: days(self.bulk_operation_days),
            inactive_accounts: self.inactive_account_days.map(days),
            shut_accounts: self.shut_account_days.map(days),
            guest_order_years: self.guest_order_years,
        }
    }

    /// Each key with its value, and the least and the most that it may be.
    pub(super) fn bounds(&self) -> [(&'static str, u32, u32, u32); 12] {
        let longest = 100 * 366;
        [
            ("privacy.order_years", self.order_years, 0, 100),
            // What the law wants kept is kept of everybody.
            (
                "privacy.guest_order_years",
                self.guest_order_years.unwrap_or(self.order_years),
                self.order_years,
                100,
            ),
            ("privacy.guest_cart_days", self.guest_cart_days, 1, longest),
            ("privacy.stock_alert_days", self.stock_alert_days, 1, longest),
            ("privacy.deleted_address_days", self.deleted_address_days, 1, longest),
            ("privacy.ended_session_days", self.ended_session_days, 1, longest),
            ("privacy.account_mail_days", self.account_mail_days, 5, longest),
            ("privacy.message_days", self.message_days.unwrap_or(1), 1, longest),
            ("privacy.export_days", self.export_days, 1, longest),
            ("privacy.bulk_operation_days", self.bulk_operation_days, 1, longest),
            // They are told a month before.
            (
                "privacy.inactive_account_days",
                self.inactive_account_days.unwrap_or(90),
                90,
                longest,
            ),
            (
                "privacy.shut_account_days",
                self.shut_account_days.unwrap_or(1),
                1,
                longest,
            ),
        ]
    }
}
