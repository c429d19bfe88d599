//! The filter by time: a named period, or days from and to.

use leptos::prelude::*;

use crate::browser::calendar::Date;
use crate::i18n::{messages as words, t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Dialog, Field, FilterMenu};
use crate::state::message_place::Period;

/// The key of the choice that opens the dialog.
const DAYS: &str = "days";

/// A chip that offers periods, the last one with days of one's own.
#[component]
pub fn PeriodFilter(
    /// The period chosen.
    #[prop(into)]
    period: Signal<Option<Period>>,
    /// Called with the new choice.
    #[prop(into)]
    on_choose: Callback<(Option<Period>,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let own = move || period.get().filter(|it| matches!(it, Period::Between(..)));
    let options = Signal::derive(move || {
        let locale = i18n.get_locale();
        let mut options: Vec<_> = Period::NAMED.iter().map(|it| (it.code(), words::period(locale, *it))).collect();
        let days = own().map_or_else(|| t_string!(i18n, messages.period_days).to_owned(), |it| words::period(locale, it));
        options.push((DAYS.to_owned(), days));
        options
    });
    let chosen = Signal::derive(move || {
        period.get().map(|it| if matches!(it, Period::Between(..)) { DAYS.to_owned() } else { it.code() }).into_iter().collect()
    });
    let choose = move |keys: Vec<String>| match keys.first().map(String::as_str) {
        Some(DAYS) => open.set(true),
        Some(code) => on_choose.run((Period::from_code(code),)),
        None => on_choose.run((None,)),
    };
    view! {
        <FilterMenu
            label=move || t_string!(i18n, messages.filter_period)
            options=options
            chosen=chosen
            on_choose=choose
            single=true
        />
        <Dialog title=move || t_string!(i18n, messages.period_title) open=open>
            <Days
                period=period
                on_choose=move |it| {
                    open.set(false);
                    on_choose.run((it,));
                }
            />
        </Dialog>
    }
}

#[component]
fn Days(period: Signal<Option<Period>>, #[prop(into)] on_choose: Callback<(Option<Period>,)>) -> impl IntoView {
    let i18n = use_i18n();
    let (from, to) = match period.get_untracked() {
        Some(Period::Between(from, to)) => (from, to),
        _ => (None, None),
    };
    let text = |it: Option<Date>| RwSignal::new(it.map_or_else(String::new, |it| it.to_string()));
    let (from, to) = (text(from), text(to));
    let chosen = move || {
        let (from, to) = (from.with(|it| Date::parse(it)), to.with(|it| Date::parse(it)));
        match (from, to) {
            (None, None) => None,
            (Some(from), Some(to)) if to < from => Some(Period::Between(Some(to), Some(from))),
            (from, to) => Some(Period::Between(from, to)),
        }
    };
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                on_choose.run((untrack(chosen),));
            }
        >
            <div class="form-row">
                <Day label=move || t_string!(i18n, messages.period_from) value=from />
                <Day label=move || t_string!(i18n, messages.period_to) value=to />
            </div>
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, messages.period_apply) kind=ButtonKind::Primary submit=true />
            </footer>
        </form>
    }
}

#[component]
fn Day(#[prop(into)] label: TextProp, value: RwSignal<String>) -> impl IntoView {
    view! {
        <Field label=label let:ids let:_faulty>
            <input
                class="input"
                type="date"
                id=ids.field
                aria-describedby=ids.notes
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </Field>
    }
}
