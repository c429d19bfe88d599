//! What was said about being written to: the state of each channel, the log with its proofs, and a place to note more.

use leptos::prelude::*;
use model::{
    AddressLine, Change, Channel, ConsentDraft, ConsentEntry, ConsentState, ConsentWay, Contact, ContactId, Day, Fault,
    LocalTime, Permission, Purpose, Refusal,
};

use super::ask_consent::{AskConsent, Asked};
use crate::browser::timer;
use crate::calls;
use crate::format;
use crate::i18n::{contacts as words, language, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Button, ButtonKind, Form, FormState, Glyph, Icon, RadioGroup, Select, TextArea, TextField, When};
use crate::session::Session;
use crate::toast::Toasts;

const CHANNELS: [Channel; 2] = [Channel::Email, Channel::Sms];

/// Consents of one contact.
#[component]
pub fn ContactConsents(
    /// The contact.
    contact: Signal<Contact>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (session, live) = (Session::find(), Live::find());
    let id = contact.with_untracked(|it| it.id);
    let writes = RwSignal::new(false);
    let (asks, asked_about) = (RwSignal::new(false), RwSignal::new(Channel::Email));
    let asked = Signal::derive(move || {
        contact.with(|it| Asked {
            id: it.id,
            language: it.fields.language,
            email: first(&it.fields.emails),
            phone: first(&it.fields.phones),
        })
    });
    let may_ask = move || session.can(Permission::ContactsEdit) && session.can(Permission::MessageSend);
    let can_be_asked = move |channel: Channel| {
        let state = contact.with(|it| it.consents.iter().find(|it| it.channel == channel).map(|it| it.state)).unwrap_or_default();
        let has_address = asked.with(|it| !it.email.is_empty() && (channel == Channel::Email || !it.phone.is_empty()));
        state.may_be_asked() && has_address && may_ask()
    };
    let ask = move |channel: Channel| {
        asked_about.set(channel);
        asks.set(true);
    };
    let log = calls::ask(move || (id, live.version(Change::Contacts)), |(id, _)| app::contacts::list_consents(id));
    view! {
        <div class="consents">
            <ul class="consent-states">
                {CHANNELS
                    .map(|channel| {
                        view! {
                            <ChannelState
                                contact=contact
                                channel=channel
                                askable=Signal::derive(move || can_be_asked(channel))
                                on_ask=move || ask(channel)
                            />
                        }
                    })
                    .collect_view()}
            </ul>
            <Show when=move || session.can(Permission::ContactsEdit)>
                <Show
                    when=move || writes.get()
                    fallback=move || {
                        view! {
                            <Button
                                label=move || t_string!(i18n, persons.consent_note)
                                icon=Glyph::PLUS
                                on_press=move || writes.set(true)
                            />
                        }
                    }
                >
                    <NoteForm id=id on_done=move || writes.set(false) />
                </Show>
            </Show>
            <AskConsent asked=asked open=asks channel=asked_about />
            <section>
                <h3>{move || t_string!(i18n, persons.consent_log)}</h3>
                <Loaded answer=log lines=2 let:entries>
                    <Log entries=entries />
                </Loaded>
            </section>
        </div>
    }
}

#[component]
fn ChannelState(
    contact: Signal<Contact>,
    channel: Channel,
    askable: Signal<bool>,
    #[prop(into)] on_ask: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let known = Memo::new(move |_| contact.with(|it| it.consents.iter().find(|it| it.channel == channel).cloned()));
    let state = move || known.with(|it| it.as_ref().map_or(ConsentState::Unknown, |it| it.state));
    let glyph = move || match state() {
        ConsentState::Given | ConsentState::Confirmed => Glyph::CIRCLE_CHECK,
        ConsentState::Asked => Glyph::MAIL,
        ConsentState::Withdrawn => Glyph::CIRCLE_X,
        ConsentState::Unknown => Glyph::CIRCLE_HELP,
    };
    let code = move || match state() {
        ConsentState::Given => "given",
        ConsentState::Asked => "asked",
        ConsentState::Confirmed => "confirmed",
        ConsentState::Withdrawn => "withdrawn",
        ConsentState::Unknown => "unknown",
    };
    let day = move || known.with(|it| it.as_ref().map(|it| format::calendar_day(language(i18n.get_locale()), it.on)));
    view! {
        <li data-consent=code>
            <span class="consent-channel">{move || words::channel(i18n.get_locale(), channel)}</span>
            <span class="consent-state">
                {move || view! { <Icon glyph=glyph() /> }}
                {move || words::consent(i18n.get_locale(), state())}
            </span>
            <span class="meta">{day}</span>
            <Show when=move || askable.get()>
                <Button
                    label=move || match state() {
                        ConsentState::Asked => t_string!(i18n, persons.ask_again),
                        _ => t_string!(i18n, persons.ask_act),
                    }
                    kind=ButtonKind::Quiet
                    icon=Glyph::MAIL
                    on_press=move || on_ask.run(())
                />
            </Show>
        </li>
    }
}

#[component]
fn Log(entries: Signal<Vec<ConsentEntry>>) -> impl IntoView {
    let i18n = use_i18n();
    let row = move |entry: ConsentEntry| {
        let ConsentEntry { consent, noted_at, noted_by, address, from } = entry;
        let head = move || {
            let locale = i18n.get_locale();
            let parts = [
                words::channel(locale, consent.channel).to_owned(),
                words::consent(locale, consent.state).to_owned(),
                format::calendar_day(language(locale), consent.on),
                words::consent_way(locale, consent.way).to_owned(),
            ];
            parts.join(" · ")
        };
        let proof = consent.proof.clone();
        view! {
            <li>
                <strong>{head}</strong>
                {(!proof.is_empty()).then(|| view! { <p class="as-typed">{proof}</p> })}
                <p class="meta">
                    {move || match (consent.state, address.is_empty()) {
                        (ConsentState::Confirmed, _) => {
                            t_string!(i18n, persons.consent_confirmed_from, address = format::phone(&address), from = from.clone())
                        }
                        (_, false) => {
                            t_string!(i18n, persons.consent_asked_by, name = noted_by.clone(), address = format::phone(&address))
                        }
                        (_, true) => t_string!(i18n, persons.consent_noted_by, name = noted_by.clone()),
                    }} " " <When at=Signal::stored(noted_at) />
                </p>
            </li>
        }
    };
    view! {
        <Show
            when=move || entries.with(|it| !it.is_empty())
            fallback=move || view! { <p class="faint">{move || t_string!(i18n, persons.consent_log_none)}</p> }
        >
            <ol class="consent-log">{move || entries.get().into_iter().map(row).collect_view()}</ol>
        </Show>
    }
}

#[component]
fn NoteForm(id: ContactId, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    let text = |it: &str| RwSignal::new(it.to_owned());
    let (channel, state, way, proof) = (text("email"), text("given"), text("paper"), text(""));
    let on = RwSignal::new(LocalTime::of(timer::now()).day.to_string());
    let save = move || {
        let Ok(day) = Day::parse(&on.get_untracked()) else {
            return form.refuse(Refusal::field("on", Fault::NoDate).into());
        };
        let draft = ConsentDraft {
            channel: if channel.get_untracked() == "sms" { Channel::Sms } else { Channel::Email },
            state: if state.get_untracked() == "given" { ConsentState::Given } else { ConsentState::Withdrawn },
            on: day,
            way: way.with_untracked(|it| ConsentWay::ALL.into_iter().find(|way| way_code(*way) == it)).unwrap_or_default(),
            proof: proof.get_untracked(),
        };
        form.submit(app::contacts::note_consent(id, draft), move |()| {
            live.note(Change::Contacts);
            toasts.done(tu_string!(i18n, persons.consent_noted));
            on_done.run(());
        });
    };
    let ways = Signal::derive(move || {
        let locale = i18n.get_locale();
        ConsentWay::ALL.map(|it| (way_code(it).to_owned(), words::consent_way(locale, it).to_owned())).to_vec()
    });
    let channels = CHANNELS.map(|it| {
        let code = if it == Channel::Sms { "sms" } else { "email" };
        (code, TextProp::from(move || words::channel(i18n.get_locale(), it)))
    });
    let states = [("given", ConsentState::Given), ("withdrawn", ConsentState::Withdrawn)]
        .map(|(code, it)| (code, TextProp::from(move || words::consent(i18n.get_locale(), it))));
    view! {
        <Form state=form on_submit=save>
            <div class="consent-form">
                <div class="form-row">
                    <RadioGroup label=move || t_string!(i18n, persons.consent_channel) options=channels.to_vec() value=channel segmented=true />
                    <RadioGroup label=move || t_string!(i18n, persons.consent_state) options=states.to_vec() value=state segmented=true />
                </div>
                <div class="form-row">
                    <TextField label=move || t_string!(i18n, persons.consent_on) value=on name="on" />
                    <Select label=move || t_string!(i18n, persons.consent_way) options=ways value=way name="way" />
                </div>
                <TextArea
                    label=move || t_string!(i18n, persons.consent_proof)
                    value=proof
                    name="proof"
                    hint=move || t_string!(i18n, persons.consent_proof_hint)
                    lines=2
                />
                <footer class="form-end">
                    <Button
                        label=move || t_string!(i18n, persons.consent_note)
                        kind=ButtonKind::Primary
                        busy=form.busy()
                        submit=true
                    />
                    <Button label=move || t_string!(i18n, common.cancel) on_press=move || on_done.run(()) />
                </footer>
            </div>
        </Form>
    }
}

/// What is written first when nothing says otherwise; empty when there is nothing.
fn first(lines: &[AddressLine]) -> String {
    let general = lines.iter().find(|it| it.purpose == Purpose::General).or(lines.first());
    general.map(|it| it.text.clone()).unwrap_or_default()
}

fn way_code(way: ConsentWay) -> &'static str {
    match way {
        ConsentWay::Paper => "paper",
        ConsentWay::Web => "web",
        ConsentWay::Email => "email",
        ConsentWay::Phone => "phone",
        ConsentWay::Person => "person",
        ConsentWay::Contract => "contract",
        ConsentWay::Other => "other",
        ConsentWay::Link => "link",
    }
}
