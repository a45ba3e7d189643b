//! Signing up, in and out.

pub mod active;
pub mod mutation;
pub mod object;

/// What needs no token, and what a caller gets a valid one by: it runs for whoever sends one that has expired, as
/// a client does that puts the one that it has into every request.
pub const WITHOUT_TOKEN: &[&str] = &[
    "customerEmailChangeConfirm",
    "customerEmailConfirm",
    "customerEraseConfirm",
    "customerLogin",
    "customerPasswordReset",
    "customerPasswordResetRequest",
    "customerSignUp",
    "sessionFromCode",
    "signOut",
    "staffInvitationAccept",
    "staffLogin",
    "staffPasswordReset",
    "staffPasswordResetRequest",
    "tokenRefresh",
];
