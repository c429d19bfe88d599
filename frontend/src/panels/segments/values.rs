//! The values of a condition.

use leptos::prelude::*;
use model::{
    Channel, Condition, ConsentState, ContactKind, Day, DayTest, Language, LocalTime, Nature, ObtainedWay, RecipientListId,
    TextTest,
};

use super::builder::Builder;
use super::own::own;
use crate::i18n::{Locale, contacts, segments as words, t_string, td_string, use_i18n, words as common};
use crate::panels::lists::finding;
use crate::parts::{FindField, Found, Glyph, Icon, IconButton};

/// Draws the fields of a condition's values; which they are is fixed when they are drawn.
#[component]
pub(super) fn Values(
    /// The tree.
    builder: Builder,
    /// The condition.
    condition: Signal<Condition>,
    /// Called with the changed condition.
    #[prop(into)]
    on_change: Callback<(Condition,)>,
) -> AnyView {
    let names = builder.names;
    match condition.get_untracked() {
        Condition::Kind(_) => several(
            condition,
            on_change,
            move |it| if let Condition::Kind(it) = it { it } else { Vec::new() },
            Condition::Kind,
            move |locale| ContactKind::ALL.map(|it| (it, contacts::kind(locale, it).to_owned())).to_vec(),
        ),
        Condition::Tag(_) => several(
            condition,
            on_change,
            move |it| if let Condition::Tag(it) = it { it } else { Vec::new() },
            Condition::Tag,
            move |_| names.with(|it| it.tags.clone()),
        ),
        Condition::Owner(_) => several(
            condition,
            on_change,
            move |it| if let Condition::Owner(it) = it { it } else { Vec::new() },
            Condition::Owner,
            move |_| names.with(|it| it.owners.clone()),
        ),
        Condition::Language(_) => several(
            condition,
            on_change,
            move |it| if let Condition::Language(it) = it { it } else { Vec::new() },
            Condition::Language,
            move |_| [Language::Sk, Language::Cs, Language::En].map(|it| (it, common::language(it).to_owned())).to_vec(),
        ),
        Condition::List(_) => view! { <Lists condition=condition names=names on_change=on_change /> }.into_any(),
        Condition::Obtained(_) => several(
            condition,
            on_change,
            move |it| if let Condition::Obtained(it) = it { it } else { Vec::new() },
            Condition::Obtained,
            move |locale| ObtainedWay::ALL.map(|it| (it, contacts::way(locale, it).to_owned())).to_vec(),
        ),
        Condition::Nature(_) => choice(
            condition,
            on_change,
            vec![Condition::Nature(Nature::Person), Condition::Nature(Nature::Company)],
            |locale, it| match it {
                Condition::Nature(it) => contacts::nature(locale, *it).to_owned(),
                _ => String::new(),
            },
        ),
        Condition::Consent { .. } => consent(condition, on_change),
        Condition::Suppressed(_) => choice(
            condition,
            on_change,
            vec![Condition::Suppressed(Channel::Email), Condition::Suppressed(Channel::Sms)],
            |locale, it| match it {
                Condition::Suppressed(it) => words::channel_word(locale, *it).to_owned(),
                _ => String::new(),
            },
        ),
        Condition::Town(_) => text_test(condition, on_change, Condition::Town),
        Condition::Postcode(_) => text_test(condition, on_change, Condition::Postcode),
        Condition::ObtainedOn(_) => day_test(condition, on_change, Condition::ObtainedOn),
        Condition::Created(_) => day_test(condition, on_change, Condition::Created),
        Condition::Changed(_) => day_test(condition, on_change, Condition::Changed),
        Condition::Messaged(_) => day_test(condition, on_change, Condition::Messaged),
        Condition::Field(field) => {
            let definition = names.with_untracked(|it| it.fields.iter().find(|it| it.id == field.field).cloned());
            definition.map(|it| own(condition, on_change, it)).into_any()
        }
        Condition::NoOwner | Condition::Reachable(_) | Condition::NoBulk | Condition::NeverMessaged => ().into_any(),
    }
}

/// Lists, each with a button that takes it away, and a field that finds more of them.
#[component]
fn Lists(condition: Signal<Condition>, names: Signal<words::Names>, on_change: Callback<(Condition,)>) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = Memo::new(move |_| if let Condition::List(it) = condition.get() { it } else { Vec::new() });
    let name = move |id: RecipientListId| {
        names.with(|it| it.lists.iter().find(|it| it.0 == id).map_or_else(|| format!("№ {id}"), |it| it.1.clone()))
    };
    let add = move |found: Option<Found>| {
        let Some(id) = found.and_then(|it| it.code.parse().ok()).map(RecipientListId) else { return };
        let mut lists = chosen.get_untracked();
        if !lists.contains(&id) {
            lists.push(id);
            on_change.run((Condition::List(lists),));
        }
    };
    let remove = move |id: RecipientListId| {
        on_change.run((Condition::List(chosen.get_untracked().into_iter().filter(|it| *it != id).collect()),));
    };
    view! {
        <div class="rule-lists">
            <div class="rule-choices" role="group" aria-label=move || t_string!(i18n, segments.value)>
                <For each=move || chosen.get() key=|id| *id let:id>
                    <span class="chip rule-list">
                        {move || name(id)}
                        <IconButton
                            label=move || t_string!(i18n, lists.find_remove, name = name(id))
                            icon=Glyph::X
                            on_press=move || remove(id)
                        />
                    </span>
                </For>
            </div>
            <FindField
                label=move || t_string!(i18n, lists.find_add)
                hint=move || t_string!(i18n, lists.find_hint)
                offers=move || t_string!(i18n, lists.find_offers)
                clear=move || t_string!(i18n, lists.find_clear)
                taken=Signal::stored(None::<String>)
                finding=finding(Signal::derive(move || i18n.get_locale()))
                on_take=add
            />
        </div>
    }
}

/// Several of some, each a button that is pressed or not.
fn several<T: Clone + PartialEq + Send + Sync + 'static>(
    condition: Signal<Condition>,
    on_change: Callback<(Condition,)>,
    read: impl Fn(Condition) -> Vec<T> + Copy + Send + Sync + 'static,
    write: fn(Vec<T>) -> Condition,
    options: impl Fn(Locale) -> Vec<(T, String)> + Send + Sync + 'static,
) -> AnyView {
    let i18n = use_i18n();
    let options = Memo::new(move |_| options(i18n.get_locale()));
    let toggle = move |value: T| {
        let mut values = read(condition.get_untracked());
        match values.iter().position(|it| *it == value) {
            Some(at) => drop(values.remove(at)),
            None => values.push(value),
        }
        on_change.run((write(values),));
    };
    let button = move |(value, name): (T, String)| {
        let own = value.clone();
        let pressed = move || read(condition.get()).contains(&own);
        view! {
            <button
                type="button"
                class="chip rule-choice"
                aria-pressed=move || pressed().to_string()
                on:click=move |_| toggle(value.clone())
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="rule-choices" role="group" aria-label=move || t_string!(i18n, segments.value)>
            {move || options.get().into_iter().map(button).collect_view()}
            <Show when=move || options.with(Vec::is_empty)>
                <span class="meta">{move || t_string!(i18n, segments.no_values)}</span>
            </Show>
        </div>
    }
    .into_any()
}

/// One of a few whole conditions.
fn choice(
    condition: Signal<Condition>,
    on_change: Callback<(Condition,)>,
    all: Vec<Condition>,
    words: fn(Locale, &Condition) -> String,
) -> AnyView {
    let i18n = use_i18n();
    let all = StoredValue::new(all);
    let options = move || all.with_value(|all| all.iter().map(|it| words(i18n.get_locale(), it)).collect::<Vec<_>>());
    let place = move || all.with_value(|all| condition.with(|now| all.iter().position(|it| it == now)));
    let pick = move |n: usize| {
        if let Some(it) = all.with_value(|all| all.get(n).cloned()) {
            on_change.run((it,));
        }
    };
    select(TextProp::from(move || t_string!(i18n, segments.value)), options, place, pick)
}

fn consent(condition: Signal<Condition>, on_change: Callback<(Condition,)>) -> AnyView {
    let i18n = use_i18n();
    let channels = [Channel::Email, Channel::Sms];
    let now = move || match condition.get() {
        Condition::Consent { channel, state } => (channel, state),
        _ => (Channel::Email, ConsentState::Given),
    };
    let channel = select(
        TextProp::from(move || t_string!(i18n, segments.how)),
        move || channels.iter().map(|it| words::channel_word(i18n.get_locale(), *it).to_owned()).collect(),
        move || channels.iter().position(|it| *it == now().0),
        move |n| on_change.run((Condition::Consent { channel: channels[n.min(1)], state: untrack(now).1 },)),
    );
    let state = select(
        TextProp::from(move || t_string!(i18n, segments.value)),
        move || ConsentState::ALL.iter().map(|it| words::consent(i18n.get_locale(), *it).to_owned()).collect(),
        move || ConsentState::ALL.iter().position(|it| *it == now().1),
        move |n| {
            on_change.run((Condition::Consent {
                channel: untrack(now).0,
                state: ConsentState::ALL[n.min(ConsentState::ALL.len() - 1)],
            },))
        },
    );
    view! {
        {channel}
        {state}
    }
    .into_any()
}

fn text_test(condition: Signal<Condition>, on_change: Callback<(Condition,)>, write: fn(TextTest) -> Condition) -> AnyView {
    let i18n = use_i18n();
    let test = move || match condition.get() {
        Condition::Town(it) | Condition::Postcode(it) => it,
        _ => TextTest::Empty,
    };
    let text = move || match test() {
        TextTest::Is(it) | TextTest::Begins(it) | TextTest::Contains(it) => Some(it),
        TextTest::Empty => None,
    };
    let make = |n: usize, text: String| match n {
        0 => TextTest::Is(text),
        1 => TextTest::Begins(text),
        2 => TextTest::Contains(text),
        _ => TextTest::Empty,
    };
    let place = move || match test() {
        TextTest::Is(_) => 0,
        TextTest::Begins(_) => 1,
        TextTest::Contains(_) => 2,
        TextTest::Empty => 3,
    };
    let how = select(
        TextProp::from(move || t_string!(i18n, segments.how)),
        move || {
            let locale = i18n.get_locale();
            vec![
                td_string!(locale, segments.pick_is).to_owned(),
                td_string!(locale, segments.pick_begins).to_owned(),
                td_string!(locale, segments.pick_contains).to_owned(),
                td_string!(locale, segments.pick_empty).to_owned(),
            ]
        },
        move || Some(place()),
        move |n| on_change.run((write(make(n, untrack(text).unwrap_or_default())),)),
    );
    let type_in = move |text: String| on_change.run((write(make(untrack(place), text)),));
    view! {
        {how}
        {input("text", move || text(), type_in)}
    }
    .into_any()
}

fn day_test(condition: Signal<Condition>, on_change: Callback<(Condition,)>, write: fn(DayTest) -> Condition) -> AnyView {
    let i18n = use_i18n();
    let test = move || match condition.get() {
        Condition::ObtainedOn(it) | Condition::Created(it) | Condition::Changed(it) | Condition::Messaged(it) => it,
        _ => DayTest::LastDays(30),
    };
    let place = move || match test() {
        DayTest::LastDays(_) => 0,
        DayTest::LongerAgo(_) => 1,
        DayTest::From(_) => 2,
        DayTest::Until(_) => 3,
    };
    let days = move || match test() {
        DayTest::LastDays(it) | DayTest::LongerAgo(it) => Some(it),
        DayTest::From(_) | DayTest::Until(_) => None,
    };
    let day = move || match test() {
        DayTest::From(it) | DayTest::Until(it) => Some(it),
        DayTest::LastDays(_) | DayTest::LongerAgo(_) => None,
    };
    let today = || LocalTime::of(crate::browser::timer::now()).day;
    let make = move |n: usize, days: Option<u32>, day: Option<Day>| match n {
        0 => DayTest::LastDays(days.unwrap_or(30)),
        1 => DayTest::LongerAgo(days.unwrap_or(30)),
        2 => DayTest::From(day.unwrap_or_else(today)),
        _ => DayTest::Until(day.unwrap_or_else(today)),
    };
    let how = select(
        TextProp::from(move || t_string!(i18n, segments.how)),
        move || {
            let locale = i18n.get_locale();
            vec![
                td_string!(locale, segments.pick_last_days).to_owned(),
                td_string!(locale, segments.pick_longer_ago).to_owned(),
                td_string!(locale, segments.pick_from).to_owned(),
                td_string!(locale, segments.pick_until).to_owned(),
            ]
        },
        move || Some(place()),
        move |n| on_change.run((write(make(n, untrack(days), untrack(day))),)),
    );
    let type_days = move |text: String| {
        let digits: String = text.chars().filter(char::is_ascii_digit).take(5).collect();
        on_change.run((write(make(untrack(place), Some(digits.parse().unwrap_or(0)), None)),));
    };
    let type_day = move |text: String| {
        if let Ok(day) = Day::parse(&text) {
            on_change.run((write(make(untrack(place), None, Some(day))),));
        }
    };
    view! {
        {how}
        {input("number", move || days().map(|it| it.to_string()), type_days)}
        {input("date", move || day().map(|it| it.to_string()), type_day)}
    }
    .into_any()
}

/// A small list of choices by their place.
pub(super) fn select(
    label: TextProp,
    options: impl Fn() -> Vec<String> + Send + Sync + 'static,
    place: impl Fn() -> Option<usize> + Copy + Send + Sync + 'static,
    pick: impl Fn(usize) + Send + Sync + 'static,
) -> AnyView {
    let option = move |(n, words): (usize, String)| {
        view! { <option value=n.to_string() prop:selected=move || place() == Some(n)>{words}</option> }
    };
    view! {
        <span class="select">
            <select
                class="input"
                aria-label=move || label.get()
                on:change=move |event| pick(event_target_value(&event).parse().unwrap_or(0))
            >
                {move || options().into_iter().enumerate().map(option).collect_view()}
            </select>
            <Icon glyph=Glyph::CHEVRONS_UP_DOWN />
        </span>
    }
    .into_any()
}

/// A field that is there only while there is a value for it.
pub(super) fn input(
    kind: &'static str,
    value: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
    type_in: impl Fn(String) + Copy + Send + Sync + 'static,
) -> AnyView {
    let i18n = use_i18n();
    let is_there = Memo::new(move |_| value().is_some());
    view! {
        <Show when=move || is_there.get()>
            <input
                class="input rule-input"
                class:short=kind == "number"
                type=if kind == "date" { "date" } else { "text" }
                inputmode=if kind == "number" { "numeric" } else { "text" }
                autocomplete="off"
                aria-label=move || if kind == "number" { t_string!(i18n, segments.days) } else { t_string!(i18n, segments.value) }
                // Written once: what is typed and cannot be read yet must not be taken from under the fingers.
                prop:value=value().unwrap_or_default()
                on:input=move |event| type_in(event_target_value(&event))
            />
        </Show>
    }
    .into_any()
}
