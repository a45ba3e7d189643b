//! The runtime of a program, and its end.

use std::{io, time::Duration};

use tokio::runtime::Builder;

/// How long the end waits for threads that are in the midst of something.
const FAREWELL_MAX: Duration = Duration::from_secs(3);

/// The stack of each thread, in bytes: four times what is usual. A mutation's futures lie within one another, and unoptimised
/// they take more than that. Memory is taken only as far as it is used.
const STACK_BYTES: usize = 8 << 20;

/// Runs a program to its end. What then still waits for a disk that does not answer is left behind: the runtime itself
/// would wait for it without a bound, and who is asked to stop would not.
///
/// # Errors
/// When the system has no threads for it.
pub fn run<T>(program: impl Future<Output = T>) -> io::Result<T> {
    let runtime = Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK_BYTES)
        .build()?;
    let outcome = runtime.block_on(program);
    runtime.shutdown_timeout(FAREWELL_MAX);
    Ok(outcome)
}
