//! What each column is, with values to recognise it by.

use leptos::prelude::*;
use model::ImportTarget;

use super::pick::Pick;
use super::wizard::Desk;
use crate::i18n::{imports as words, t_string, use_i18n};
use crate::parts::{Banner, FormState};
use crate::state::import_draft::{samples, targets};

/// One line for each column.
#[component]
pub(super) fn ColumnsStep(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::find();
    let options = Signal::derive(move || {
        let own = desk.fields();
        targets(&own).into_iter().map(|it| (it, words::target(i18n.get_locale(), it, &own))).collect::<Vec<_>>()
    });
    let columns = Memo::new(move |_| desk.look.with(|it| it.map(|it| it.columns.clone()).unwrap_or_default()));
    let remembered = Memo::new(move |_| desk.look.with(|it| it.is_some_and(|it| it.remembered)));
    let fault = move || form.and_then(|it| it.fault("columns", i18n.get_locale()));
    view! {
        <p class="import-lead">{move || t_string!(i18n, imports.columns_lead)}</p>
        <Show when=move || remembered.get()>
            <Banner text=move || t_string!(i18n, imports.columns_remembered) />
        </Show>
        {move || fault().map(|_| view! { <p class="fault" role="alert">{t_string!(i18n, imports.columns_missing)}</p> })}
        <ul class="import-columns">
            {move || {
                columns
                    .get()
                    .into_iter()
                    .enumerate()
                    .map(|(n, name)| view! { <ColumnLine desk=desk place=n name=name options=options /> })
                    .collect_view()
            }}
        </ul>
    }
}

#[component]
fn ColumnLine(desk: Desk, place: usize, name: String, options: Signal<Vec<(ImportTarget, String)>>) -> impl IntoView {
    let i18n = use_i18n();
    let values = desk.look.with(|it| it.map(|it| samples(it, place).join(" · ")).unwrap_or_default());
    let target = Memo::new(move |_| desk.draft.with(|it| it.targets.get(place).copied().unwrap_or_default()));
    let set = move |it: ImportTarget| {
        desk.draft.update(|draft| {
            if draft.targets.len() <= place {
                draft.targets.resize(place + 1, ImportTarget::Nothing);
            }
            draft.targets[place] = it;
        });
    };
    let of = name.clone();
    view! {
        <li class:left-out=move || target.get() == ImportTarget::Nothing>
            <div class="import-column">
                <strong class="clip">{name}</strong>
                <span class="meta clip" title=values.clone()>{values.clone()}</span>
            </div>
            <Pick
                label=move || t_string!(i18n, imports.target_of, name = of.clone())
                options=options
                value=target
                on_pick=set
                name=format!("columns.{place}")
            />
        </li>
    }
}
