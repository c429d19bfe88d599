//! A scratch engine for scenarios: its own folder, its own clock, an administrator who has carried out the first run.

// What cannot be set up fails the test at once.
#![allow(clippy::expect_used)]

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use model::{Company, FirstRun, Language, Moment, OneTimeLink, Permission, RoleDraft, UserDraft};
use store::MasterKey;
use tempfile::TempDir;

use crate::session::Admitted;
use crate::{Clock, Ctx, Engine, Guest, Options, session, users};

/// Address that the administrator of a bed signs in with.
pub const ADMIN_EMAIL: &str = "admin@example.sk";
/// Password of everybody on a bed.
pub const PASSWORD: &str = "správny kôň";
/// When the clock of a bed begins: 2026-05-28 20:26:40 UTC.
pub const BEGIN: Moment = Moment(1_780_000_000_000);

/// The files of a database that is in use.
const DATABASE: [&str; 2] = ["posel.db", "posel.db-wal"];

/// An engine in a folder of its own, gone when dropped.
pub struct TestBed {
    /// The engine.
    pub engine: Engine,
    admin: Ctx,
    users: AtomicU32,
    folder: TempDir,
}

impl TestBed {
    /// Opens an engine, carries out the first run and signs the administrator in.
    pub async fn new() -> Self {
        let (folder, engine) = fresh().await;
        let token = token(&session::first_run_link(&engine).await.expect("link").expect("fresh")).to_owned();
        let admitted = session::set_up(&guest(&engine), first_run(token)).await.expect("first run");
        let admin = enter(&engine, &admitted).await;
        Self { engine, admin, users: AtomicU32::new(0), folder }
    }

    /// The administrator, signed in.
    pub fn admin(&self) -> Ctx {
        self.admin.clone()
    }

    /// Somebody who is not signed in.
    pub fn guest(&self) -> Guest {
        guest(&self.engine)
    }

    /// A new user with exactly these rights, invited and signed in.
    pub async fn user_with(&self, permissions: &[Permission]) -> Ctx {
        let n = self.users.fetch_add(1, Ordering::Relaxed);
        let role = RoleDraft { name: format!("Role {n}"), permissions: permissions.iter().copied().collect() };
        let role = users::save_role(&self.admin, None, role).await.expect("role");
        let (name, email) = (format!("User {n}"), format!("user{n}@example.sk"));
        let draft = UserDraft { name, email, roles: vec![role], language: Language::Sk };
        let (_, link) = users::invite(&self.admin, draft).await.expect("invitation");
        let accepted = session::accept_invitation(&self.guest(), token(&link).to_owned(), PASSWORD.to_owned()).await;
        enter(&self.engine, &accepted.expect("accepted")).await
    }

    /// Where the data lies.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What a loss of power leaves: a copy of the folder as it is at this moment, opened by a new engine.
    ///
    /// The old engine is not told anything; contexts made before still speak to it.
    pub async fn crash(&mut self) {
        let folder = tempfile::tempdir().expect("folder");
        copy(self.folder.path(), folder.path());
        let now = self.engine.clock().now();
        self.engine = Engine::open(options(folder.path(), now)).await.expect("engine");
        self.admin.engine = self.engine.clone();
        self.folder = folder;
    }

    /// What a backup made at this moment holds: the database and its log.
    pub fn backup(&self) -> TempDir {
        let backup = tempfile::tempdir().expect("folder");
        for name in DATABASE {
            std::fs::copy(self.folder.path().join(name), backup.path().join(name)).expect("file");
        }
        backup
    }

    /// Ends the engine, puts a backup in the place of the database and opens a new engine over it.
    pub async fn put_back(&mut self, backup: &TempDir) {
        self.open_again(Some(backup)).await;
    }

    /// Ends the engine and opens a new one over the same data.
    pub async fn restart(&mut self) {
        self.open_again(None).await;
    }

    /// Whoever still speaks to the old engine holds its folder, so the new one gets what lies in it elsewhere.
    async fn open_again(&mut self, backup: Option<&TempDir>) {
        self.engine.close().await;
        let folder = tempfile::tempdir().expect("folder");
        copy(self.folder.path(), folder.path());
        if let Some(backup) = backup {
            // What SQLite keeps beside them does not belong to the backup.
            let _gone = std::fs::remove_file(folder.path().join("posel.db-shm"));
            for name in DATABASE {
                std::fs::copy(backup.path().join(name), folder.path().join(name)).expect("file");
            }
        }
        let now = self.engine.clock().now();
        self.engine = Engine::open(options(folder.path(), now)).await.expect("engine");
        self.admin.engine = self.engine.clone();
        self.folder = folder;
    }

    /// Moves the clock on by so many milliseconds.
    pub fn advance(&self, ms: i64) {
        self.engine.clock().advance(ms);
    }
}

/// An engine as it is before the first run, with the folder that it lives in.
pub async fn fresh() -> (TempDir, Engine) {
    let folder = tempfile::tempdir().expect("folder");
    let engine = Engine::open(options(folder.path(), BEGIN)).await.expect("engine");
    (folder, engine)
}

fn options(folder: &Path, now: Moment) -> Options {
    Options {
        data: folder.to_owned(),
        key: MasterKey::from_hex(&"5e".repeat(32)).expect("key"),
        public_url: "https://posel.example".to_owned(),
        helo_name: "posel.example".to_owned(),
        trusted_certificates: None,
        clock: Clock::standing_at(now),
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("folder") {
        let path = entry.expect("entry").path();
        let target = to.join(path.file_name().expect("name"));
        if path.is_dir() {
            std::fs::create_dir(&target).expect("folder");
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("file");
        }
    }
}

/// Somebody who is not signed in, on a network for documentation (RFC 5737).
pub fn guest(engine: &Engine) -> Guest {
    Guest { engine: engine.clone(), network: "192.0.2.1".to_owned(), device: "Firefox".to_owned() }
}

/// What the first run of a bed is told.
pub fn first_run(token: String) -> FirstRun {
    FirstRun {
        token,
        name: "Adam Správca".to_owned(),
        email: ADMIN_EMAIL.to_owned(),
        password: PASSWORD.to_owned(),
        company: Company {
            name: "Žltý kôň s. r. o.".to_owned(),
            email: "info@example.sk".to_owned(),
            attachments_max: model::settings::ATTACHMENTS_MAX,
            ..Company::default()
        },
        language: Language::Sk,
    }
}

/// The secret of a one-time link.
pub fn token(link: &OneTimeLink) -> &str {
    link.url.split_once('#').map_or("", |(_, token)| token)
}

async fn enter(engine: &Engine, admitted: &Admitted) -> Ctx {
    session::identify(engine, &admitted.token, "192.0.2.1").await.expect("session")
}
