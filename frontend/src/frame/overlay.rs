//! What lies over every page: the palette and the list of shortcuts. It comes in a chunk of its own.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::{Preferences, Theme};

use crate::browser::document;
use crate::panels::palette::Palette;
use crate::panels::shortcuts::ShortcutHelp;
use crate::session::Session;
use crate::state::commands::Command;

/// What lies over the page and can be opened from anywhere.
#[derive(Clone, Copy)]
pub(super) struct Overlays {
    pub palette: RwSignal<bool>,
    pub help: RwSignal<bool>,
}

impl Overlays {
    /// Begins with nothing open.
    pub fn provide() -> Self {
        let overlays = Self { palette: RwSignal::new(false), help: RwSignal::new(false) };
        provide_context(overlays);
        overlays
    }

    /// Whether anything is open, subscribing to changes.
    pub fn any_open(self) -> bool {
        self.palette.get() || self.help.get()
    }

    /// Closes everything.
    pub fn close(self) {
        self.palette.set(false);
        self.help.set(false);
    }
}

/// Draws what is open.
#[component]
pub fn Overlay() -> impl IntoView {
    let overlays = use_context::<Overlays>();
    overlays.map(|it| {
        view! {
            <Palette open=it.palette on_command=obey(it) />
            <ShortcutHelp open=it.help />
        }
    })
}

/// Does what the palette was asked for.
fn obey(overlays: Overlays) -> impl Fn(Command) + Send + Sync {
    let session = Session::find();
    let navigate = use_navigate();
    move |command| {
        let preferences = untrack(|| session.preferences());
        match command {
            Command::Go(path) => navigate(&path, Default::default()),
            Command::SwitchTheme => {
                let theme = if document::is_dark() { Theme::Light } else { Theme::Dark };
                session.prefer(Preferences { theme, ..preferences });
            }
            Command::Speak(language) => session.prefer(Preferences { language, ..preferences }),
            Command::Help => overlays.help.set(true),
            Command::SignOut => session.sign_out(),
        }
    }
}
