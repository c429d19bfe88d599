//! One line of what is offered: a contact with its address or number, a list, a segment.

use leptos::prelude::*;
use model::{ContactOffer, EmailAddress, PhoneNumber, PhoneOffer, SetOffer, SuppressedBy};

use super::sets::glyph;
use crate::format;
use crate::i18n::{language, messages as words, suppressions, t_string, use_i18n};
use crate::parts::{Avatar, Glyph, Icon};

/// What was taken of the offers.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::panels) enum Picked {
    /// The name and the address of a contact.
    Address(String, EmailAddress),
    /// The name and the number of a contact.
    Number(String, PhoneNumber),
    /// A set.
    Set(SetOffer),
}

/// One line of the offers.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::panels) enum Line {
    /// A contact with its address.
    Contact(ContactOffer),
    /// A contact with its number.
    Phone(PhoneOffer),
    /// A list or a segment.
    Set(SetOffer),
}

impl Line {
    /// What taking the line means; nothing when it cannot be taken.
    pub fn picked(&self) -> Option<Picked> {
        match self {
            Self::Contact(it) => it.email.clone().map(|email| Picked::Address(it.name.clone(), email)),
            Self::Phone(it) => it.number.clone().map(|number| Picked::Number(it.name.clone(), number)),
            Self::Set(it) => Some(Picked::Set(it.clone())),
        }
    }
}

/// What a line says.
#[component]
pub(super) fn LineWords(
    /// The line.
    line: Line,
) -> impl IntoView {
    match line {
        Line::Contact(offer) => view! { <ContactLine offer=offer /> }.into_any(),
        Line::Phone(offer) => view! { <PhoneLine offer=offer /> }.into_any(),
        Line::Set(offer) => view! { <SetLine offer=offer /> }.into_any(),
    }
}

#[component]
fn ContactLine(offer: ContactOffer) -> impl IntoView {
    let i18n = use_i18n();
    let ContactOffer { name, company_name, email, addresses, suppressed, .. } = offer;
    let address = move || match &email {
        Some(email) => email.shown(),
        None => t_string!(i18n, picker.no_address).to_owned(),
    };
    let several = move || (1 < addresses).then(|| t_string!(i18n, picker.addresses, count = addresses, n = addresses));
    view! {
        <Avatar name=Signal::stored(name.clone()) />
        <span class="offer-words">
            <Who name=name company_name=company_name />
            <span class="meta clip">{address}{move || several().map(|it| view! { <span class="offer-more">{it}</span> })}</span>
        </span>
        <WhyNot suppressed=suppressed />
    }
}

#[component]
fn PhoneLine(offer: PhoneOffer) -> impl IntoView {
    let i18n = use_i18n();
    let PhoneOffer { name, company_name, number, suppressed, .. } = offer;
    let shown = move || match &number {
        Some(number) => number.shown(),
        None => t_string!(i18n, sms_write.no_number).to_owned(),
    };
    view! {
        <Avatar name=Signal::stored(name.clone()) />
        <span class="offer-words">
            <Who name=name company_name=company_name />
            <span class="meta clip">{shown}</span>
        </span>
        <WhyNot suppressed=suppressed />
    }
}

/// The name, with the company where the person works.
#[component]
fn Who(name: String, company_name: String) -> impl IntoView {
    view! {
        <span class="clip">
            <strong>{name}</strong>
            {(!company_name.is_empty()).then(|| view! { <span class="meta">{company_name}</span> })}
        </span>
    }
}

/// Why an offered contact must not be written to, if so.
#[component]
fn WhyNot(suppressed: Option<SuppressedBy>) -> impl IntoView {
    let i18n = use_i18n();
    suppressed.map(|cause| {
        let why = move || suppressions::why(i18n.get_locale(), &cause);
        view! { <span class="offer-suppressed"><Icon glyph=Glyph::BAN /><span class="clip">{why}</span></span> }
    })
}

#[component]
fn SetLine(offer: SetOffer) -> impl IntoView {
    let i18n = use_i18n();
    let SetOffer { audience, name, members } = offer;
    let kind = move || match audience {
        model::Audience::List(_) => t_string!(i18n, picker.list),
        model::Audience::Segment(_) => t_string!(i18n, picker.segment),
    };
    let count = move || {
        members.map(|n| {
            let shown = format::number(language(i18n.get_locale()), n);
            t_string!(i18n, picker.members, count = words::small(n), n = shown)
        })
    };
    view! {
        <span class="offer-set"><Icon glyph=glyph(audience) /></span>
        <span class="offer-words">
            <span class="clip"><strong>{name}</strong></span>
            <span class="meta clip">{kind}{move || count().map(|it| view! { <span class="offer-more">{it}</span> })}</span>
        </span>
    }
}
