//! What is typed into the form of an account, field by field.

use leptos::prelude::*;
use model::Security;

use crate::state::account_pace::PaceForm;
use crate::state::accounts::{self as rules, AccountForm};
use crate::state::providers::Provider;

/// The keys of the protections among the choices.
const SECURITIES: [(&str, Security); 3] = [("starttls", Security::StartTls), ("tls", Security::Tls), ("none", Security::None)];

/// One signal per field.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub name: RwSignal<String>,
    pub host: RwSignal<String>,
    pub port: RwSignal<String>,
    pub security: RwSignal<String>,
    pub user_name: RwSignal<String>,
    pub password: RwSignal<String>,
    pub sender_name: RwSignal<String>,
    pub sender_address: RwSignal<String>,
    pub reply_to: RwSignal<String>,
    pub limit: RwSignal<String>,
    pub own_limit: RwSignal<String>,
    pub pace: PaceFields,
}

/// One signal per field about how fast the account sends.
#[derive(Clone, Copy)]
pub(super) struct PaceFields {
    pub connections: RwSignal<String>,
    pub per_connection: RwSignal<String>,
    pub minute: RwSignal<String>,
    pub windowed: RwSignal<bool>,
    pub days: [RwSignal<bool>; 7],
    pub from: RwSignal<String>,
    pub until: RwSignal<String>,
    pub ramp: RwSignal<String>,
    pub domains: RwSignal<String>,
}

impl PaceFields {
    fn of(form: PaceForm) -> Self {
        Self {
            connections: RwSignal::new(form.connections),
            per_connection: RwSignal::new(form.per_connection),
            minute: RwSignal::new(form.minute),
            windowed: RwSignal::new(form.windowed),
            days: form.days.map(RwSignal::new),
            from: RwSignal::new(form.from),
            until: RwSignal::new(form.until),
            ramp: RwSignal::new(form.ramp),
            domains: RwSignal::new(form.domains),
        }
    }

    fn form(self) -> PaceForm {
        PaceForm {
            connections: self.connections.get(),
            per_connection: self.per_connection.get(),
            minute: self.minute.get(),
            windowed: self.windowed.get(),
            days: self.days.map(|it| it.get()),
            from: self.from.get(),
            until: self.until.get(),
            ramp: self.ramp.get(),
            domains: self.domains.get(),
        }
    }
}

impl Fields {
    /// The fields of a form; the port follows the protection from now on.
    pub fn of(form: AccountForm) -> Self {
        let fields = Self {
            name: RwSignal::new(form.name),
            host: RwSignal::new(form.host),
            port: RwSignal::new(form.port),
            security: RwSignal::new(key_of(form.security).to_owned()),
            user_name: RwSignal::new(form.user_name),
            password: RwSignal::new(form.password),
            sender_name: RwSignal::new(form.sender_name),
            sender_address: RwSignal::new(form.sender_address),
            reply_to: RwSignal::new(form.reply_to),
            limit: RwSignal::new(form.limit),
            own_limit: RwSignal::new(form.own_limit),
            pace: PaceFields::of(form.pace),
        };
        Effect::new(move |before: Option<Security>| {
            let chosen = security_of(&fields.security.read());
            if before.is_some_and(|it| it != chosen) {
                fields.port.update(|port| *port = rules::follow(port, chosen));
            }
            chosen
        });
        fields
    }

    /// What is typed now, subscribing to changes.
    pub fn form(self) -> AccountForm {
        AccountForm {
            name: self.name.get(),
            host: self.host.get(),
            port: self.port.get(),
            security: security_of(&self.security.read()),
            user_name: self.user_name.get(),
            password: self.password.get(),
            sender_name: self.sender_name.get(),
            sender_address: self.sender_address.get(),
            reply_to: self.reply_to.get(),
            limit: self.limit.get(),
            own_limit: self.own_limit.get(),
            pace: self.pace.form(),
        }
    }

    /// Fills in the relay of a provider.
    pub fn take(self, provider: Provider) {
        let (host, port, security) = provider.relay();
        self.host.set(host.to_owned());
        self.security.set(key_of(security).to_owned());
        self.port.set(port.to_string());
    }
}

fn key_of(security: Security) -> &'static str {
    SECURITIES.iter().find(|it| it.1 == security).map_or("", |it| it.0)
}

fn security_of(key: &str) -> Security {
    SECURITIES.iter().find(|it| it.0 == key).map(|it| it.1).unwrap_or_default()
}
