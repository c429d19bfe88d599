//! What a text message costs by the account that it would leave by.

use leptos::prelude::*;
use model::{Permission, SmsSettings, Transport};

use crate::calls;
use crate::format;
use crate::i18n::{language, t_string, use_i18n};
use crate::session::Session;
use crate::state::sms_text::Measured;

/// The settings of the default account for text messages, for whoever may write; nothing where there is none.
pub(super) fn default_account() -> Memo<Option<SmsSettings>> {
    let session = Session::find();
    let accounts = calls::ask(
        move || session.can(Permission::MessageWrite),
        |may| async move { if may { app::accounts::list_accounts().await } else { Ok(Vec::new()) } },
    );
    Memo::new(move |_| {
        accounts.with(|it| {
            it?.iter().filter(|it| it.is_default).find_map(|it| match &it.transport {
                Transport::Sms(settings) => Some(settings.clone()),
                _ => None,
            })
        })
    })
}

/// What the text costs for the person that is shown; nothing where the price is not known.
#[component]
pub(super) fn Price(
    /// The text for the person that is shown.
    measured: Memo<Option<Measured>>,
    /// The account that it would leave by.
    settings: Memo<Option<SmsSettings>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        let parts = measured.with(|it| it.as_ref().map_or(0, |it| it.count.n_segments)) as u64;
        let cost = settings.with(|it| it.as_ref()?.cost(parts)).filter(|_| 0 < parts)?;
        Some(t_string!(i18n, sms_text.price, amount = format::decimal(language(i18n.get_locale()), cost)))
    };
    view! { {move || words().map(|it| view! { <p class="sms-cost">{it}</p> })} }
}
