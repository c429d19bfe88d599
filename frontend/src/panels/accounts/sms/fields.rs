//! What is typed into the form, field by field.

use leptos::prelude::*;
use model::{HomeCountry, SmsGatewayKind};

use super::smpp::SmppFields;
use crate::panels::notice_to::NoticeFields;
use crate::state::account_pace::PaceForm;
use crate::state::sms_account::SmsAccountForm;

/// The keys of the kinds among the choices.
const KINDS: [(&str, SmsGatewayKind); 5] = [
    ("eurosms", SmsGatewayKind::EuroSms),
    ("gosms", SmsGatewayKind::GoSms),
    ("http", SmsGatewayKind::Http),
    ("smpp", SmsGatewayKind::Smpp),
    ("capture", SmsGatewayKind::Capture),
];

/// One signal per field.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub name: RwSignal<String>,
    pub kind: RwSignal<String>,
    pub base: RwSignal<String>,
    pub id: RwSignal<String>,
    pub channel: RwSignal<String>,
    pub is_test: RwSignal<bool>,
    pub description: RwSignal<String>,
    pub smpp: SmppFields,
    /// One signal for each secret that the gateway was seen to want.
    pub secrets: RwSignal<Vec<(String, RwSignal<String>)>>,
    pub sender: RwSignal<String>,
    pub home: RwSignal<String>,
    pub parts_max: RwSignal<String>,
    pub price: RwSignal<String>,
    pub warn_below: RwSignal<String>,
    pub stop_below: RwSignal<String>,
    pub notify: NoticeFields,
    pub limit: RwSignal<String>,
    pub own_limit: RwSignal<String>,
    pub windowed: RwSignal<bool>,
    pub days: [RwSignal<bool>; 7],
    pub from: RwSignal<String>,
    pub until: RwSignal<String>,
    /// What of the pace the form does not show.
    pace: StoredValue<PaceForm>,
}

impl Fields {
    /// The fields of a form. A secret that is wanted gets a field and keeps it, so that nothing typed is lost by trying another kind.
    pub fn of(form: SmsAccountForm) -> Self {
        let home = if form.home == HomeCountry::Czechia { "cz" } else { "sk" };
        let pace = form.pace.clone();
        let fields = Self {
            name: RwSignal::new(form.name),
            kind: RwSignal::new(key_of(form.kind).to_owned()),
            base: RwSignal::new(form.base),
            id: RwSignal::new(form.id),
            channel: RwSignal::new(form.channel),
            is_test: RwSignal::new(form.is_test),
            description: RwSignal::new(form.description),
            smpp: SmppFields::of(form.smpp),
            secrets: RwSignal::new(Vec::new()),
            sender: RwSignal::new(form.sender),
            home: RwSignal::new(home.to_owned()),
            parts_max: RwSignal::new(form.parts_max),
            price: RwSignal::new(form.price),
            warn_below: RwSignal::new(form.warn_below),
            stop_below: RwSignal::new(form.stop_below),
            notify: NoticeFields::of(form.notify),
            limit: RwSignal::new(form.limit.0),
            own_limit: RwSignal::new(form.limit.1),
            windowed: RwSignal::new(form.pace.windowed),
            days: form.pace.days.map(RwSignal::new),
            from: RwSignal::new(form.pace.from),
            until: RwSignal::new(form.pace.until),
            pace: StoredValue::new(pace),
        };
        let owner = StoredValue::new(Owner::current());
        Effect::new(move |_| {
            let wanted = fields.form().gateway().secrets();
            let missing: Vec<String> = fields
                .secrets
                .with_untracked(|it| wanted.into_iter().filter(|name| it.iter().all(|own| own.0 != *name)).collect());
            if missing.is_empty() {
                return;
            }
            // The signals live as long as the form, not only until the next change.
            let make = || missing.into_iter().map(|name| (name, RwSignal::new(String::new()))).collect::<Vec<_>>();
            let made = owner.with_value(|it| it.as_ref().map(|it| it.with(make))).unwrap_or_default();
            fields.secrets.update(|it| it.extend(made));
        });
        fields
    }

    /// The chosen kind, subscribing to changes.
    pub fn gateway_kind(self) -> SmsGatewayKind {
        kind_of(&self.kind.read())
    }

    /// What is typed now, subscribing to changes.
    pub fn form(self) -> SmsAccountForm {
        SmsAccountForm {
            name: self.name.get(),
            kind: self.gateway_kind(),
            base: self.base.get(),
            id: self.id.get(),
            channel: self.channel.get(),
            is_test: self.is_test.get(),
            description: self.description.get(),
            smpp: self.smpp.form(),
            secrets: self.secrets.with(|it| it.iter().map(|(name, value)| (name.clone(), value.get())).collect()),
            sender: self.sender.get(),
            home: if self.home.with(|it| it == "cz") { HomeCountry::Czechia } else { HomeCountry::Slovakia },
            parts_max: self.parts_max.get(),
            price: self.price.get(),
            warn_below: self.warn_below.get(),
            stop_below: self.stop_below.get(),
            notify: self.notify.to(),
            limit: (self.limit.get(), self.own_limit.get()),
            pace: PaceForm {
                windowed: self.windowed.get(),
                days: self.days.map(|it| it.get()),
                from: self.from.get(),
                until: self.until.get(),
                ..self.pace.get_value()
            },
        }
    }
}

pub(super) fn key_of(kind: SmsGatewayKind) -> &'static str {
    KINDS.iter().find(|it| it.1 == kind).map_or("", |it| it.0)
}

fn kind_of(key: &str) -> SmsGatewayKind {
    KINDS.iter().find(|it| it.0 == key).map(|it| it.1).unwrap_or_default()
}
