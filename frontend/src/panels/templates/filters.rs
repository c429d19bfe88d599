//! What narrows the list of templates, as chips.

use leptos::prelude::*;
use model::Language;

use super::records::records;
use crate::i18n::{t_string, templates as words, use_i18n, words as names};
use crate::parts::FilterMenu;
use crate::state::suppression_place::{CHANNELS, channel_code};
use crate::state::template_place::{TemplatePlace, choice_code, choice_of, record_code, record_of};

type Read = fn(&TemplatePlace) -> Option<String>;
type Write = fn(&mut TemplatePlace, &str);

/// The chips of all filters.
#[component]
pub fn TemplateFilters(
    /// What the list shows now.
    #[prop(into)]
    place: Signal<TemplatePlace>,
    /// Called with what it should show.
    #[prop(into)]
    on_change: Callback<(TemplatePlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let records = records();
    let channels = Signal::derive(move || {
        let locale = i18n.get_locale();
        CHANNELS.map(|it| (channel_code(it).to_owned(), words::channel(locale, it).to_owned())).to_vec()
    });
    let abouts = Signal::derive(move || {
        let general = ("-".to_owned(), t_string!(i18n, templates.general).to_owned());
        let others = records.get().into_iter().map(|it| (it.key.0, it.label));
        [general].into_iter().chain(others).collect::<Vec<_>>()
    });
    let languages = Signal::stored(Language::ALL.map(|it| (it.code().to_owned(), names::language(it).to_owned())).to_vec());
    let actives = Signal::derive(move || {
        vec![
            ("yes".to_owned(), t_string!(i18n, templates.active).to_owned()),
            ("no".to_owned(), t_string!(i18n, templates.inactive).to_owned()),
        ]
    });
    let origins = Signal::derive(move || {
        vec![
            ("yes".to_owned(), t_string!(i18n, templates.delivered).to_owned()),
            ("no".to_owned(), t_string!(i18n, templates.own).to_owned()),
        ]
    });
    let filter = move |label: TextProp, options: Signal<Vec<(String, String)>>, read: Read, write: Write| {
        let chosen = Signal::derive(move || place.with(|it| read(it)).into_iter().collect::<Vec<_>>());
        let choose = move |codes: Vec<String>| {
            let mut next = place.get_untracked();
            write(&mut next, &codes.into_iter().next().unwrap_or_default());
            on_change.run((next,));
        };
        view! { <FilterMenu label=label options=options chosen=chosen on_choose=choose single=true /> }
    };
    view! {
        <div class="filters" role="group" aria-label=move || t_string!(i18n, templates.filters)>
            {filter(
                (move || t_string!(i18n, templates.column_about)).into(),
                abouts,
                |it| it.record.as_ref().map(|it| record_code(it).to_owned()),
                |it, code| it.record = record_of(code),
            )}
            {filter(
                (move || t_string!(i18n, templates.column_channel)).into(),
                channels,
                |it| it.channel.map(|it| channel_code(it).to_owned()),
                |it, code| it.channel = CHANNELS.into_iter().find(|it| channel_code(*it) == code),
            )}
            {filter(
                (move || t_string!(i18n, templates.filter_language)).into(),
                languages,
                |it| it.language.map(|it| it.code().to_owned()),
                |it, code| it.language = Language::from_code(code),
            )}
            {filter(
                (move || t_string!(i18n, templates.column_state)).into(),
                actives,
                |it| it.active.map(|it| choice_code(it).to_owned()),
                |it, code| it.active = choice_of(code),
            )}
            {filter(
                (move || t_string!(i18n, templates.filter_origin)).into(),
                origins,
                |it| it.delivered.map(|it| choice_code(it).to_owned()),
                |it, code| it.delivered = choice_of(code),
            )}
        </div>
    }
}
