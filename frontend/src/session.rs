//! Who is signed in, and what follows from it.

use std::sync::Arc;

use app::Problem;
use leptos::prelude::*;
use model::{Me, Permission, Preferences, Refusal};

use crate::browser::{document, storage};
use crate::i18n::Speech;

/// How the session stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// The server was not asked yet.
    Asking,
    /// The server could not be asked.
    Unknown(Problem),
    /// Nobody is signed in; `ended` when somebody was a moment ago.
    Out {
        /// Whether a session ended on its own.
        ended: bool,
    },
    /// Somebody is.
    In(Arc<Me>),
}

/// The session of this page.
#[derive(Clone, Copy)]
pub struct Session {
    standing: RwSignal<Standing>,
    speech: Speech,
}

impl Session {
    /// Begins without knowing who is there.
    pub fn provide(speech: Speech) -> Self {
        let session = Self { standing: RwSignal::new(Standing::Asking), speech };
        provide_context(session);
        session
    }

    /// The session of the program.
    pub fn find() -> Self {
        use_context().unwrap_or_else(|| Self { standing: RwSignal::new(Standing::Asking), speech: Speech::find() })
    }

    /// How the session stands, subscribing to changes.
    pub fn standing(self) -> Standing {
        self.standing.get()
    }

    /// Asks the server who is signed in.
    pub fn ask(self) {
        leptos::task::spawn_local(async move {
            match app::session::who_am_i().await {
                Ok(me) => self.begin(me),
                Err(Problem::Refused(Refusal::SignedOut)) => self.standing.set(Standing::Out { ended: false }),
                Err(problem) => self.standing.set(Standing::Unknown(problem)),
            }
        });
    }

    /// Somebody is signed in now; the screens take on what they chose.
    pub fn begin(self, me: Me) {
        self.wear(me.preferences);
        self.standing.set(Standing::In(Arc::new(me)));
    }

    /// The session is over; asks to sign in again and to go on from there.
    pub fn end(self) {
        self.standing.update(|it| *it = Standing::Out { ended: matches!(it, Standing::In(_)) });
    }

    /// Signs out, whatever the server says to it.
    pub fn sign_out(self) {
        leptos::task::spawn_local(async move {
            let _ = app::session::sign_out().await;
            self.standing.set(Standing::Out { ended: false });
        });
    }

    /// Asks anew what may have changed: rights, company, accounts.
    pub fn refresh(self) {
        leptos::task::spawn_local(async move {
            match app::session::who_am_i().await {
                Ok(me) => self.standing.set(Standing::In(Arc::new(me))),
                Err(Problem::Refused(Refusal::SignedOut)) => self.end(),
                Err(_) => {}
            }
        });
    }

    /// The signed-in person, subscribing to changes.
    pub fn me(self) -> Option<Arc<Me>> {
        self.standing.with(|it| match it {
            Standing::In(me) => Some(me.clone()),
            _ => None,
        })
    }

    /// Whether the signed-in person has this right, subscribing to changes.
    pub fn can(self, permission: Permission) -> bool {
        self.standing.with(|it| matches!(it, Standing::In(me) if me.permissions.contains(&permission)))
    }

    /// Whether the signed-in person has any of these rights, subscribing to changes.
    pub fn can_any(self, permissions: &[Permission]) -> bool {
        permissions.iter().any(|it| self.can(*it))
    }

    /// What the person chose, or what this machine remembers.
    pub fn preferences(self) -> Preferences {
        self.me().map_or_else(remembered, |me| me.preferences)
    }

    /// Changes language, theme and density at once and keeps them in the profile.
    pub fn prefer(self, preferences: Preferences) {
        self.wear(preferences);
        let Some(me) = self.standing.with_untracked(|it| match it {
            Standing::In(me) => Some(me.clone()),
            _ => None,
        }) else {
            return;
        };
        let profile = model::Profile { name: me.name.clone(), signature: me.signature.clone(), preferences };
        self.standing.set(Standing::In(Arc::new(Me { preferences, ..Me::clone(&me) })));
        leptos::task::spawn_local(async move {
            if let Err(Problem::Refused(Refusal::SignedOut)) = app::profile::save_profile(profile).await {
                self.end();
            }
        });
    }

    /// Shows the screens as preferred and remembers it for the next visit, before anybody has signed in.
    fn wear(self, preferences: Preferences) {
        self.speech.set(preferences.language);
        document::set_theme(preferences.theme);
        document::set_density(preferences.density);
        if let Ok(text) = serde_json::to_string(&preferences) {
            storage::set("preferences", &text);
        }
    }
}

/// What this machine remembers, or the language the browser asks for.
pub fn remembered() -> Preferences {
    let kept = storage::get("preferences").and_then(|it| serde_json::from_slice(it.as_bytes()).ok());
    kept.unwrap_or_else(|| Preferences {
        language: document::preferred_language().or_else(document::served_language).unwrap_or_default(),
        ..Preferences::default()
    })
}
