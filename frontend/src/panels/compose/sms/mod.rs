//! Writing a text message: numbers, the text with its parts, the account and what it costs.

mod account;
mod phones;
mod switch;

use content::sms::{count_as, without_diacritics};
use leptos::prelude::*;
use model::{Channel, SmsSettings, TemplateApplied};

pub(super) use account::AccountPart;
pub(super) use switch::ChannelSwitch;

use phones::PhonesField;

use super::desk::Desk;
use crate::i18n::{t_string, use_i18n};
use crate::panels::sms_text::{PlainText, measured};
use crate::panels::templates::TemplateChoice;
use crate::state::phones::PhoneField;

/// What of a desk belongs to a text message.
#[derive(Clone, Copy)]
pub(super) struct SmsDesk {
    /// Whether a text message is written, and no e-mail.
    pub is_on: RwSignal<bool>,
    pub phones: RwSignal<PhoneField>,
    pub words: RwSignal<String>,
    pub keeps_diacritics: RwSignal<bool>,
    /// Who it comes from; empty leaves it to the template and the account.
    pub sender: RwSignal<String>,
    /// The settings of the account that it leaves by, once known.
    pub settings: RwSignal<Option<SmsSettings>>,
}

impl SmsDesk {
    /// An empty one.
    pub fn new() -> Self {
        Self {
            is_on: RwSignal::new(false),
            phones: RwSignal::new(PhoneField::default()),
            words: RwSignal::new(String::new()),
            keeps_diacritics: RwSignal::new(false),
            sender: RwSignal::new(String::new()),
            settings: RwSignal::new(None),
        }
    }

    /// What is written now, subscribing to changes.
    pub fn channel(self) -> Channel {
        if self.is_on.get() { Channel::Sms } else { Channel::Email }
    }

    /// How many parts it takes as it leaves, subscribing to changes.
    pub fn n_parts(self) -> usize {
        let keeps = self.keeps_diacritics.get();
        let in_latin1 = self.settings.with(|it| it.as_ref().is_some_and(SmsSettings::writes_latin1));
        self.words.with(|it| match keeps {
            true => count_as(it.trim(), in_latin1).n_segments,
            false => count_as(&without_diacritics(it.trim()), in_latin1).n_segments,
        })
    }

    /// Whether it has more parts than the account allows, subscribing to changes.
    pub fn is_too_long(self) -> bool {
        let most = self.settings.with(|it| it.as_ref().map(|it| usize::from(it.parts_max)));
        most.is_some_and(|it| it < self.n_parts())
    }
}

/// Who gets it and what it says.
#[component]
pub(super) fn TextFields(
    /// What is written.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let sms = desk.sms;
    let take = move |applied: TemplateApplied| {
        sms.words.set(applied.text);
        desk.template.set(Some(applied.template));
        desk.sender.set(Some(applied.sender).filter(|it| !it.0.is_empty()));
        desk.form.clear("body");
    };
    let too_long = move || sms.is_too_long().then(|| sms.settings.with(|it| it.as_ref().map_or(0, |it| it.parts_max)));
    view! {
        <div class="compose-recipients">
            <PhonesField phones=sms.phones />
        </div>
        <div class="compose-words">
            <div class="compose-from">
                <TemplateChoice
                    channel=Channel::Sms
                    contact=desk.contact
                    to=Signal::derive(move || sms.phones.with(PhoneField::text))
                    on_take=take
                />
            </div>
            <PlainText value=sms.words name="body" keeps_diacritics=sms.keeps_diacritics measured=measured(sms.words, sms.keeps_diacritics, sms.settings) />
            {move || {
                too_long().map(|max| view! { <p class="fault" role="alert">{t_string!(i18n, sms_write.too_long, max = max)}</p> })
            }}
        </div>
    }
}
