//! One prepared message, changed by hand.

use leptos::prelude::*;
use model::{CampaignId, Change, PreparedDraft, ReviewedMessage};

use crate::browser::editor::PictureAnswer;
use crate::editor::{Hand, MailEditor, PictureDesk};
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Dialog, DialogEnd, Form, FormState, TextArea, TextField};
use crate::state::campaign_review::picture;
use crate::state::shown::Shown;

/// The dialog.
#[component]
pub(super) fn EditDialog(
    /// The campaign.
    id: CampaignId,
    /// The message.
    message: Signal<Option<ReviewedMessage>>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, campaigns.edit_one) open=open wide=true>
            {move || message.get_untracked().map(|it| view! { <EditForm id=id message=it open=open /> })}
        </Dialog>
    }
}

#[component]
fn EditForm(id: CampaignId, message: ReviewedMessage, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let form = FormState::new();
    let is_mail = !message.html.is_empty();
    let joined = |it: &[model::ReviewText]| it.iter().map(|it| it.text.as_str()).collect::<String>();
    let subject = RwSignal::new(joined(&message.subject));
    let html = RwSignal::new(message.html.clone());
    let text = RwSignal::new(if is_mail { String::new() } else { joined(&message.text) });
    let (which, revision) = (message.row.message, message.revision);
    let language = Signal::stored(message.row.language);
    let files = StoredValue::new(message.attachments.clone());
    let refuse = move |answer: PictureAnswer| answer.fail(untrack(|| t_string!(i18n, campaigns.edit_no_pictures)));
    // All messages carry the same files; one of them gets no picture of its own.
    let pictures = PictureDesk {
        put_up: Callback::new(move |(_, answer)| refuse(answer)),
        choose: Callback::new(move |(answer,)| refuse(answer)),
        resolve: Callback::new(move |(src,): (String,)| files.with_value(|it| picture(it, &src))),
    };
    let submit = move || {
        let draft = PreparedDraft { subject: subject.get_untracked(), html: html.get_untracked(), text: text.get_untracked() };
        form.submit(app::campaigns::edit_prepared(id, which, revision, draft), move |()| {
            open.set(false);
            live.note(Change::Campaigns);
        });
    };
    view! {
        <Form state=form on_submit=submit>
            {if is_mail {
                view! {
                    <TextField label=move || t_string!(i18n, campaigns.head_subject) value=subject name="subject" />
                    <MailEditor
                        value=html
                        hand=Hand::new()
                        language=language
                        shown=RwSignal::new(Shown::Text)
                        pictures=pictures
                    />
                }
                .into_any()
            } else {
                view! { <TextArea label=move || t_string!(i18n, campaigns.text) value=text name="text" lines=6 /> }.into_any()
            }}
            <DialogEnd label=move || t_string!(i18n, campaigns.edit_save) open=open busy=form.busy() />
        </Form>
    }
}
