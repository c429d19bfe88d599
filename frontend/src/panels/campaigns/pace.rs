//! How fast a campaign leaves, as it is typed: in the wizard, and while it runs.

use leptos::prelude::*;
use model::{CampaignPace, SendingWindow};

use crate::i18n::{t_string, use_i18n};
use crate::panels::accounts::WindowFields;
use crate::parts::{Checkbox, TextField, TextKind};
use crate::state::campaign_pace::PaceForm;

/// One signal per field.
#[derive(Clone, Copy)]
pub(super) struct PaceFields {
    per_hour: RwSignal<String>,
    windowed: RwSignal<bool>,
    days: [RwSignal<bool>; 7],
    from: RwSignal<String>,
    until: RwSignal<String>,
}

impl PaceFields {
    /// The fields of a pace.
    pub fn of(pace: CampaignPace) -> Self {
        let form = PaceForm::of(pace);
        Self {
            per_hour: RwSignal::new(form.per_hour),
            windowed: RwSignal::new(form.window.is_some()),
            days: {
                let window = form.window.unwrap_or(SendingWindow { days: 0x1f, from: 480, until: 1_020 });
                std::array::from_fn(|day| RwSignal::new(window.has(day as u8)))
            },
            from: RwSignal::new(form.window.map_or(480, |it| it.from).to_string()),
            until: RwSignal::new(form.window.map_or(1_020, |it| it.until).to_string()),
        }
    }

    /// The pace that is typed, subscribing to changes; what is no number is left to the check.
    pub fn pace(self) -> CampaignPace {
        let days = self.days.iter().enumerate().fold(0, |days, (n, open)| days | (u8::from(open.get()) << n));
        let window = self.windowed.get().then(|| SendingWindow {
            days,
            from: self.from.with(|it| it.parse().unwrap_or(0)),
            until: self.until.with(|it| it.parse().unwrap_or(1_440)),
        });
        PaceForm { per_hour: self.per_hour.get(), window }.pace()
    }
}

/// The fields.
#[component]
pub(super) fn PacePart(
    /// What is typed.
    fields: PaceFields,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <TextField
            label=move || t_string!(i18n, campaigns.per_hour)
            hint=move || t_string!(i18n, campaigns.per_hour_hint)
            value=fields.per_hour
            name="pace.per_hour"
            kind=TextKind::Number
            optional=true
            short=true
        />
        <Checkbox label=move || t_string!(i18n, campaigns.windowed) checked=fields.windowed />
        <Show when=move || fields.windowed.get()>
            <WindowFields days=fields.days from=fields.from until=fields.until />
        </Show>
    }
}
