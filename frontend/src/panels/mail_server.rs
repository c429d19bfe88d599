//! The fields of a mailbox that Posel opens itself, and what its test found wrong: the same for returned mail and for copies.

use leptos::prelude::*;
use model::{MailboxStage, Security};

use crate::i18n::{returns as words, t_string, use_i18n};
use crate::parts::{Banner, RadioGroup, TextField, TextKind, Tone};

/// How a connection is protected, by the key of its choice.
pub const SECURITIES: [(&str, Security); 3] =
    [("tls", Security::Tls), ("starttls", Security::StartTls), ("none", Security::None)];

/// The key of a choice.
pub fn key_of<T: PartialEq>(all: &[(&str, T)], value: T) -> String {
    all.iter().find(|it| it.1 == value).map_or_else(String::new, |it| it.0.to_owned())
}

/// What a key stands for.
pub fn of_key<T: Copy + Default>(all: &[(&str, T)], key: &str) -> T {
    all.iter().find(|it| it.0 == key).map(|it| it.1).unwrap_or_default()
}

/// Host, port, protection, and who we are there.
#[component]
pub fn MailServerFields(
    /// The host.
    host: RwSignal<String>,
    /// The port.
    port: RwSignal<String>,
    /// The key of the protection.
    security: RwSignal<String>,
    /// The name to sign in with.
    user_name: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="form-row host-port">
            <TextField
                label=move || t_string!(i18n, returns.host)
                value=host
                name="settings.host"
                placeholder="imap.example.sk"
            />
            <TextField
                label=move || t_string!(i18n, returns.port)
                value=port
                name="settings.port"
                kind=TextKind::Number
                short=true
            />
        </div>
        <RadioGroup
            label=move || t_string!(i18n, accounts.security)
            value=security
            segmented=true
            options=vec![
                ("tls", TextProp::from(move || t_string!(i18n, accounts.security_tls))),
                ("starttls", TextProp::from(move || t_string!(i18n, accounts.security_starttls))),
                ("none", TextProp::from(move || t_string!(i18n, accounts.security_none))),
            ]
        />
        <TextField label=move || t_string!(i18n, returns.user_name) value=user_name name="settings.user_name" />
    }
}

/// At which step the mailbox could not be opened, and the server's literal words.
#[component]
pub fn MailboxFailed(
    /// The step.
    stage: MailboxStage,
    /// What the server said; untrusted text.
    said: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || t_string!(i18n, returns.test_failed, stage = words::stage(i18n.get_locale(), stage));
    view! {
        <Banner tone=Tone::Bad text=text />
        <pre class="literal">{said}</pre>
    }
}
