//! The parts of the form about a message centre that speaks SMPP: where it is, and what it expects.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::parts::{Checkbox, Part, Select, TextField, TextKind};
use crate::state::smpp_form::{SmppForm, port_after};

/// One signal per field.
#[derive(Clone, Copy)]
pub(super) struct SmppFields {
    host: RwSignal<String>,
    port: RwSignal<String>,
    is_tls: RwSignal<bool>,
    system_id: RwSignal<String>,
    system_type: RwSignal<String>,
    service_type: RwSignal<String>,
    bind: RwSignal<String>,
    ton: RwSignal<String>,
    npi: RwSignal<String>,
    encoding: RwSignal<String>,
    long_text: RwSignal<String>,
    receipt_ids: RwSignal<String>,
    zone: RwSignal<String>,
    validity: RwSignal<String>,
    wants_receipts: RwSignal<bool>,
    window: RwSignal<String>,
    enquire: RwSignal<String>,
}

impl SmppFields {
    /// The fields of a form.
    pub fn of(form: SmppForm) -> Self {
        let fields = Self {
            host: RwSignal::new(form.host),
            port: RwSignal::new(form.port),
            is_tls: RwSignal::new(form.is_tls),
            system_id: RwSignal::new(form.system_id),
            system_type: RwSignal::new(form.system_type),
            service_type: RwSignal::new(form.service_type),
            bind: RwSignal::new(form.bind),
            ton: RwSignal::new(form.ton),
            npi: RwSignal::new(form.npi),
            encoding: RwSignal::new(form.encoding),
            long_text: RwSignal::new(form.long_text),
            receipt_ids: RwSignal::new(form.receipt_ids),
            zone: RwSignal::new(form.zone),
            validity: RwSignal::new(form.validity),
            wants_receipts: RwSignal::new(form.wants_receipts),
            window: RwSignal::new(form.window),
            enquire: RwSignal::new(form.enquire),
        };
        Effect::new(move |before: Option<bool>| {
            let is_tls = fields.is_tls.get();
            if before.is_some_and(|it| it != is_tls) {
                fields.port.update(|it| *it = port_after(it, is_tls));
            }
            is_tls
        });
        fields
    }

    /// What is typed now, subscribing to changes.
    pub fn form(self) -> SmppForm {
        SmppForm {
            host: self.host.get(),
            port: self.port.get(),
            is_tls: self.is_tls.get(),
            system_id: self.system_id.get(),
            system_type: self.system_type.get(),
            service_type: self.service_type.get(),
            bind: self.bind.get(),
            ton: self.ton.get(),
            npi: self.npi.get(),
            encoding: self.encoding.get(),
            long_text: self.long_text.get(),
            receipt_ids: self.receipt_ids.get(),
            zone: self.zone.get(),
            validity: self.validity.get(),
            wants_receipts: self.wants_receipts.get(),
            window: self.window.get(),
            enquire: self.enquire.get(),
        }
    }
}

/// Where the centre is and who we are there.
#[component]
pub(super) fn CentrePlace(fields: SmppFields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="form-row host-port">
            <TextField
                label=move || t_string!(i18n, sms_accounts.smpp_host)
                value=fields.host
                name="gateway.host"
                placeholder="smsc.example.sk"
            />
            <TextField
                label=move || t_string!(i18n, sms_accounts.smpp_port)
                value=fields.port
                name="gateway.port"
                kind=TextKind::Number
                short=true
            />
        </div>
        <Checkbox
            label=move || t_string!(i18n, sms_accounts.smpp_tls)
            hint=move || t_string!(i18n, sms_accounts.smpp_tls_hint)
            checked=fields.is_tls
        />
        <TextField label=move || t_string!(i18n, sms_accounts.smpp_system_id) value=fields.system_id name="gateway.system_id" />
    }
}

/// What the centre expects: how we bind, how texts are written, how fast it takes them.
#[component]
pub(super) fn CentreWays(fields: SmppFields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Part title=move || t_string!(i18n, sms_accounts.section_centre) hint=move || t_string!(i18n, sms_accounts.centre_hint)>
            <Binding fields=fields />
            <Writing fields=fields />
            <Receipts fields=fields />
            <div class="form-row">
                <TextField
                    label=move || t_string!(i18n, sms_accounts.smpp_window)
                    value=fields.window
                    name="gateway.window"
                    kind=TextKind::Number
                    hint=move || t_string!(i18n, sms_accounts.smpp_window_hint)
                    short=true
                />
                <TextField
                    label=move || t_string!(i18n, sms_accounts.smpp_enquire)
                    value=fields.enquire
                    name="gateway.enquire"
                    kind=TextKind::Number
                    hint=move || t_string!(i18n, sms_accounts.smpp_enquire_hint)
                    short=true
                />
            </div>
        </Part>
    }
}

/// As what we bind, and what we call ourselves beside the name.
#[component]
fn Binding(fields: SmppFields) -> impl IntoView {
    let i18n = use_i18n();
    let binds = move || {
        vec![
            ("transceiver".to_owned(), t_string!(i18n, sms_accounts.smpp_bind_transceiver).to_owned()),
            ("pair".to_owned(), t_string!(i18n, sms_accounts.smpp_bind_pair).to_owned()),
            ("transmitter".to_owned(), t_string!(i18n, sms_accounts.smpp_bind_transmitter).to_owned()),
        ]
    };
    view! {
        <Select
            label=move || t_string!(i18n, sms_accounts.smpp_bind)
            options=Signal::derive(binds)
            value=fields.bind
            name="gateway.bind"
        />
        <div class="form-row">
            <TextField
                label=move || t_string!(i18n, sms_accounts.smpp_system_type)
                value=fields.system_type
                name="gateway.system_type"
                optional=true
            />
            <TextField
                label=move || t_string!(i18n, sms_accounts.smpp_service_type)
                value=fields.service_type
                name="gateway.service_type"
                optional=true
            />
        </div>
    }
}

/// How senders are numbered and texts written.
#[component]
fn Writing(fields: SmppFields) -> impl IntoView {
    let i18n = use_i18n();
    let encodings = move || {
        vec![
            ("gsm".to_owned(), t_string!(i18n, sms_accounts.smpp_encoding_gsm).to_owned()),
            ("latin1".to_owned(), t_string!(i18n, sms_accounts.smpp_encoding_latin1).to_owned()),
        ]
    };
    let ways = move || {
        vec![
            ("parts".to_owned(), t_string!(i18n, sms_accounts.smpp_long_parts).to_owned()),
            ("payload".to_owned(), t_string!(i18n, sms_accounts.smpp_long_payload).to_owned()),
        ]
    };
    view! {
        <div class="form-row">
            <TextField
                label=move || t_string!(i18n, sms_accounts.smpp_ton)
                value=fields.ton
                name="gateway.ton"
                kind=TextKind::Number
                hint=move || t_string!(i18n, sms_accounts.smpp_ton_hint)
                optional=true
                short=true
            />
            <TextField
                label=move || t_string!(i18n, sms_accounts.smpp_npi)
                value=fields.npi
                name="gateway.npi"
                kind=TextKind::Number
                optional=true
                short=true
            />
        </div>
        <Select
            label=move || t_string!(i18n, sms_accounts.smpp_encoding)
            options=Signal::derive(encodings)
            value=fields.encoding
            name="gateway.encoding"
            hint=move || t_string!(i18n, sms_accounts.smpp_encoding_hint)
        />
        <Select
            label=move || t_string!(i18n, sms_accounts.smpp_long)
            options=Signal::derive(ways)
            value=fields.long_text
            name="gateway.long_text"
        />
        <TextField
            label=move || t_string!(i18n, sms_accounts.smpp_validity)
            value=fields.validity
            name="gateway.validity"
            kind=TextKind::Number
            hint=move || t_string!(i18n, sms_accounts.smpp_validity_hint)
            optional=true
            short=true
        />
    }
}

/// Whether receipts come, and how they are written.
#[component]
fn Receipts(fields: SmppFields) -> impl IntoView {
    let i18n = use_i18n();
    let ids = move || {
        vec![
            ("same".to_owned(), t_string!(i18n, sms_accounts.smpp_ids_same).to_owned()),
            ("decimal".to_owned(), t_string!(i18n, sms_accounts.smpp_ids_decimal).to_owned()),
        ]
    };
    let zones = move || {
        vec![
            ("local".to_owned(), t_string!(i18n, sms_accounts.smpp_zone_local).to_owned()),
            ("utc".to_owned(), t_string!(i18n, sms_accounts.smpp_zone_utc).to_owned()),
        ]
    };
    let come = move || fields.wants_receipts.get() && fields.bind.with(|it| it != "transmitter");
    view! {
        <Checkbox
            label=move || t_string!(i18n, sms_accounts.smpp_receipts)
            hint=move || t_string!(i18n, sms_accounts.smpp_receipts_hint)
            checked=fields.wants_receipts
        />
        <Show when=come>
            <Select
                label=move || t_string!(i18n, sms_accounts.smpp_ids)
                options=Signal::derive(ids)
                value=fields.receipt_ids
                name="gateway.receipt_ids"
            />
            <Select
                label=move || t_string!(i18n, sms_accounts.smpp_zone)
                options=Signal::derive(zones)
                value=fields.zone
                name="gateway.zone"
            />
        </Show>
    }
}
