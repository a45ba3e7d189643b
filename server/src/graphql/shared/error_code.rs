use async_graphql::Enum;

/// Why a request was refused. Stable: clients branch on it. New codes may be added; treat one
/// that you do not know as a refusal whose message you show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::ErrorCode")]
pub enum ErrorCode {
    /// A field's value is missing, malformed, too long or out of bounds.
    Invalid,
    /// An amount of money is malformed, has too many decimals or is too large.
    InvalidAmount,
    /// The object does not exist, or is not yours.
    NotFound,
    /// The object has changed since the version that you named: read it again.
    VersionConflict,
    /// A policy has changed since the shopper agreed to it: show `shop.policies` again, and ask again.
    PolicyChanged,
    /// A discount does not apply: it has expired, is used up, or is for something else than the cart; the message says
    /// which. Show the cart again, whose `discountCodes` say what is missing.
    DiscountUnavailable,
    /// It can be had now: there is nothing to wait for.
    InStock,
    /// The cart has become an order and takes no more changes: create a new one.
    CartCompleted,
    /// The cart has no lines.
    CartEmpty,
    /// The cart holds more lines, or more of one, than is allowed.
    CartLimit,
    /// The cart lacks something that placing an order needs; the message says what.
    CartIncomplete,
    /// A price is no longer the one that the shopper saw: show the cart again, then
    /// `cartPricesAccept`.
    PriceChanged,
    /// A manager of the company has to approve the purchase: ask them by `purchaseRequestCreate`, or, where they are asked
    /// already, wait for their answer or take it back by `purchaseRequestWithdraw`.
    ApprovalNeeded,
    /// A gift card or store credit has less left than the shopper saw, or pays nothing any more: show the cart again, then
    /// `cartCreditsAccept`.
    CreditChanged,
    /// Less is available than was asked for.
    InsufficientStock,
    /// The variant is no longer sold.
    NotForSale,
    /// No shipping method reaches the address.
    NotShippable,
    /// The idempotency key was used for another request: make a new one for each purchase.
    IdempotencyKeyReused,
    /// The payment method is unknown or switched off: offer those of `shop.paymentMethods`.
    PaymentMethodUnknown,
    /// The order's payment is under way or done: no second attempt opens beside it. Wait for its
    /// outcome, as `payment.problem` says.
    PaymentInProgress,
    /// The payment provider's keys or settings are missing or wrong, and the shop's staff must act.
    /// Offer another of `shop.paymentMethods`, or ask the shopper to come back later: the cart is
    /// kept. In development, look at `[payment]` of the configuration.
    PaymentConfigMissing,
    /// The provider or the shopper's bank said no. Let the shopper choose another means of payment,
    /// and try again with `orderPaymentRetry`.
    PaymentDeclined,
    /// The shopper must act first: do what `payment.action` says, then wait for the order to
    /// change. Do not pay again.
    PaymentActionRequired,
    /// The payment provider does not answer. The shop goes on asking by itself: tell the shopper
    /// that it takes longer, and do not place another order.
    PaymentProviderUnavailable,
    /// There is nothing to capture, or to pay back, in the state that the payment is in: read the
    /// order again.
    PaymentState,
    /// More was to be captured than is held: ask for less.
    CaptureExceedsAuthorized,
    /// More was to be paid back than was captured and is not on its way back yet: read the order
    /// again, and ask for less.
    RefundExceedsCaptured,
    /// The draft order has expired, was taken back, or is an order already; or what the cart of one holds is to be changed,
    /// which staff alone do.
    DraftOrderState,
    /// The order's state does not allow it.
    OrderState,
    /// The mail address has an account already.
    EmailTaken,
    /// Mail address and password do not match an account.
    WrongCredentials,
    /// The account has no password, because it was opened by signing in at a provider: let them set one by
    /// `customerPasswordResetRequest`, and ask again with it.
    PasswordNotSet,
    /// Comes back from a provider in the fragment: it does not say that the mail address is theirs, or the account
    /// here has not shown it. They confirm it there, or by `customerPasswordResetRequest` here.
    EmailUnverified,
    /// Comes back from a provider in the fragment: it does not answer. Another way to sign in may.
    IdentityProviderUnavailable,
    /// A refresh token is unknown, expired, used before, or its session has ended: sign in again. Or
    /// the token of a mail's link is: ask for a new mail.
    InvalidToken,
    /// The password is right: send it again with `code`, the code that the member of staff's
    /// authenticator app shows, or one of their recovery codes.
    SecondFactorRequired,
    /// The code of the second factor is wrong, or was used before: wait for the next one.
    WrongSecondFactor,
    /// Too many wrong attempts, or too many mails: try again later.
    TooManyAttempts,
    /// That was too often: try again after `retryAfterSeconds` of `RateLimitedError`.
    RateLimited,
    /// Nobody would be left who may do everything: make somebody else administrator first.
    LastAdministrator,
    /// The password is too short, too long, or would soon be guessed; the message says which.
    WeakPassword,
    /// Signing in is needed.
    Unauthenticated,
    /// Your role does not allow it.
    Forbidden,
    /// The slug or SKU is taken.
    Taken,
}
