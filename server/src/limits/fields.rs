//! Root fields that are counted more strictly, besides as one of their operation's. A new one is a line here.

use vitrine_commerce::limits::Kind;

/// By name.
const FIELDS: &[(&str, Kind)] = &[
    ("cartGiftCardAdd", Kind::Code),
    ("cartDiscountCodesAdd", Kind::Code),
    ("customerDataExport", Kind::Code),
    ("customerEmailChangeConfirm", Kind::Code),
    ("customerEmailChangeRequest", Kind::Reset),
    ("customerEmailConfirm", Kind::Code),
    ("customerEraseConfirm", Kind::Code),
    ("customerEraseRequest", Kind::Reset),
    ("customerLogin", Kind::SignIn),
    ("customerPasswordChange", Kind::Code),
    ("customerPasswordReset", Kind::Code),
    ("customerPasswordResetRequest", Kind::Reset),
    ("customerSignUp", Kind::SignUp),
    ("giftCardBalance", Kind::Code),
    ("orderLinkRequest", Kind::Reset),
    ("orderPaymentRetry", Kind::Place),
    ("orderPlace", Kind::Place),
    ("sessionFromCode", Kind::Token),
    ("staffInvitationAccept", Kind::Code),
    ("staffLogin", Kind::SignIn),
    ("staffPasswordChange", Kind::Code),
    ("staffPasswordReset", Kind::Code),
    ("staffPasswordResetRequest", Kind::Reset),
    ("staffRecoveryCodesRenew", Kind::Code),
    ("staffTwoFactorConfirm", Kind::Code),
    ("staffTwoFactorDisable", Kind::Code),
    ("staffTwoFactorSetup", Kind::Code),
    ("stockAlertRequest", Kind::Reset),
    ("tokenRefresh", Kind::Token),
    ("withdrawalConfirm", Kind::Withdrawal),
];

pub(super) fn kind(field: &str) -> Option<Kind> {
    FIELDS.iter().find(|(name, _)| *name == field).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::schema;

    /// A field that was renamed would be counted as any other, and nobody would see it.
    #[test]
    fn every_field_is_one_of_the_schema() {
        let sdl = schema::sdl();
        for (field, _) in FIELDS {
            let is_there = sdl.lines().any(|line| {
                let line = line.trim_start();
                line.strip_prefix(field)
                    .is_some_and(|rest| rest.starts_with(['(', ':']))
            });
            assert!(is_there, "{field}");
        }
    }
}
