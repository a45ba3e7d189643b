//! What an entry of the ledger is about.

/// What was asked of a provider, told by one, or decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::payments) enum Operation {
    Charge,
    /// A charge goes out anew, under another key: whom its card was to be saved for was gone at the provider.
    ChargeAnew,
    /// Written down only where it tells something new; answers to calls that move money always are.
    LookUp,
    Capture,
    /// Giving an attempt up at the provider.
    Void,
    /// Giving an attempt up that the provider never heard of: our own decision.
    GiveUp,
    Refund,
    /// Staff pay back as store credit what the provider keeps.
    RefundAsCredit,
    RefundConfirm,
    Webhook,
    /// Staff accept the provider's record in the place of ours.
    TakeOver,
    /// Staff give back a charge that belongs to no payment of ours.
    PayBack,
    ReconciliationRepair,
    ReconciliationDismiss,
}

impl Operation {
    /// As the ledger stores it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Charge => "charge",
            Self::ChargeAnew => "charge_anew",
            Self::LookUp => "look_up",
            Self::Capture => "capture",
            Self::Void => "void",
            Self::GiveUp => "give_up",
            Self::Refund => "refund",
            Self::RefundAsCredit => "refund_as_credit",
            Self::RefundConfirm => "refund_confirm",
            Self::Webhook => "webhook",
            Self::TakeOver => "take_over",
            Self::PayBack => "pay_back",
            Self::ReconciliationRepair => "reconciliation_repair",
            Self::ReconciliationDismiss => "reconciliation_dismiss",
        }
    }
}
