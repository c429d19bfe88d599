//! The whole page of writing, put together.

use leptos::ev;
use leptos::prelude::*;
use model::{Channel, Contact, DraftKey, HomeCountry, MessageId, StoredDraft};

use super::attachments::AttachmentsField;
use super::bar::ComposeBar;
use super::desk::Desk;
use super::ends::Ends;
pub use super::ends::Left;
use super::fields::{Recipients, Words};
use super::keeper::{Keeper, kept_copy};
use super::preview::Beside;
use super::sender::SenderField;
use super::signature::SignatureField;
use super::sms::{AccountPart, ChannelSwitch, TextFields};
use super::stale::StaleChoice;
use super::start::{Laid, Start, address_of, fetch, number_of};
use super::template_sender::TemplateSender;
use super::uploads::Uploads;
use super::writing::Writing;
use crate::browser::files::PickedFile;
use crate::browser::{files, focus, tab_storage, timer};
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::panels::writing::{FieldDialog, LibraryPictures, picture_desk};
use crate::parts::{Form, Glyph, Icon};
use crate::session::Session;
use crate::state::files::Files;
use crate::state::kept_copy::KeptCopy;
use crate::state::phones::PhoneField;
use crate::state::recipients::RecipientField;
use crate::toast::Toasts;

/// How often something is kept although the typing never rests, or after the server failed, in milliseconds.
const AGAIN_MS: u32 = 10_000;

/// Writes an e-mail from its start to its end.
#[component]
pub fn ComposePanel(
    /// What it begins with.
    start: Start,
    /// The address at which it began.
    begun_at: String,
    /// Called when the draft is made on the server.
    #[prop(into)]
    on_made: Callback<(MessageId,)>,
    /// Called when writing has ended.
    #[prop(into)]
    on_left: Callback<(Left,)>,
) -> impl IntoView {
    // Asked once: what is on the screen is newer than anything that would come later.
    let answer = calls::ask(|| (), move |()| fetch(start.clone()));
    let begun_at = StoredValue::new(begun_at);
    view! {
        <Loaded answer=answer let:laid>
            <Workspace laid=laid.get_untracked() begun_at=begun_at.get_value() on_made=on_made on_left=on_left />
        </Loaded>
    }
}

#[component]
fn Workspace(laid: Laid, begun_at: String, on_made: Callback<(MessageId,)>, on_left: Callback<(Left,)>) -> impl IntoView {
    let session = Session::find();
    let desk = Desk::new();
    let max = Signal::derive(move || session.me().map_or(model::settings::ATTACHMENTS_MAX, |me| me.attachments_max));
    let uploads = Uploads::new(desk.files, max);
    let (pictures, asked) = picture_desk(desk.files, uploads);
    let writing = Writing::new(desk, pictures);
    let (keeper, contact) = begin(desk, laid, begun_at, on_made);
    let ends = Ends::new(desk, keeper, uploads, on_left);
    let busy = desk.form.busy();
    let drag = RwSignal::new(false);
    let press_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            ends.send();
        }
    };
    let paste = move |event: ev::ClipboardEvent| {
        // Pictures pasted into the text are the editor's.
        let picked = if event.default_prevented() { Vec::new() } else { files::pasted(&event) };
        if !picked.is_empty() {
            event.prevent_default();
            uploads.add(picked);
        }
    };
    // What is no picture never belongs into the text, wherever it is dropped or pasted.
    let catch = move |event: &ev::Event, picked: Vec<PickedFile>| {
        if !picked.is_empty() && !files::are_pictures(&picked) {
            event.prevent_default();
            event.stop_propagation();
            drag.set(false);
            uploads.add(picked);
        }
    };
    focus_first(desk);
    let person = StoredValue::new(contact.clone());
    let switch = move |channel: Channel| switch_to(desk, channel, person.get_value().as_ref());
    let language = Signal::derive(move || writing.values.with(|it| it.language));
    view! {
        <div
            class="compose"
            class:dragged=drag
            on:keydown=press_key
            on:paste=paste
            on:paste:capture=move |event| catch(&event, files::pasted(&event))
            on:drop:capture=move |event| catch(&event, files::dropped(&event))
        >
            <DropLayer drag=drag uploads=uploads />
            <div class="compose-page">
                <div class="compose-main">
                    <StaleChoice desk=desk keeper=keeper />
                    // Enter in a field sends nothing: what goes out to people is sent by its own button or by Ctrl Enter.
                    <Form state=desk.form on_submit=|| ()>
                        <ChannelSwitch desk=desk on_switch=switch />
                        <Show when=move || desk.sms.is_on.get()>
                            <TextFields desk=desk />
                        </Show>
                        // An e-mail that was begun stays behind the text message.
                        <div class="compose-mail" hidden=move || desk.sms.is_on.get()>
                            <Recipients desk=desk contact=contact />
                            <Words desk=desk writing=writing />
                            <SignatureField with_signature=desk.with_signature />
                        </div>
                    </Form>
                </div>
                <aside class="compose-side" hidden=move || desk.sms.is_on.get()>
                    <SenderField account=desk.account />
                    <TemplateSender desk=desk />
                    <AttachmentsField files=desk.files uploads=uploads />
                    <Beside desk=desk writing=writing />
                </aside>
                <Show when=move || desk.sms.is_on.get()>
                    <aside class="compose-side">
                        <AccountPart desk=desk />
                    </aside>
                </Show>
            </div>
            <ComposeBar ends=ends keeper=keeper busy=busy />
        </div>
        <FieldDialog opened=writing.opened fields=writing.fields language=language hand=writing.hand />
        <LibraryPictures asked=asked files=desk.files />
    }
}

/// Goes over to the other channel: the address or number of the contact comes by itself, and the account is the default one.
fn switch_to(desk: Desk, channel: Channel, contact: Option<&Contact>) {
    desk.sms.is_on.set(channel == Channel::Sms);
    desk.account.set(String::new());
    desk.template.set(None);
    desk.sender.set(None);
    desk.form.clear_all();
    let Some(contact) = contact else { return };
    match channel {
        Channel::Email if desk.to.with_untracked(RecipientField::is_empty) => {
            desk.to.set(RecipientField::read(&address_of(contact, "")));
        }
        Channel::Sms if desk.sms.phones.with_untracked(|it| it.text().is_empty()) => {
            let home = desk.sms.settings.with_untracked(|it| it.as_ref().map_or_else(HomeCountry::default, |it| it.home));
            desk.sms.phones.set(PhoneField::read(&number_of(contact, ""), home));
        }
        Channel::Email | Channel::Sms => {}
    }
}

/// Lays out what there is, brings back what could not be kept the last time, and keeps everything from now on.
fn begin(desk: Desk, laid: Laid, begun_at: String, on_made: Callback<(MessageId,)>) -> (StoredValue<Keeper>, Option<Contact>) {
    let (known, key, contact) = match laid {
        Laid::Stored(stored, contact) => {
            desk.lay(&stored);
            let StoredDraft { id, revision, draft, .. } = stored;
            (draft, Some(DraftKey { id, revision }), contact)
        }
        Laid::Fresh(draft, contact) => {
            desk.lay_draft(&draft, &[]);
            (draft, None, contact)
        }
    };
    let copy = kept_copy().filter(|it| it.fits(&begun_at, key.map(|key| (key, &known))));
    let key = copy.as_ref().map_or(key, |it| it.goes_on_from(key.map(|key| (key, &known))));
    let keeper = Keeper::new(begun_at, known, key, on_made);
    if let Some(copy) = copy {
        restore(desk, &copy);
    }
    follow(desk, keeper.clone());
    (StoredValue::new(keeper), contact)
}

fn restore(desk: Desk, copy: &KeptCopy) {
    let i18n = use_i18n();
    desk.lay_draft(&copy.draft, &copy.files);
    Toasts::find().done(untrack(|| t_string!(i18n, messages.restored)));
}

/// Tells the keeper of every change. What could not be kept is tried again when the server is back; what is still open when the page
/// goes is saved or copied then.
fn follow(desk: Desk, keeper: Keeper) {
    let draft = Memo::new(move |_| desk.draft());
    let noting = keeper.clone();
    Effect::new(move |_| noting.note(draft.get(), desk.files.with_untracked(Files::stored)));
    let (trying, returning) = (keeper.clone(), keeper.clone());
    timer::every(AGAIN_MS, move || trying.save());
    let live = Live::find();
    Effect::new(move |_| {
        if live.is_connected() {
            returning.save();
        }
    });
    // The editor tells what was written a moment after it; whoever leaves before is not made to lose it.
    let last = move |keeper: &Keeper| {
        // What is on a desk that is being cleared away was noted before.
        if desk.html.try_with_untracked(|_| ()).is_some() {
            desk.settle();
            keeper.note(untrack(|| desk.draft()), desk.files.with_untracked(Files::stored));
        }
        keeper.copy();
        keeper.save();
    };
    let hiding = keeper.clone();
    tab_storage::on_hide(move || last(&hiding));
    on_cleanup(move || last(&keeper));
}

/// Puts the keyboard where the first thing is missing.
fn focus_first(desk: Desk) {
    let is_blank = |it: &String| it.trim().is_empty();
    if desk.sms.is_on.get_untracked() {
        let selector = if desk.sms.phones.with_untracked(|it| it.text().is_empty()) {
            "[aria-controls=offers-phones]"
        } else {
            ".sms-text textarea"
        };
        timer::after(0, move || {
            focus::set_first(selector);
        });
        return;
    }
    let selector = if desk.to.with_untracked(|it| it.is_empty()) {
        "[aria-controls=offers-to]"
    } else if desk.subject.with_untracked(is_blank) {
        ".compose-words input"
    } else {
        ".compose-body, .editor-text"
    };
    timer::after(0, move || {
        focus::set_first(selector);
    });
}

/// Takes files dropped anywhere on the page.
#[component]
fn DropLayer(drag: RwSignal<bool>, uploads: Uploads) -> impl IntoView {
    let i18n = use_i18n();
    let over = window_event_listener(ev::dragover, move |event| {
        if files::carries_files(&event) {
            event.prevent_default();
            drag.set(true);
        }
    });
    let left = window_event_listener(ev::dragleave, move |event| {
        // Only a drag that leaves the window ends; between two elements it goes on.
        if event.related_target().is_none() {
            drag.set(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        if files::carries_files(&event) {
            let is_taken = event.default_prevented();
            event.prevent_default();
            drag.set(false);
            // Pictures dropped into the text are the editor's.
            if !is_taken {
                uploads.add(files::dropped(&event));
            }
        }
    });
    on_cleanup(move || {
        over.remove();
        left.remove();
        dropped.remove();
    });
    view! {
        <Show when=move || drag.get()>
            <div class="drop-layer">
                <Icon glyph=Glyph::UPLOAD large=true />
                <p>{move || t_string!(i18n, messages.drop_here)}</p>
            </div>
        </Show>
    }
}
