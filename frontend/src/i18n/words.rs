//! Words for values of the model.

use model::{AccountState, DeliveryState, Density, Language, MessageState, Theme, UserState};

use super::{Locale, td_string};

/// How far a message has come.
pub fn message_state(locale: Locale, state: MessageState) -> &'static str {
    match state {
        MessageState::Draft => td_string!(locale, common.message_draft),
        MessageState::Prepared => td_string!(locale, common.message_prepared),
        MessageState::Queued => td_string!(locale, common.message_queued),
        MessageState::Sent => td_string!(locale, common.message_sent),
        MessageState::PartlySent => td_string!(locale, common.message_partly_sent),
        MessageState::Failed => td_string!(locale, common.message_failed),
        MessageState::Cancelled => td_string!(locale, common.message_cancelled),
    }
}

/// How far a delivery has come.
pub fn delivery_state(locale: Locale, state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Waiting => td_string!(locale, common.delivery_waiting),
        DeliveryState::Leased => td_string!(locale, common.delivery_leased),
        DeliveryState::Handed => td_string!(locale, common.delivery_handed),
        DeliveryState::Accepted => td_string!(locale, common.delivery_accepted),
        DeliveryState::Delivered => td_string!(locale, common.delivery_delivered),
        DeliveryState::Returned => td_string!(locale, common.delivery_returned),
        DeliveryState::Rejected => td_string!(locale, common.delivery_rejected),
        DeliveryState::Unknown => td_string!(locale, common.delivery_unknown),
        DeliveryState::Suppressed => td_string!(locale, common.delivery_suppressed),
        DeliveryState::Cancelled => td_string!(locale, common.delivery_cancelled),
        DeliveryState::Expired => td_string!(locale, common.delivery_expired),
    }
}

/// Whether an account sends.
pub fn account_state(locale: Locale, state: &AccountState) -> &'static str {
    match state {
        AccountState::Active => td_string!(locale, common.account_active),
        AccountState::Paused => td_string!(locale, common.account_paused),
        AccountState::Trouble { .. } => td_string!(locale, common.account_trouble),
    }
}

/// What state a user is in.
pub fn user_state(locale: Locale, state: UserState) -> &'static str {
    match state {
        UserState::Invited => td_string!(locale, common.user_invited),
        UserState::Active => td_string!(locale, common.user_active),
        UserState::Disabled => td_string!(locale, common.user_disabled),
        UserState::System => td_string!(locale, common.user_system),
    }
}

/// A language, named in itself.
pub fn language(language: Language) -> &'static str {
    let locale = super::locale(language);
    match language {
        Language::Sk => td_string!(locale, common.language_sk),
        Language::Cs => td_string!(locale, common.language_cs),
        Language::En => td_string!(locale, common.language_en),
    }
}

/// A brightness.
pub fn theme(locale: Locale, theme: Theme) -> &'static str {
    match theme {
        Theme::System => td_string!(locale, common.theme_system),
        Theme::Light => td_string!(locale, common.theme_light),
        Theme::Dark => td_string!(locale, common.theme_dark),
    }
}

/// A height of rows.
pub fn density(locale: Locale, density: Density) -> &'static str {
    match density {
        Density::Compact => td_string!(locale, common.density_compact),
        Density::Normal => td_string!(locale, common.density_normal),
        Density::Comfortable => td_string!(locale, common.density_comfortable),
    }
}
