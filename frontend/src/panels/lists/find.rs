//! One recipient list found by typing, however many there are.

use leptos::prelude::*;
use model::{AudiencePart, ListQuery, RecipientList, RecipientListId};

use crate::calls;
use crate::i18n::{Locale, lists as words, t_string, td_string, use_i18n};
use crate::parts::{FindField, Finding, Found};

/// How many lists are offered at once.
const OFFERED: usize = 12;

/// How lists are found: by their words, the first ones by name without any.
pub fn finding(locale: Signal<Locale>) -> Finding {
    Finding::new(move |typed: String| async move {
        let query = ListQuery { words: typed, ..ListQuery::default() };
        let rows = app::recipient_lists::list_lists(query).await.map(|it| it.rows).unwrap_or_default();
        let locale = locale.try_get_untracked().unwrap_or_default();
        let found =
            |it: RecipientList| Found { code: it.id.to_string(), note: words::members(locale, it.members), name: it.name };
        rows.into_iter().take(OFFERED).map(found).collect()
    })
}

/// How lists and segments are found, with the codes `list:7` and `segment:7`: by their words, the first ones by name without any.
pub fn sets_finding(locale: Signal<Locale>) -> Finding {
    Finding::new(move |typed: String| async move { find_sets(locale.try_get_untracked().unwrap_or_default(), typed).await })
}

/// The set that such a code means.
pub fn set_of(code: &str) -> Option<AudiencePart> {
    let (kind, id) = code.split_once(':')?;
    match kind {
        "list" => id.parse().ok().map(AudiencePart::List),
        "segment" => id.parse().ok().map(AudiencePart::Segment),
        _ => None,
    }
}

/// The first lists and segments that have the words.
pub async fn find_sets(locale: Locale, typed: String) -> Vec<Found> {
    let query = ListQuery { words: typed, ..ListQuery::default() };
    let lists = app::recipient_lists::list_lists(query.clone()).await.map(|it| it.rows).unwrap_or_default();
    let segments = app::segments::list_segments(query).await.map(|it| it.rows).unwrap_or_default();
    let lists = lists.into_iter().take(OFFERED / 2).map(|it| Found {
        code: format!("list:{}", it.id),
        note: words::members(locale, it.members),
        name: it.name,
    });
    let segments = segments.into_iter().take(OFFERED / 2).map(|it| Found {
        code: format!("segment:{}", it.id),
        note: td_string!(locale, lists.segment).to_owned(),
        name: it.fields.name,
    });
    lists.chain(segments).collect()
}

/// The field of a list.
#[component]
pub fn ListField(
    /// What it is filled in for.
    #[prop(into)]
    label: TextProp,
    /// The list that is chosen.
    #[prop(into)]
    chosen: Signal<Option<RecipientListId>>,
    /// Marks that it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Called with the list, or with nothing when it is taken back.
    #[prop(into)]
    on_choose: Callback<(Option<RecipientListId>,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    // What was taken here has its name already; one that was chosen before is asked for.
    let taken = RwSignal::new(None::<(RecipientListId, String)>);
    let asked = calls::ask(
        move || chosen.get().filter(|id| taken.with(|it| it.as_ref().is_none_or(|it| it.0 != *id))),
        |id| async move {
            match id {
                Some(id) => app::recipient_lists::name_lists(vec![id]).await,
                None => Ok(Vec::new()),
            }
        },
    );
    let name = Signal::derive(move || {
        let id = chosen.get()?;
        let own = taken.with(|it| it.as_ref().filter(|it| it.0 == id).map(|it| it.1.clone()));
        let known = || asked.with(|it| it.and_then(|all| all.iter().find(|it| it.0 == id).map(|it| it.1.clone())));
        Some(own.or_else(known).unwrap_or_else(|| "…".to_owned()))
    });
    let take = move |found: Option<Found>| {
        let it = found.and_then(|it| Some((RecipientListId(it.code.parse().ok()?), it.name)));
        taken.set(it.clone());
        on_choose.run((it.map(|it| it.0),));
    };
    view! {
        <FindField
            label=label
            name="list"
            hint=move || t_string!(i18n, lists.find_hint)
            offers=move || t_string!(i18n, lists.find_offers)
            clear=move || t_string!(i18n, lists.find_clear)
            optional=optional
            taken=name
            finding=finding(Signal::derive(move || i18n.get_locale()))
            on_take=take
        />
    }
}
