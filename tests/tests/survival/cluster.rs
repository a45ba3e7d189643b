//! A PostgreSQL of a test's own that archives its log, kept and brought back by the scripts of `deploy/postgresql`, and a
//! standby that follows it.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::process::free_ports;

/// Where the scripts lie.
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/postgresql");

/// The folder of its backups, its programs and who runs them. Each cluster that comes out of it is a folder beside.
pub struct Cluster {
    folder: TempDir,
    /// Of PostgreSQL.
    programs: PathBuf,
    /// Whom it runs as, where we are root: it refuses to be root itself.
    user: Option<&'static str>,
    data: PathBuf,
    port: u16,
    /// The standby's folder and port, once there is one.
    standby: Option<(PathBuf, u16)>,
}

impl Cluster {
    pub fn create() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).unwrap();
        let mut cluster = Self {
            programs: programs(),
            user: is_root().then(|| if is_user("postgres") { "postgres" } else { "nobody" }),
            data: folder.path().join("lost"),
            port: 0,
            standby: None,
            folder,
        };
        for script in ["archive.sh", "backup.sh", "restore.sh"] {
            fs::copy(Path::new(SCRIPTS).join(script), cluster.path(script)).unwrap();
        }
        cluster.make_folder("backup/wal");
        cluster.make_folder("backup");
        cluster.make_folder("lost");
        let data = cluster.data.display().to_string();
        cluster.run(
            "initdb",
            &["-D", &data, "--username=vitrine", "--auth=trust", "--no-sync"],
        );
        let archive = cluster.path("archive.sh").display().to_string();
        let wal = cluster.path("backup/wal").display().to_string();
        let settings = format!(
            "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\n\
             archive_mode = on\narchive_command = '{archive} {wal} \"%p\" \"%f\"'\n"
        );
        let file = cluster.data.join("postgresql.conf");
        let own = fs::read_to_string(&file).unwrap();
        fs::write(&file, own + &settings).unwrap();
        cluster.start();
        cluster
    }

    /// Where databases can be made.
    pub fn url(&self) -> String {
        format!("postgres://vitrine@127.0.0.1:{}/postgres", self.port)
    }

    /// While it serves.
    pub fn back_up(&self) {
        let folder = self.path("backup").display().to_string();
        self.script("backup.sh", &[&self.url(), &folder]);
    }

    /// The machine is gone, and its disk with it.
    pub fn lose(&self) {
        self.stop();
        fs::remove_dir_all(&self.data).unwrap();
    }

    /// Another machine begins with what was kept.
    pub fn restore(&mut self) {
        self.data = self.path("restored");
        self.make_folder("restored");
        let (folder, data) = (
            self.path("backup").display().to_string(),
            self.data.display().to_string(),
        );
        self.script("restore.sh", &[&folder, &data]);
        self.start();
    }

    /// Has a standby follow it from now on. Gives where that answers.
    pub fn stand_by(&mut self) -> String {
        // The folder itself is made by its owner, for nobody else to read.
        self.make_folder("standby");
        let (data, port) = (self.path("standby").join("data"), free_ports(1)[0]);
        let (from, to) = (self.url(), data.display().to_string());
        let arguments = ["-d", &from, "-D", &to, "-R", "-X", "stream", "-c", "fast", "--no-sync"];
        self.run("pg_basebackup", &arguments);
        self.standby = Some((data, port));
        self.start_standby();
        format!("postgres://vitrine@127.0.0.1:{port}/postgres")
    }

    pub fn start_standby(&self) {
        let (data, port) = self.standby.as_ref().unwrap();
        self.start_at(data, *port);
    }

    /// As if its machine were gone.
    pub fn stop_standby(&self) {
        let (data, _) = self.standby.as_ref().unwrap();
        self.stop_at(data);
    }

    fn start(&mut self) {
        self.port = free_ports(1)[0];
        self.start_at(&self.data, self.port);
    }

    fn start_at(&self, data: &Path, port: u16) {
        let (log, data) = (data.join("log").display().to_string(), data.display().to_string());
        let port = format!("-p {port}");
        self.run("pg_ctl", &["start", "-w", "-D", &data, "-o", &port, "-l", &log]);
    }

    fn stop(&self) {
        self.stop_at(&self.data);
    }

    fn stop_at(&self, data: &Path) {
        let data = data.display().to_string();
        self.run("pg_ctl", &["stop", "-w", "-m", "immediate", "-D", &data]);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn make_folder(&self, name: &str) {
        let path = self.path(name);
        fs::create_dir_all(&path).unwrap();
        if let Some(user) = self.user {
            succeed(Command::new("chown").arg(user).arg(path).output().unwrap(), "chown");
        }
    }

    fn script(&self, name: &str, arguments: &[&str]) {
        self.run(&self.path(name).display().to_string(), arguments);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let path = std::env::var("PATH").unwrap_or_default();
        let path = format!("PATH={}:{path}", self.programs.display());
        let mut command = match self.user {
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--", "env"]);
                command
            }
            None => Command::new("env"),
        };
        // The server that it starts would hold a pipe open: what is said goes into a file.
        let said = self.path("said");
        let file = fs::File::create(&said).unwrap();
        command.arg(path).arg(program).args(arguments).current_dir("/");
        let status = command.stdout(file.try_clone().unwrap()).stderr(file).status().unwrap();
        assert!(status.success(), "{program}: {}", fs::read_to_string(&said).unwrap());
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let standby = self.standby.as_ref().map(|(data, _)| data);
        for data in standby.into_iter().chain([&self.data]) {
            let file = data.join("postmaster.pid");
            // Nobody waits for it, also where the test has failed and it is gone already.
            if file.exists() && !std::thread::panicking() {
                self.stop_at(data);
            } else if file.exists() {
                let id = fs::read_to_string(file).unwrap_or_default();
                let id = id.lines().next().unwrap_or_default().to_owned();
                let _ = Command::new("sh").arg("-c").arg(format!("kill -QUIT {id}")).status();
            }
        }
    }
}

/// Debian keeps them off the PATH, in one folder a version.
fn programs() -> PathBuf {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let version = |path: &PathBuf| path.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    let mut found: Vec<PathBuf> = installed.map(|entry| entry.path().join("bin")).collect();
    found.sort_by_key(version);
    let paths = std::env::var_os("PATH").unwrap_or_default();
    found.extend(std::env::split_paths(&paths).filter(|folder| folder.join("pg_ctl").exists()));
    found
        .into_iter()
        .rev()
        .find(|folder| ["initdb", "pg_ctl", "pg_basebackup"].iter().all(|program| folder.join(program).exists()))
        .expect("PostgreSQL's own programs are here (Debian: apt-get install postgresql): a backup of it takes pg_basebackup")
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().unwrap();
    output.stdout.trim_ascii() == b"0"
}

fn is_user(name: &str) -> bool {
    Command::new("id").args(["-u", name]).output().unwrap().status.success()
}

fn succeed(output: Output, what: &str) {
    assert!(
        output.status.success(),
        "{what}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}
