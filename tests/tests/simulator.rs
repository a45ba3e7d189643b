//! The simulator's own test: a fixed number of seeds hold, a seed repeats its run to the letter,
//! and a shop with a defect is caught. `cargo run -p vitrine-tests --bin simulate -- --help` tells
//! how to run more of it.

use vitrine_tests::simulator::{self, Defect};

/// The seeds of every test run: as many as a debug build on two cores runs in about a minute.
const SEEDS: std::ops::Range<u64> = 1..17;

/// How many lines of a history tell enough.
const SHOWN: usize = 200;

#[tokio::test]
async fn whatever_happens_the_invariants_hold() {
    for seed in SEEDS {
        let report = simulator::run(seed, simulator::STEPS, None).await;
        println!("seed {seed}: {}", report.summary);
        assert!(
            report.violations.is_empty(),
            "seed {seed}: {:#?}\n{}",
            report.violations,
            report.history.tail(SHOWN).join("\n")
        );
    }
}

#[tokio::test]
async fn a_seed_repeats_its_run_to_the_letter() {
    let (first, second) = (simulator::run(42, 200, None).await, simulator::run(42, 200, None).await);
    assert_eq!(first.history.lines(), second.history.lines());
    assert_eq!(first.history.hash(), second.history.hash());
    let other = simulator::run(43, 200, None).await;
    assert_ne!(first.history.hash(), other.history.hash());
}

/// What is planted, and a part of the sentence that must accuse it.
const PLANTED: [(Defect, &str); 33] = [
    (Defect::ChargesTwice, "is kept"),
    (Defect::RekeysCharges, "under several keys"),
    (Defect::ForgetsRefunds, " here, "),
    (Defect::AddsStock, "lie there and"),
    (Defect::LosesHolds, "reserved"),
    (Defect::DeletesLines, "was agreed to as"),
    (Defect::ChargesStrangers, "which is not ours"),
    (Defect::KeepsMoney, "is kept"),
    (Defect::ForgetsKeys, "and its repetition was"),
    (Defect::ForgetsWebhooks, "counted"),
    (Defect::MovesPaymentsBack, "moved backwards"),
    (Defect::MailsUnderTwoIds, "nothing was worth the mail"),
    (Defect::SendsMailsTwice, "without need"),
    (Defect::SwallowsMails, "was never sent"),
    (Defect::InventsJobs, "nothing asked for the job"),
    (Defect::MarksJobsDone, "is stuck"),
    (Defect::ForgetsFences, "moved backwards"),
    (Defect::LosesJobs, "is gone"),
    (Defect::ForgetsDocuments, "the search index lacks"),
    (Defect::OpensOrders, "a stranger opened"),
    (Defect::ChangesPrices, "was agreed to as"),
    (Defect::StallsJobs, "is Ready after"),
    (Defect::SkipsNumbers, "has the numbers"),
    (Defect::ForgetsLowStock, "ran low"),
    (Defect::ShowsEntriesLate, "the shopper of"),
    (Defect::OversellsUnits, "is oversold"),
    (Defect::PlacesTwice, "was bought 2 times"),
    (Defect::PlacesTwice, "nobody asked for"),
    (Defect::LosesOrders, "the acknowledged order"),
    (Defect::KeepsRefusedOrders, "was refused and is there"),
    (Defect::TakesLateWrites, "its late write was taken"),
    (Defect::DeliversStrangers, "handed over and never committed"),
    (Defect::MiscountsBooks, "the books differ"),
];

#[tokio::test]
async fn a_planted_defect_is_caught() {
    let mut escaped = Vec::new();
    for (defect, accusation) in PLANTED {
        let mut caught = None;
        for seed in 1..=5 {
            let report = simulator::run(seed, 150, Some(defect)).await;
            if report.violations.iter().any(|sentence| sentence.contains(accusation)) {
                caught = Some(seed);
                break;
            }
        }
        println!("{defect:?}: caught by seed {caught:?}");
        if caught.is_none() {
            escaped.push(defect);
        }
    }
    assert!(escaped.is_empty(), "nobody accused {escaped:?}");
}
