//! What is typed into the form of a bounce mailbox, field by field.

use leptos::prelude::*;
use model::{AfterReading, MailboxProtocol, OnHardBounce, Security};

use crate::panels::mail_server::{SECURITIES, key_of, of_key};
use crate::state::mailbox_form::{self as rules, MailboxForm};

const PROTOCOLS: [(&str, MailboxProtocol); 2] = [("imap", MailboxProtocol::Imap), ("pop3", MailboxProtocol::Pop3)];
const AFTER: [(&str, AfterReading); 3] =
    [("keep", AfterReading::Keep), ("move", AfterReading::Move), ("delete", AfterReading::Delete)];
const ON_HARD: [(&str, OnHardBounce); 2] = [("propose", OnHardBounce::Propose), ("suppress", OnHardBounce::Suppress)];

/// One signal per field.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub address: RwSignal<String>,
    pub tagged: RwSignal<bool>,
    pub protocol: RwSignal<String>,
    pub host: RwSignal<String>,
    pub port: RwSignal<String>,
    pub security: RwSignal<String>,
    pub user_name: RwSignal<String>,
    pub password: RwSignal<String>,
    pub folder: RwSignal<String>,
    pub after: RwSignal<String>,
    pub archive: RwSignal<String>,
    pub hard_limit: RwSignal<String>,
    pub on_hard: RwSignal<String>,
}

impl Fields {
    /// The fields of a form; the port follows protocol and protection from now on.
    pub fn of(form: MailboxForm) -> Self {
        let fields = Self {
            address: RwSignal::new(form.address),
            tagged: RwSignal::new(form.tagged),
            protocol: RwSignal::new(key_of(&PROTOCOLS, form.protocol)),
            host: RwSignal::new(form.host),
            port: RwSignal::new(form.port),
            security: RwSignal::new(key_of(&SECURITIES, form.security)),
            user_name: RwSignal::new(form.user_name),
            password: RwSignal::new(form.password),
            folder: RwSignal::new(form.folder),
            after: RwSignal::new(key_of(&AFTER, form.after)),
            archive: RwSignal::new(form.archive),
            hard_limit: RwSignal::new(form.hard_limit),
            on_hard: RwSignal::new(key_of(&ON_HARD, form.on_hard)),
        };
        Effect::new(move |before: Option<(MailboxProtocol, Security)>| {
            let chosen = (of_key(&PROTOCOLS, &fields.protocol.read()), of_key(&SECURITIES, &fields.security.read()));
            if before.is_some_and(|it| it != chosen) {
                fields.port.update(|port| *port = rules::follow(port, chosen.0, chosen.1));
            }
            chosen
        });
        fields
    }

    /// What is typed now, subscribing to changes.
    pub fn form(self) -> MailboxForm {
        MailboxForm {
            address: self.address.get(),
            tagged: self.tagged.get(),
            protocol: of_key(&PROTOCOLS, &self.protocol.read()),
            host: self.host.get(),
            port: self.port.get(),
            security: of_key(&SECURITIES, &self.security.read()),
            user_name: self.user_name.get(),
            password: self.password.get(),
            folder: self.folder.get(),
            after: of_key(&AFTER, &self.after.read()),
            archive: self.archive.get(),
            hard_limit: self.hard_limit.get(),
            on_hard: of_key(&ON_HARD, &self.on_hard.read()),
        }
    }
}
