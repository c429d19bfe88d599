//! What others send by, over the same line into the same kind of sink. Each comes from its registry into a folder beside the caches of the
//! tools; nothing of it is kept here but the few lines that drive it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::sending;

/// Version of the npm package.
const NODEMAILER: &str = "nodemailer@10.6.0";
/// The PyPI packages.
const POST_OFFICE: [&str; 2] = ["django-post-office==3.12.0", "django==5.2.19"];

/// What is sent, and over what.
pub struct Line {
    /// How many letters.
    pub n: u32,
    /// Connections to the sink.
    pub connections: u8,
    /// Milliseconds before each answer of the sink.
    pub delay_ms: u64,
}

/// Something else that sends mail.
#[derive(Clone, Copy)]
pub enum Peer {
    /// Debian: the load generator of Postfix, which keeps no state.
    SmtpSource,
    /// npm: a pool of connections, which keeps no state.
    Nodemailer,
    /// PyPI: a queue in a database, as `send_queued_mail` works it off by two processes.
    PostOffice,
}

impl Peer {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SmtpSource, Self::Nodemailer, Self::PostOffice];

    /// Its name in tables and in the JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::SmtpSource => "smtp-source",
            Self::Nodemailer => "nodemailer",
            Self::PostOffice => "django-post-office",
        }
    }

    /// The command that sends to a port on loopback; `folder` is for what it keeps meanwhile.
    fn command(self, folder: &Path, port: u16, line: &Line) -> Result<Command> {
        let (port, n, connections) = (port.to_string(), line.n.to_string(), line.connections.to_string());
        let mut command = match self {
            Self::SmtpSource => {
                let postfix = debian("postfix")?;
                let mut command = Command::new(postfix.join("usr/sbin/smtp-source"));
                command.env("LD_LIBRARY_PATH", postfix.join("usr/lib/postfix"));
                // One connection carries many (-d), each recipient is another (-N), as long as ours when they are encoded.
                command.args(["-d", "-N", "-l", "24000", "-M", "localhost", "-f", "obchod@firma.sk", "-t", "osoba@firma.sk"]);
                command.args(["-s", &connections, "-m", &n, &format!("127.0.0.1:{port}")]);
                command
            }
            Self::Nodemailer => {
                let mut command = Command::new("node");
                command.env("NODE_PATH", nodemailer()?.join("node_modules"));
                command.args(["-e", include_str!("peers/nodemailer.cjs"), &port, &n, &connections]);
                command
            }
            Self::PostOffice => {
                let mut command = Command::new(post_office()?.join("bin/python"));
                command.args(["-c", include_str!("peers/post_office.py")]).arg(folder.join("queue.db")).args([&port, &n]);
                command
            }
        };
        command.current_dir(folder).stdout(Stdio::null());
        Ok(command)
    }
}

/// Lets a peer send and tells how many messages a second the sink took.
pub fn send(peer: Peer, folder: &Path, line: &Line) -> Result<f64> {
    let folder = folder.join(peer.name());
    std::fs::create_dir(&folder)?;
    let port = sending::free_port()?;
    let _sink = sending::start_sink(&folder, port, &sending::told(&[("delay-ms", line.delay_ms)]))?;
    run(&mut peer.command(&folder, port, line)?)?;
    let copies = sending::copies(&folder)?;
    ensure!(copies.len() == line.n as usize, "{} sent {} of {}", peer.name(), copies.len(), line.n);
    Ok(sending::speed(&copies).0)
}

/// What makes `fsync` a promise that nobody keeps, for a process that is started under it.
pub fn without_fsync() -> Result<PathBuf> {
    let folder = debian("libeatmydata1")?;
    let library = std::fs::read_dir(folder.join("usr/lib"))?.filter_map(|it| Some(it.ok()?.path().join("libeatmydata.so")));
    library.into_iter().find(|it| it.is_file()).context("libeatmydata1 has no libeatmydata.so")
}

/// The files of a Debian package, unpacked and not installed.
fn debian(package: &str) -> Result<PathBuf> {
    kept(package, |folder| {
        run(Command::new("apt-get").args(["download", "-q", package]).current_dir(folder))?;
        let packed = std::fs::read_dir(folder)?.filter_map(|it| Some(it.ok()?.path()));
        let packed = packed.into_iter().find(|it| it.extension().is_some_and(|it| it == "deb")).context("no package came")?;
        run(Command::new("dpkg-deb").arg("-x").arg(packed).arg(folder))
    })
}

fn nodemailer() -> Result<PathBuf> {
    kept(NODEMAILER, |folder| {
        run(Command::new("npm").args(["install", "--no-audit", "--no-fund", NODEMAILER, "--prefix"]).arg(folder))
    })
}

fn post_office() -> Result<PathBuf> {
    kept(POST_OFFICE[0], |folder| {
        run(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
        run(Command::new(folder.join("bin/python")).args(["-m", "pip", "install", "-q"]).args(POST_OFFICE))
    })
}

/// A folder of the cache, made when it is not there whole.
fn kept(name: &str, make: impl Fn(&Path) -> Result<()>) -> Result<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache =
        cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache"))).context("no folder for caches")?;
    let folder = cache.join("posel/peers").join(name);
    let whole = folder.join("whole");
    if !whole.is_file() {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        make(&folder)?;
        std::fs::write(&whole, "")?;
    }
    Ok(folder)
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.stdout(Stdio::null()).status().with_context(|| format!("{command:?}"))?;
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(())
}
