//! Choosing a template for a message that is written.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Channel, ContactId, RecordKey, RecordType, TemplateApplied, TemplateId, TemplateOffer};

use super::records::{about, records};
use crate::browser::timer::Pause;
use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::parts::{Button, Dialog, EmptyState, Glyph, SearchField};
use crate::toast::Toasts;

/// The button *From a template*, and the list behind it.
#[component]
pub fn TemplateChoice(
    /// What the message travels by.
    channel: Channel,
    /// The contact it is written from.
    #[prop(into)]
    contact: Signal<Option<ContactId>>,
    /// Its recipients as typed; the first one's data fill the template.
    #[prop(into)]
    to: Signal<String>,
    /// Called with what the template makes of it.
    #[prop(into)]
    on_take: Callback<(TemplateApplied,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let take = Callback::new(move |(id,): (TemplateId,)| {
        let call = app::templates::apply_template(id, contact.get_untracked(), to.get_untracked());
        calls::act(busy, call, move |applied| {
            open.set(false);
            let n = applied.unresolved.len();
            if 0 < n {
                toasts.warn(tu_string!(i18n, templates.left_open, count = small(n as u64), n = n));
            }
            on_take.run((applied,));
        });
    });
    view! {
        <Button label=move || t_string!(i18n, templates.choose) icon=Glyph::FILE_TEXT on_press=move || open.set(true) />
        <Dialog title=move || t_string!(i18n, templates.choose_title) open=open wide=true>
            <TemplateOffers channel=channel busy=busy on_choose=take />
        </Dialog>
    }
}

/// The templates of a channel that are offered, found by words.
#[component]
pub fn TemplateOffers(
    /// What they travel by.
    channel: Channel,
    /// Whether one is being taken.
    busy: RwSignal<bool>,
    /// Called with the one that is taken.
    #[prop(into)]
    on_choose: Callback<(TemplateId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = RwSignal::new(String::new());
    let offers = found(channel, words);
    let records = records();
    let groups = Memo::new(move |_| offers.with(|it| it.as_ref().map(|it| grouped(it, &records.get()))));
    let is_nothing = move || groups.with(|it| it.as_ref().is_some_and(Vec::is_empty));
    view! {
        <SearchField
            label=move || t_string!(i18n, templates.search)
            hint=move || t_string!(i18n, templates.search_hint)
            words=words
            on_search=move |it: String| words.set(it)
        />
        <Show when=is_nothing>
            <EmptyState
                glyph=Glyph::FILE_TEXT
                title=move || t_string!(i18n, templates.nothing_title)
                text=move || t_string!(i18n, templates.none_offered)
            />
        </Show>
        <div class="template-offers" aria-busy=move || busy.get().to_string()>
            {move || {
                groups
                    .get()
                    .unwrap_or_default()
                    .into_iter()
                    .map(|(record, offers)| view! {
                        <section>
                            <h3>{move || about(records, record.as_ref())}</h3>
                            <ul>{offers.into_iter().map(|it| view! { <Offer offer=it busy=busy on_choose=on_choose /> }).collect_view()}</ul>
                        </section>
                    })
                    .collect_view()
            }}
        </div>
    }
}

#[component]
fn Offer(offer: TemplateOffer, busy: RwSignal<bool>, on_choose: Callback<(TemplateId,)>) -> impl IntoView {
    let TemplateOffer { id, name, hint, languages, .. } = offer;
    let codes = languages.iter().map(|it| it.code()).collect::<Vec<_>>().join(" ");
    view! {
        <li>
            <button type="button" class="template-offer" disabled=move || busy.get() on:click=move |_| on_choose.run((id,))>
                <strong>{name}</strong>
                <span class="meta">{hint}</span>
                <span class="faint">{codes}</span>
            </button>
        </li>
    }
}

/// What is offered for the words, asked for in the pauses of typing.
fn found(channel: Channel, words: RwSignal<String>) -> RwSignal<Option<Vec<TemplateOffer>>> {
    let found = RwSignal::new(None);
    let toasts = Toasts::find();
    let pause = Pause::new(150);
    Effect::new(move |_| {
        let typed = words.get();
        pause.then(move || {
            spawn_local(async move {
                match app::templates::offer_templates(channel, typed.clone()).await {
                    Ok(offers) if words.try_get_untracked().is_some_and(|it| it == typed) => found.set(Some(offers)),
                    Ok(_) => {}
                    Err(problem) => toasts.problem(&problem),
                }
            });
        });
    });
    found
}

type Group = (Option<RecordKey>, Vec<TemplateOffer>);

/// General ones first, then by record type in the order in which those are offered; groups without templates are left out.
fn grouped(offers: &[TemplateOffer], records: &[RecordType]) -> Vec<Group> {
    let mut keys: Vec<Option<RecordKey>> = vec![None];
    keys.extend(records.iter().map(|it| Some(it.key.clone())));
    for offer in offers {
        if !keys.contains(&offer.record) {
            keys.push(offer.record.clone());
        }
    }
    let of = |key: &Option<RecordKey>| offers.iter().filter(|it| it.record == *key).cloned().collect::<Vec<_>>();
    keys.into_iter().map(|key| (key.clone(), of(&key))).filter(|it| !it.1.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(id: i64, record: Option<&str>) -> TemplateOffer {
        let record = record.map(|it| RecordKey(it.into()));
        TemplateOffer { id: TemplateId(id), name: format!("{id}"), hint: String::new(), record, languages: Vec::new() }
    }

    #[test]
    fn general_templates_come_first_and_unknown_types_last() {
        let records = ["order", "invoice"].map(|it| RecordType { key: RecordKey(it.into()), label: it.into() });
        let offers = [offer(1, Some("ship")), offer(2, Some("invoice")), offer(3, None), offer(4, Some("invoice"))];
        let told: Vec<_> = grouped(&offers, &records)
            .into_iter()
            .map(|(key, offers)| (key.map(|it| it.0), offers.into_iter().map(|it| it.id.0).collect::<Vec<_>>()))
            .collect();
        assert_eq!(told, [(None, vec![3]), (Some("invoice".into()), vec![2, 4]), (Some("ship".into()), vec![1])]);
    }
}
