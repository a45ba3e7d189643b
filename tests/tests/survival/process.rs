//! One program of the shop, as a process of its own.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use tokio::{
    process::{Child, Command},
    sync::{Mutex, OnceCell},
};
use vitrine_tests::patience::{until, within};

/// The program that is the server, and has the commands.
const SERVER: &str = "vitrine";

/// A server or a worker, which can be killed and started again.
pub struct Process {
    binary: PathBuf,
    environment: Vec<(String, String)>,
    /// Where a server answers.
    pub base: Option<String>,
    child: Mutex<Child>,
}

impl Process {
    /// A server on a free port of 127.0.0.1.
    pub fn server(programs: &Path, environment: &[(String, String)], port: u16) -> Self {
        let mut environment = environment.to_vec();
        environment.push(("VITRINE_HTTP__ADDRESS".to_owned(), format!("127.0.0.1:{port}")));
        let base = Some(format!("http://127.0.0.1:{port}"));
        Self::start(programs.join(SERVER), environment, base)
    }

    pub fn worker(programs: &Path, environment: &[(String, String)]) -> Self {
        Self::start(programs.join("vitrine-worker"), environment.to_vec(), None)
    }

    fn start(binary: PathBuf, environment: Vec<(String, String)>, base: Option<String>) -> Self {
        let child = Mutex::new(spawn(&binary, &environment));
        Self {
            binary,
            environment,
            base,
            child,
        }
    }

    /// Kills it with -9, and starts it again.
    pub async fn kill(&self) {
        let mut child = self.child.lock().await;
        child.kill().await.unwrap();
        *child = spawn(&self.binary, &self.environment);
    }

    /// Freezes it for a while: it believes afterwards that no time has passed.
    pub async fn freeze(&self, time: Duration) {
        // Nobody else may start it anew meanwhile.
        let child = self.child.lock().await;
        signal(&child, "STOP").await;
        tokio::time::sleep(time).await;
        signal(&child, "CONT").await;
    }

    /// Asks it to stop, as whoever puts a new version in its place does, and starts it again. Gives how
    /// long it took to stop.
    pub async fn restart(&self) -> Duration {
        let mut child = self.child.lock().await;
        let asked = Instant::now();
        signal(&child, "TERM").await;
        let status = within("it stops when it is asked to", child.wait()).await.unwrap();
        assert!(status.success(), "it stopped with {status}");
        *child = spawn(&self.binary, &self.environment);
        asked.elapsed()
    }

    /// As [`restart`](Self::restart), with the program of the same name among these.
    pub async fn replace(&mut self, programs: &Path) -> Duration {
        self.binary = programs.join(self.binary.file_name().unwrap());
        self.restart().await
    }

    /// Starts it again if it has ended, and waits until it is ready.
    pub async fn heal(&self) {
        let mut child = self.child.lock().await;
        if child.try_wait().unwrap().is_some() {
            *child = spawn(&self.binary, &self.environment);
        }
        let Some(base) = &self.base else { return };
        until(&format!("{base} opens"), async || is_ready(base).await).await;
    }

    pub async fn end(&self) {
        self.child.lock().await.kill().await.unwrap();
    }
}

pub async fn signal(child: &Child, signal: &str) {
    let Some(id) = child.id() else { return };
    // The shell's own: `kill` is not on every machine.
    let sent = Command::new("sh")
        .arg("-c")
        .arg(format!("kill -{signal} {id}"))
        .status();
    assert!(sent.await.unwrap().success(), "{signal} could not be sent");
}

fn spawn(binary: &Path, environment: &[(String, String)]) -> Child {
    let show = std::env::var_os("VITRINE_SURVIVAL_LOGS").is_some();
    Command::new(binary)
        .envs(environment.iter().cloned())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(if show { Stdio::inherit() } else { Stdio::null() })
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

/// Runs the program to its end, and gives what it said; one that fails fails the test.
pub async fn command(programs: &Path, environment: &[(String, String)], arguments: &[&str]) -> String {
    let output = Command::new(programs.join(SERVER))
        .args(arguments)
        .envs(environment.iter().cloned())
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success(), "vitrine {arguments:?}: {said}");
    said
}

pub async fn is_ready(base: &str) -> bool {
    reqwest::get(format!("{base}/health/ready"))
        .await
        .is_ok_and(|response| response.status().is_success())
}

pub fn free_ports(count: usize) -> Vec<u16> {
    // All at once, or the same one might come twice.
    let listeners: Vec<_> = (0..count).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
    listeners
        .iter()
        .map(|listener| listener.local_addr().unwrap().port())
        .collect()
}

/// Where the programs of the version before are: as whoever has them says. Else there are today's alone, which change places with
/// themselves.
pub async fn old_binaries() -> PathBuf {
    match std::env::var_os("VITRINE_TEST_OLD_PROGRAMS") {
        Some(folder) => PathBuf::from(folder),
        None => binaries().await.to_owned(),
    }
}

/// Where the programs are: as whoever has just built them says, or built now, in this test's own profile.
pub async fn binaries() -> &'static Path {
    static BUILT: OnceCell<PathBuf> = OnceCell::const_new();
    let build = || async {
        if let Some(folder) = std::env::var_os("VITRINE_TEST_PROGRAMS") {
            return PathBuf::from(folder);
        }
        let profile_folder = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned();
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--workspace", "--bins"]);
        if profile_folder.ends_with("release") {
            build.arg("--release");
        }
        assert!(build.status().await.unwrap().success(), "the programs do not build");
        profile_folder
    };
    BUILT.get_or_init(build).await
}
