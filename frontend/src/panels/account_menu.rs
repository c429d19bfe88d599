//! What a person may change about the screens from anywhere: profile, look, language, and the way out.

use leptos::prelude::*;
use model::{Language, Preferences, Theme};

use crate::i18n::{t_string, use_i18n, words};
use crate::parts::{Avatar, Glyph, Menu, MenuItem, MenuLine, MenuLink};
use crate::session::Session;

/// The menu behind one's initials.
#[component]
pub fn AccountMenu(
    /// Called to show the keyboard shortcuts.
    #[prop(into)]
    on_help: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let me = Memo::new(move |_| session.me().map(|me| (me.name.clone(), me.email.clone())).unwrap_or_default());
    let name = Signal::derive(move || me.get().0);
    let prefer = move |change: fn(Preferences) -> Preferences| session.prefer(change(session.preferences()));
    let themes: [(Theme, Glyph, fn(Preferences) -> Preferences); 3] = [
        (Theme::System, Glyph::MONITOR, |it| Preferences { theme: Theme::System, ..it }),
        (Theme::Light, Glyph::SUN, |it| Preferences { theme: Theme::Light, ..it }),
        (Theme::Dark, Glyph::MOON, |it| Preferences { theme: Theme::Dark, ..it }),
    ];
    let languages: [(Language, fn(Preferences) -> Preferences); 3] = [
        (Language::Sk, |it| Preferences { language: Language::Sk, ..it }),
        (Language::Cs, |it| Preferences { language: Language::Cs, ..it }),
        (Language::En, |it| Preferences { language: Language::En, ..it }),
    ];
    view! {
        <Menu
            label=move || t_string!(i18n, frame.user_menu, name = name.get())
            class="account"
            face=move || view! { <Avatar name=name /> }
        >
            <div class="menu-person" role="presentation">
                <strong>{name}</strong>
                <span>{move || me.get().1}</span>
            </div>
            <MenuLink
                label=move || t_string!(i18n, frame.profile)
                glyph=Glyph::USER
                href="/settings/profile".to_owned()
            />
            <MenuItem label=move || t_string!(i18n, frame.shortcuts) glyph=Glyph::KEYBOARD on_press=on_help />
            <MenuLine label=move || t_string!(i18n, common.theme) />
            {themes
                .map(|(theme, glyph, change)| {
                    view! {
                        <MenuItem
                            label=move || words::theme(i18n.get_locale(), theme)
                            glyph=glyph
                            checked=Signal::derive(move || session.preferences().theme == theme)
                            on_press=move || prefer(change)
                        />
                    }
                })
                .collect_view()}
            <MenuLine label=move || t_string!(i18n, common.language) />
            {languages
                .map(|(language, change)| {
                    view! {
                        <MenuItem
                            label=words::language(language)
                            checked=Signal::derive(move || session.preferences().language == language)
                            on_press=move || prefer(change)
                        />
                    }
                })
                .collect_view()}
            <MenuLine />
            <MenuItem
                label=move || t_string!(i18n, frame.sign_out)
                glyph=Glyph::LOG_OUT
                on_press=move || session.sign_out()
            />
        </Menu>
    }
}
