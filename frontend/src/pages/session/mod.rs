//! Before one is inside: signing in, the first run, an invitation.

mod first_run;
mod invitation;
mod sign_in;

use leptos::prelude::*;
use model::{Language, Preferences};

pub use first_run::FirstRunPage;
pub use invitation::InvitationPage;
pub use sign_in::SignInPage;

use crate::frame::Brand;
use crate::i18n::{self, t_string, use_i18n, words};
use crate::parts::{Glyph, Menu, MenuItem};
use crate::session::Session;

/// The sheet of paper in the middle of the screen that these pages stand on.
#[component]
fn Sheet(
    /// Wider, for the first run, which asks for the language itself.
    #[prop(optional)]
    wide: bool,
    /// What stands on it.
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main class="threshold">
            <div class="sheet" class:wide=wide>
                <header class="sheet-head">
                    <Brand />
                    {(!wide).then(|| view! { <LanguageMenu /> })}
                </header>
                {children()}
            </div>
            <p class="motto">{move || t_string!(i18n, session.motto)}</p>
        </main>
    }
}

#[component]
fn LanguageMenu() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let spoken = move || i18n::language(i18n.get_locale());
    let speak = move |language: Language| {
        let preferences = untrack(|| session.preferences());
        session.prefer(Preferences { language, ..preferences });
    };
    view! {
        <Menu label=move || words::language(spoken()) glyph=Glyph::CHEVRON_DOWN>
            {Language::ALL
                .map(|it| {
                    view! {
                        <MenuItem
                            label=words::language(it)
                            checked=Signal::derive(move || spoken() == it)
                            on_press=move || speak(it)
                        />
                    }
                })
                .collect_view()}
        </Menu>
    }
}
