//! Runs the simulator by hand: one seed to the letter, or many for hours.

use std::{
    io::{self, Write},
    panic,
    process::ExitCode,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use clap::Parser;
use vitrine_tests::simulator::{self, Defect, Report, STEPS};

/// How many lines of a history are shown when something is wrong.
const SHOWN: usize = 200;

/// What is not optimised takes more than the two MiB that a thread has.
const STACK_BYTES: usize = 8 << 20;

/// Simulates the whole shop under faults, and checks what must hold whatever happens.
///
/// Each run has a seed, and a seed repeats its run to the letter. Without --runs or --for, one run
/// is made. When something is wrong, the seed, what is wrong and the end of the history are
/// printed, and the command fails: run that seed again with --history to read all of it.
#[derive(Parser)]
#[command(
    after_help = "Examples:\n  simulate --seed 7 --history          one run, with everything that happened\n  \
                  simulate --runs 50                   fifty runs, from seed 1\n  \
                  simulate --runs 2500 --jobs 2        a million steps, on two cores\n  \
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
    /// How many runs to make at the same time, each on a core of its own.
    #[arg(long, default_value_t = 1)]
    jobs: usize,
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

fn main() -> io::Result<ExitCode> {
    let arguments = Arguments::parse();
    let course = Course {
        began: Instant::now(),
        begun: AtomicU64::new(0),
        wrong: AtomicU64::new(0),
        arguments,
    };
    let jobs = course.arguments.jobs.max(1);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..jobs)
            .map(|_| {
                let builder = thread::Builder::new().stack_size(STACK_BYTES);
                builder.spawn_scoped(scope, || course.go())
            })
            .collect::<io::Result<_>>()?;
        threads.into_iter().try_for_each(|thread| {
            let ended = thread.join();
            ended.unwrap_or_else(|panic| panic::resume_unwind(panic))
        })
    })?;
    let (runs, wrong) = (course.begun.into_inner(), course.wrong.into_inner());
    let (steps, seconds) = (
        runs * course.arguments.steps as u64,
        course.began.elapsed().as_secs_f64(),
    );
    writeln!(
        io::stdout(),
        "{runs} run(s) of {} steps in {seconds:.1} s, {:.0} steps a second, {wrong} with violations",
        course.arguments.steps,
        steps as f64 / seconds
    )?;
    Ok(if wrong == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What all threads share.
struct Course {
    arguments: Arguments,
    began: Instant,
    begun: AtomicU64,
    wrong: AtomicU64,
}

impl Course {
    /// Takes one seed after the other, until it is over.
    fn go(&self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let Arguments { seed, steps, plant, .. } = self.arguments;
        while let Some(number) = self.next() {
            let report = runtime.block_on(simulator::run(seed + number, steps, plant));
            if !report.violations.is_empty() {
                self.wrong.fetch_add(1, Ordering::Relaxed);
            }
            print(&report, &self.arguments)?;
        }
        Ok(())
    }

    fn next(&self) -> Option<u64> {
        let is_wrong = self.wrong.load(Ordering::Relaxed) > 0 && !self.arguments.keep_going;
        let may_begin = |begun: u64| match self.arguments.duration {
            Some(duration) => begun == 0 || self.began.elapsed() < duration,
            None => begun < self.arguments.runs.unwrap_or(1),
        };
        let (order, next) = (Ordering::Relaxed, |begun| {
            (!is_wrong && may_begin(begun)).then_some(begun + 1)
        });
        self.begun.fetch_update(order, order, next).ok()
    }
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
