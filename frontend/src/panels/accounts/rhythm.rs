//! The part of the form about connections, days and hours, and domains.

use leptos::prelude::*;

use super::fields::PaceFields;
use crate::i18n::{I18n, t_string, use_i18n};
use crate::parts::{Checkbox, Select, TextArea, TextField, TextKind};

/// Half hours of a day are offered.
const STEP: u16 = 30;

/// What is seldom changed; what most accounts need is filled in.
#[component]
pub(super) fn RhythmPart(fields: PaceFields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="form-part">
            <header>
                <h2>{move || t_string!(i18n, accounts.section_rhythm)}</h2>
                <p>{move || t_string!(i18n, accounts.rhythm_hint)}</p>
            </header>
            <div class="form-fields">
                <TextField
                    label=move || t_string!(i18n, accounts.connections)
                    value=fields.connections
                    name="pace.connections"
                    kind=TextKind::Number
                    hint=move || t_string!(i18n, accounts.connections_hint)
                    short=true
                />
                <TextField
                    label=move || t_string!(i18n, accounts.per_connection)
                    value=fields.per_connection
                    name="pace.messages_per_connection"
                    kind=TextKind::Number
                    short=true
                />
                <TextField
                    label=move || t_string!(i18n, accounts.minute_limit)
                    value=fields.minute
                    name="pace.minute_limit"
                    kind=TextKind::Number
                    optional=true
                    short=true
                />
                <TextField
                    label=move || t_string!(i18n, accounts.ramp)
                    value=fields.ramp
                    name="pace.ramp"
                    kind=TextKind::Number
                    hint=move || t_string!(i18n, accounts.ramp_hint)
                    optional=true
                    short=true
                />
                <Checkbox
                    label=move || t_string!(i18n, accounts.windowed)
                    hint=move || t_string!(i18n, accounts.windowed_hint)
                    checked=fields.windowed
                />
                <Show when=move || fields.windowed.get()>
                    <WindowFields days=fields.days from=fields.from until=fields.until />
                </Show>
                <TextArea
                    label=move || t_string!(i18n, accounts.domains)
                    value=fields.domains
                    name="pace.domains"
                    hint=move || t_string!(i18n, accounts.domains_hint)
                    optional=true
                    lines=3
                />
            </div>
        </section>
    }
}

/// The days and the hours in which messages leave.
#[component]
pub fn WindowFields(
    /// Whether they leave on a day, Monday first.
    days: [RwSignal<bool>; 7],
    /// Minute of the day from which on they leave.
    from: RwSignal<String>,
    /// Minute of the day from which on they wait.
    until: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let days = days.into_iter().enumerate();
    let days = days.map(|(n, open)| view! { <Checkbox label=move || day(i18n, n) checked=open /> }).collect_view();
    let clock = |minute: u16| (minute.to_string(), format!("{}:{:02}", minute / 60, minute % 60));
    let begins = (0..48).map(|n| clock(n * STEP)).collect::<Vec<_>>();
    let ends = (1..=48).map(|n| clock(n * STEP)).collect::<Vec<_>>();
    view! {
        <fieldset class="window-days">
            <legend>{move || t_string!(i18n, accounts.window_days)}</legend>
            {days}
        </fieldset>
        <div class="window-hours">
            <Select
                label=move || t_string!(i18n, accounts.window_from)
                options=Signal::stored(begins)
                value=from
                name="pace.window.days"
            />
            <Select
                label=move || t_string!(i18n, accounts.window_until)
                options=Signal::stored(ends)
                value=until
                name="pace.window.until"
            />
        </div>
    }
}

fn day(i18n: I18n, n: usize) -> &'static str {
    match n {
        0 => t_string!(i18n, accounts.day_0),
        1 => t_string!(i18n, accounts.day_1),
        2 => t_string!(i18n, accounts.day_2),
        3 => t_string!(i18n, accounts.day_3),
        4 => t_string!(i18n, accounts.day_4),
        5 => t_string!(i18n, accounts.day_5),
        _ => t_string!(i18n, accounts.day_6),
    }
}
