//! One prepared message as it will leave, with what differs from the others, and what can be done about it.

use leptos::prelude::*;
use model::campaign::{FillScope, MissingField};
use model::{
    Campaign, CampaignId, Change, Channel, FieldDoubt, Fill, LeftOut, MessageState, Permission, ReviewText, ReviewedMessage,
};

use super::cost;
use super::edit::EditDialog;
use super::measure::MeasuredNote;
use crate::calls;
use crate::i18n::{campaigns as words, t_string, use_i18n};
use crate::live::Live;
use crate::panels::writing::MailFrame;
use crate::parts::{Banner, Button, ButtonKind, Form, FormState, Glyph, MessageBadge, Switch, TextField, Tone, When};
use crate::session::Session;
use crate::state::campaign_review::framed;

/// Head, text and acts.
#[component]
pub(super) fn Reviewed(
    /// The campaign's id.
    id: CampaignId,
    /// The campaign.
    campaign: Signal<Campaign>,
    /// The message.
    message: Signal<Option<ReviewedMessage>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let marks = RwSignal::new(true);
    let is_mail = campaign.with_untracked(|it| it.draft.channel == Channel::Email);
    let page = Memo::new(move |_| {
        message.with(|it| {
            let it = it.as_ref()?;
            let html = if marks.get() && !it.marked_html.is_empty() { &it.marked_html } else { &it.html };
            Some(framed(html, &it.attachments))
        })
    });
    let text = Memo::new(move |_| message.with(|it| it.as_ref().map(|it| it.text.clone()).unwrap_or_default()));
    view! {
        <Head message=message marks=marks />
        <Apart id=id message=message />
        {if is_mail {
            view! { <MailFrame page=Signal::derive(move || page.get()) /> }.into_any()
        } else {
            view! { <p class="review-sms">{move || pieces(text.get(), marks.get())}</p> }.into_any()
        }}
        <Files message=message />
        <MeasuredNote message=message />
        <Acts id=id campaign=campaign message=message />
        <p class="meta review-hash">
            {move || t_string!(i18n, campaigns.hash)} " "
            <code>{move || message.with(|it| it.as_ref().map(|it| it.hash.chars().take(16).collect::<String>()))}</code>
        </p>
    }
}

#[component]
fn Head(message: Signal<Option<ReviewedMessage>>, marks: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let to = move || {
        message.with(|it| {
            let row = &it.as_ref()?.row;
            let address = crate::format::phone(&row.address);
            Some(if row.name.is_empty() { address } else { format!("{} <{address}>", row.name) })
        })
    };
    let from = move || message.with(|it| it.as_ref().map(|it| it.from.clone()));
    let subject = Memo::new(move |_| message.with(|it| it.as_ref().map(|it| it.subject.clone()).unwrap_or_default()));
    let state = Signal::derive(move || message.with(|it| it.as_ref().map_or(MessageState::Prepared, |it| it.row.state)));
    let edited = move || message.with(|it| it.as_ref().and_then(|it| it.edited.clone()));
    let length = move || message.with(|it| it.as_ref().and_then(|it| cost::one(i18n, it.row.parts, it.price)));
    let changed = move || message.with(|it| it.as_ref().is_some_and(|it| it.row.is_changed));
    view! {
        <header class="review-head">
            <dl class="captured-meta">
                <dt>{move || t_string!(i18n, campaigns.head_to)}</dt>
                <dd>{to}</dd>
                <dt>{move || t_string!(i18n, campaigns.head_from)}</dt>
                <dd>{from}</dd>
                <dt>{move || t_string!(i18n, campaigns.head_subject)}</dt>
                <dd class="review-subject">{move || pieces(subject.get(), marks.get())}</dd>
                {move || {
                    length().map(|it| view! {
                        <dt>{t_string!(i18n, campaigns.head_parts)}</dt>
                        <dd>{it}</dd>
                    })
                }}
            </dl>
            <div class="review-look">
                <MessageBadge state=state />
                <Switch label=move || t_string!(i18n, campaigns.marks) checked=marks />
            </div>
        </header>
        {move || {
            edited()
                .map(|(who, at)| view! {
                    <p class="meta">{t_string!(i18n, campaigns.edited_by, name = who)} " " <When at=Signal::stored(at) /></p>
                })
        }}
        <Show when=changed>
            <Banner tone=Tone::Warning text=move || t_string!(i18n, campaigns.contact_changed) />
        </Show>
    }
}

/// A text with what differs marked.
fn pieces(text: Vec<ReviewText>, marks: bool) -> Vec<AnyView> {
    let piece = |it: ReviewText| if it.differs && marks { view! { <ins>{it.text}</ins> }.into_any() } else { it.text.into_any() };
    text.into_iter().map(piece).collect()
}

/// Values that are missing or doubtful, each with a field to fill it in for this message or for everybody.
#[component]
fn Apart(id: CampaignId, message: Signal<Option<ReviewedMessage>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let missing = Memo::new(move |_| message.with(|it| it.as_ref().map(|it| it.row.missing.clone()).unwrap_or_default()));
    view! {
        <Show when=move || missing.with(|it| !it.is_empty())>
            <section class="review-apart">
                <strong>{move || t_string!(i18n, campaigns.apart_title)}</strong>
                <For each=move || missing.get() key=|it| it.path.clone() let:field>
                    <FillForm id=id message=message field=field may=session.can(Permission::MessageEditPrepared) />
                </For>
            </section>
        </Show>
    }
}

#[component]
fn FillForm(id: CampaignId, message: Signal<Option<ReviewedMessage>>, field: MissingField, may: bool) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let form = FormState::new();
    let value = RwSignal::new(String::new());
    let path = StoredValue::new(field.path.clone());
    let doubt = field.doubt;
    let label = move || format!("{} – {}", path.get_value(), words::doubt(i18n.get_locale(), doubt));
    let fill = move |scope: FillScope, value: Option<String>| {
        let fill = Fill { scope, path: path.get_value(), value };
        form.submit(app::campaigns::fill_prepared(id, fill), move |()| live.note(Change::Campaigns));
    };
    let typed = move || Some(value.get_untracked()).filter(|it| !it.trim().is_empty());
    let one = move || message.with_untracked(|it| it.as_ref().map(|it| FillScope::One(it.row.message)));
    let can_stand = !matches!(doubt, FieldDoubt::Unresolved(_) | FieldDoubt::TooManyParts(_));
    // A text that cannot be made, or is too long, is mended by hand or taken out.
    let may = may && path.with_value(|it| it != "body");
    let nothing = Memo::new(move |_| value.with(|it| it.trim().is_empty()));
    if !may {
        return view! { <p>{label}</p> }.into_any();
    }
    view! {
        <Form
            state=form
            on_submit=move || {
                if let (Some(scope), Some(value)) = (one(), typed()) {
                    fill(scope, Some(value));
                }
            }
        >
            <TextField label=label value=value name="value" />
            <div class="campaign-acts">
                <Button label=move || t_string!(i18n, campaigns.fill_one) busy=form.busy() disabled=nothing submit=true />
                <Button
                    label=move || t_string!(i18n, campaigns.fill_all)
                    disabled=nothing
                    on_press=move || {
                        if let Some(value) = typed() {
                            fill(FillScope::Everybody, Some(value));
                        }
                    }
                />
                {can_stand
                    .then(|| {
                        view! {
                            <Button
                                label=move || t_string!(i18n, campaigns.let_stand)
                                kind=ButtonKind::Quiet
                                on_press=move || {
                                    if let Some(scope) = one() {
                                        fill(scope, None);
                                    }
                                }
                            />
                        }
                    })}
            </div>
        </Form>
    }
    .into_any()
}

#[component]
fn Files(message: Signal<Option<ReviewedMessage>>) -> impl IntoView {
    let i18n = use_i18n();
    let names = move || {
        message.with(|it| it.as_ref().map(|it| it.attachments.iter().map(|it| it.name.clone()).collect::<Vec<_>>().join(", ")))
    };
    view! {
        <Show when=move || names().is_some_and(|it| !it.is_empty())>
            <p class="meta">{move || t_string!(i18n, campaigns.files)} ": " {names}</p>
        </Show>
    }
}

/// Edit, take out, put back.
#[component]
fn Acts(id: CampaignId, campaign: Signal<Campaign>, message: Signal<Option<ReviewedMessage>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let live = Live::find();
    let (busy, open) = (RwSignal::new(false), RwSignal::new(false));
    let row = Memo::new(move |_| message.with(|it| it.as_ref().map(|it| it.row.clone())));
    let is_out = Memo::new(move |_| row.with(|it| it.as_ref().is_some_and(|it| it.left_out == Some(LeftOut::ByHand))));
    let is_open = Memo::new(move |_| row.with(|it| it.as_ref().is_some_and(|it| it.state == MessageState::Prepared)));
    let is_mendable = Memo::new(move |_| campaign.with(|it| it.state.is_mendable()));
    let may_act = move || session.can(Permission::MessageEditPrepared) && is_mendable.get() && (is_open.get() || is_out.get());
    let turn = move || {
        let Some(message) = row.with_untracked(|it| it.as_ref().map(|it| it.message)) else { return };
        let call = app::campaigns::exclude_prepared(id, vec![message], !is_out.get_untracked());
        calls::act(busy, call, move |_| live.note(Change::Campaigns));
    };
    view! {
        <Show when=may_act>
            <div class="campaign-acts">
                <Show when=move || is_open.get()>
                    <Button label=move || t_string!(i18n, campaigns.edit_one) icon=Glyph::PENCIL on_press=move || open.set(true) />
                </Show>
                <Button
                    label=move || if is_out.get() { t_string!(i18n, campaigns.put_back) } else { t_string!(i18n, campaigns.take_out) }
                    icon=Glyph::BAN
                    busy=busy
                    on_press=turn
                />
            </div>
            <EditDialog id=id message=message open=open />
        </Show>
    }
}
