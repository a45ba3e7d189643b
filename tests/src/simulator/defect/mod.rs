//! Defects to be planted, one at a time, so that a test can see that the checks catch them. All of
//! them come from outside the product: an adapter that does wrong, a trigger in the database, or a
//! hand in its tables.

mod hands;

use clap::ValueEnum;

/// What is wrong with the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum Defect {
    /// Each charge goes out twice, under two keys.
    ChargesTwice,
    /// A repeated charge goes out under a new key.
    RekeysCharges,
    /// The adapter says that it paid back, and did not.
    ForgetsRefunds,
    /// A unit appears whenever some are taken.
    AddsStock,
    /// Holds vanish while the stock still counts them.
    LosesHolds,
    /// A confirmed order loses a line.
    DeletesLines,
    /// Money is taken for nothing that the shop knows of.
    ChargesStrangers,
    /// What nobody should have is not asked back.
    KeepsMoney,
    /// Idempotency keys are not kept.
    ForgetsKeys,
    /// What was done under a key is not known as done.
    ForgetsMarks,
    /// Webhooks that were taken are not remembered.
    ForgetsWebhooks,
    /// Payments fall back into an earlier state.
    MovesPaymentsBack,
    /// A mail goes out twice, the second time under another id.
    MailsUnderTwoIds,
    /// A mail goes out twice, without need.
    SendsMailsTwice,
    /// A mail is said to be sent and is not.
    SwallowsMails,
    /// A job appears that no transaction wrote.
    InventsJobs,
    /// A job is done without its effect.
    MarksJobsDone,
    /// What the claims of a job count is set back.
    ForgetsFences,
    /// A job vanishes.
    LosesJobs,
    /// The search index misses what it was told.
    ForgetsDocuments,
    /// One token opens every order.
    OpensOrders,
    /// A line costs less than the shopper agreed to.
    ChangesPrices,
    /// A job is put off for ever.
    StallsJobs,
    /// A timeline skips a number.
    SkipsNumbers,
    /// That staff were told of little stock is forgotten.
    ForgetsLowStock,
    /// An entry of the timeline appears after later ones were read.
    ShowsEntriesLate,
    /// More is promised than lies there, and everything else agrees.
    OversellsUnits,
    /// What was promised is not counted.
    ForgetsPromises,
    /// What nobody counts is counted all at once.
    CountsUntracked,
    /// Each order is there a second time.
    PlacesTwice,
    /// An order vanishes with its payment.
    LosesOrders,
    /// Carts become orders although that was refused, or never asked for.
    KeepsRefusedOrders,
    /// Whoever takes over the job of somebody who is frozen does not raise its fence.
    TakesLateWrites,
    /// The queue delivers a job that was never committed.
    DeliversStrangers,
    /// The provider's books forget a cent.
    MiscountsBooks,
    /// What a dead process had begun is left to its lease.
    KeepsDeadLeases,
    /// That an order has a discount is not counted.
    ForgetsUses,
    /// A cancelled order keeps its discount.
    KeepsUses,
    /// What a gift card has paid stays on it.
    SpendsCreditTwice,
    /// Of an order that is cancelled, its gift cards get nothing back.
    KeepsCredit,
    /// What was sent back is said to be paid back, and is not.
    KeepsReturnedMoney,
    /// What was sent back is said to be in stock again, and is not.
    LosesReturnedGoods,
    /// Of what is paid back, a half stays.
    PaysBackHalf,
    /// What comes back to stock comes twice, and the ledger tells of it.
    PutsBackTwice,
    /// A document says something else than it did.
    RewritesDocuments,
    /// A series of documents leaves out a number.
    SkipsDocumentNumbers,
    /// What is paid back has no credit note.
    ForgetsCreditNotes,
    /// A line of which there are to be fewer units keeps them.
    KeepsUnits,
    /// A parcel that leaves holds a unit more of each line than was put into it.
    PacksTooMuch,
    /// What a change has put on is not owed.
    ForgetsDebts,
    /// What is sent owes something.
    SendsUnpaid,
    /// A change by a shopper is written down as one that costs more.
    MakesDearer,
    /// What somebody declares is received twice.
    ReceivesTwice,
    /// More comes back than somebody has withdrawn from.
    WithdrawsMore,
    /// That a statement was received is not confirmed.
    SilencesReceipts,
    /// What staff put together forgets which order it became.
    LosesDrafts,
    /// What staff put together is sold at another price than they agreed on.
    RepricesDrafts,
}

/// Opens every order that [`Defect::OpensOrders`] has opened; a stranger tries it everywhere.
pub(super) const INTRUDERS_TOKEN: &str = "the intruder's own token";
