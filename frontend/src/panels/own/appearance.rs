//! How the screens look: language, brightness, height of rows. A change applies at once.

use leptos::prelude::*;
use model::{Density, Language, Preferences, Theme};

use crate::i18n::{t_string, use_i18n, words};
use crate::parts::RadioGroup;
use crate::session::Session;

const THEMES: [(&str, Theme); 3] = [("system", Theme::System), ("light", Theme::Light), ("dark", Theme::Dark)];
const DENSITIES: [(&str, Density); 3] =
    [("compact", Density::Compact), ("normal", Density::Normal), ("comfortable", Density::Comfortable)];

/// Three choices that are kept in the profile as soon as they are made.
#[component]
pub fn Appearance() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let now = untrack(|| session.preferences());
    let language = RwSignal::new(now.language.code().to_owned());
    let theme = RwSignal::new(key_of(&THEMES, now.theme));
    let density = RwSignal::new(key_of(&DENSITIES, now.density));
    // The same choices can be made in the top bar: these follow.
    Effect::new(move |_| {
        let Preferences { language: spoken, theme: shown, density: dense } = session.preferences();
        language.set(spoken.code().to_owned());
        theme.set(key_of(&THEMES, shown));
        density.set(key_of(&DENSITIES, dense));
    });
    Effect::new(move |before: Option<Preferences>| {
        let chosen = Preferences {
            language: Language::from_code(&language.read()).unwrap_or_default(),
            theme: value_of(&THEMES, &theme.read()),
            density: value_of(&DENSITIES, &density.read()),
        };
        let kept = untrack(|| session.preferences());
        if before.is_some() && chosen != kept {
            session.prefer(chosen);
        }
        chosen
    });
    let themes = THEMES.map(|(key, it)| (key, TextProp::from(move || words::theme(i18n.get_locale(), it))));
    let densities = DENSITIES.map(|(key, it)| (key, TextProp::from(move || words::density(i18n.get_locale(), it))));
    view! {
        <section class="form-part">
            <header>
                <h2>{move || t_string!(i18n, settings.appearance)}</h2>
                <p>{move || t_string!(i18n, settings.appearance_hint)}</p>
            </header>
            <div class="form-fields">
                <RadioGroup
                    label=move || t_string!(i18n, common.language)
                    value=language
                    segmented=true
                    options=Language::ALL.map(|it| (it.code(), words::language(it).into())).to_vec()
                />
                <RadioGroup label=move || t_string!(i18n, common.theme) value=theme segmented=true options=themes.to_vec() />
                <RadioGroup
                    label=move || t_string!(i18n, common.density)
                    value=density
                    segmented=true
                    options=densities.to_vec()
                />
            </div>
        </section>
    }
}

fn key_of<T: Copy + PartialEq>(choices: &[(&str, T)], value: T) -> String {
    choices.iter().find(|it| it.1 == value).map_or_else(String::new, |it| it.0.to_owned())
}

fn value_of<T: Copy + Default>(choices: &[(&str, T)], key: &str) -> T {
    choices.iter().find(|it| it.0 == key).map(|it| it.1).unwrap_or_default()
}
