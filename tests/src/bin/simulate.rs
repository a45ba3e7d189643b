//! Runs the simulator by hand: one seed to the letter, or many for hours.

use std::{
    io::{self, Write},
    process::ExitCode,
    time::{Duration, Instant},
};

use clap::Parser;
use vitrine_tests::simulator::{self, Defect, Report, STEPS};

/// How many lines of a history are shown when something is wrong.
const SHOWN: usize = 200;

/// Simulates the whole shop under faults, and checks what must hold whatever happens.
///
/// Each run has a seed, and a seed repeats its run to the letter. Without --runs or --for, one run
/// is made. When something is wrong, the seed, what is wrong and the end of the history are
/// printed, and the command fails: run that seed again with --history to read all of it.
#[derive(Parser)]
#[command(
    after_help = "Examples:\n  simulate --seed 7 --history          one run, with everything that happened\n  \
                  simulate --runs 50                   fifty runs, from seed 1\n  \
                  simulate --seed 1000 --for 2h        as many as two hours allow, from seed 1000\n  \
                  simulate --seed 3 --plant adds-stock a run of a shop with a defect, which must be caught"
)]
struct Arguments {
    /// The seed of the first run; each further run takes the next number.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many steps a run takes before its world is healed.
    #[arg(long, default_value_t = STEPS)]
    steps: usize,
    /// How many runs to make.
    #[arg(long, conflicts_with = "duration")]
    runs: Option<u64>,
    /// For how long to go on making runs: 90s, 15m, 2h.
    #[arg(long = "for", value_name = "TIME", value_parser = duration)]
    duration: Option<Duration>,
    /// Go on after a run in which something is wrong.
    #[arg(long)]
    keep_going: bool,
    /// Print the whole history of each run.
    #[arg(long)]
    history: bool,
    /// Plant a defect in the shop, to see it caught.
    #[arg(long, value_enum)]
    plant: Option<Defect>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<ExitCode> {
    let arguments = Arguments::parse();
    let started = Instant::now();
    let (mut runs, mut wrong) = (0, 0);
    loop {
        let report = simulator::run(arguments.seed + runs, arguments.steps, arguments.plant).await;
        runs += 1;
        print(&report, &arguments)?;
        wrong += u64::from(!report.violations.is_empty());
        let is_over = match arguments.duration {
            Some(duration) => started.elapsed() >= duration,
            None => runs >= arguments.runs.unwrap_or(1),
        };
        if is_over || (wrong > 0 && !arguments.keep_going) {
            break;
        }
    }
    writeln!(
        io::stdout(),
        "{runs} run(s) in {:.1} s, {wrong} with violations",
        started.elapsed().as_secs_f64()
    )?;
    Ok(if wrong == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Fails where nobody reads any more.
fn print(report: &Report, arguments: &Arguments) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let shown = match (arguments.history, report.violations.is_empty()) {
        (true, _) => report.history.lines(),
        (false, true) => &[],
        (false, false) => report.history.tail(SHOWN),
    };
    for line in shown {
        writeln!(out, "{line}")?;
    }
    writeln!(
        out,
        "seed {}: {}; history {}",
        report.seed,
        report.summary,
        &report.history.hash()[..16]
    )?;
    for violation in &report.violations {
        writeln!(out, "  VIOLATION: {violation}")?;
    }
    Ok(())
}

/// A number with its unit.
fn duration(text: &str) -> Result<Duration, String> {
    let units = [("s", 1), ("m", 60), ("h", 3600)];
    let read = |(unit, seconds)| Some((text.strip_suffix(unit)?.parse::<u64>().ok()?, seconds));
    let seconds = units
        .into_iter()
        .find_map(read)
        .and_then(|(number, unit)| number.checked_mul(unit));
    seconds
        .map(Duration::from_secs)
        .ok_or_else(|| "a time is a whole number with s, m or h, as in 90s, 15m or 2h".to_owned())
}
