//! What people say about a thing: shown in its time line, written above it.

use leptos::prelude::*;
use model::{Change, Comment, CommentOn, Permission};

use crate::calls::{self, Answer};
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Confirm, Form, FormState, Glyph, IconButton, TextArea, When};
use crate::session::Session;
use crate::toast::Toasts;

/// The comments on one thing.
#[derive(Clone, Copy)]
pub struct Comments {
    on: CommentOn,
    all: Answer<Vec<Comment>>,
    may_write: Signal<bool>,
}

impl Comments {
    /// Asks for the comments on a thing.
    pub fn new(on: CommentOn) -> Self {
        let (live, session) = (Live::find(), Session::find());
        let (change, right) = match on {
            CommentOn::Contact(_) => (Change::Contacts, Permission::ContactsEdit),
            CommentOn::Campaign(_) => (Change::Campaigns, Permission::CampaignWrite),
            CommentOn::Message(_) => (Change::Messages, Permission::MessageWrite),
        };
        Self {
            on,
            all: calls::ask(move || live.version(change), move |_| app::comments::list_comments(on)),
            may_write: Signal::derive(move || session.can(right)),
        }
    }

    /// All that have come, newest first, subscribing to changes.
    pub fn all(self) -> Vec<Comment> {
        self.all.get().unwrap_or_default()
    }
}

/// Where a comment is written, for those who may.
#[component]
pub fn CommentForm(
    /// On what.
    comments: Comments,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new();
    let text = RwSignal::new(String::new());
    let save = move || {
        let written = text.get_untracked();
        form.submit(app::comments::write_comment(comments.on, written), move |_| {
            text.set(String::new());
            comments.all.ask_again();
        });
    };
    view! {
        <Show when=move || comments.may_write.get()>
            <Form state=form on_submit=save>
                <TextArea label=move || t_string!(i18n, comments.label) value=text name="text" lines=2 />
                <Button
                    label=move || t_string!(i18n, comments.write)
                    busy=form.busy()
                    disabled=Signal::derive(move || text.with(|it| it.trim().is_empty()))
                    submit=true
                />
            </Form>
        </Show>
    }
}

/// One comment in a time line; its author changes and deletes it.
#[component]
pub fn CommentItem(
    /// Among which.
    comments: Comments,
    /// What is said.
    comment: Comment,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let id = comment.id;
    let (author, name) = comment.author.clone();
    let writes = RwSignal::new(false);
    let is_own = move || comments.may_write.get() && session.me().is_some_and(|me| me.id == author);
    let text = Memo::new(move |_| {
        comments.all.with(|all| all.and_then(|it| it.iter().find(|it| it.id == id)).map(|it| it.text.clone())).unwrap_or_default()
    });
    let edited = Memo::new(move |_| comments.all.with(|all| all?.iter().find(|it| it.id == id)?.edited_at));
    view! {
        <li class="comment">
            <Show
                when=move || writes.get()
                fallback=move || view! { <p class="comment-text">{move || text.get()}</p> }
            >
                <Edit comments=comments comment=id text=text writes=writes />
            </Show>
            <span class="timeline-who">
                {name.clone()}
                {move || edited.get().map(|_| format!(" · {}", t_string!(i18n, comments.edited)))}
            </span>
            <When at=Signal::stored(comment.created_at) />
            <Show when=move || is_own() && !writes.get()>
                <Acts comments=comments comment=id writes=writes />
            </Show>
        </li>
    }
}

#[component]
fn Acts(comments: Comments, comment: model::CommentId, writes: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let (deletes, busy) = (RwSignal::new(false), RwSignal::new(false));
    let delete = move || {
        calls::act(busy, app::comments::delete_comment(comments.on, comment), move |()| {
            deletes.set(false);
            toasts.done(untrack(|| t_string!(i18n, comments.deleted)));
            comments.all.ask_again();
        });
    };
    view! {
        <span class="comment-acts">
            <IconButton label=move || t_string!(i18n, comments.edit) icon=Glyph::PENCIL on_press=move || writes.set(true) />
            <IconButton label=move || t_string!(i18n, comments.delete) icon=Glyph::TRASH_2 on_press=move || deletes.set(true) />
        </span>
        <Confirm
            open=deletes
            question=move || t_string!(i18n, comments.delete_title)
            text=move || t_string!(i18n, comments.delete_text)
            act=move || t_string!(i18n, comments.delete)
            busy=busy
            on_confirm=delete
        />
    }
}

#[component]
fn Edit(comments: Comments, comment: model::CommentId, text: Memo<String>, writes: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new();
    let written = RwSignal::new(text.get_untracked());
    let save = move || {
        form.submit(app::comments::change_comment(comments.on, comment, written.get_untracked()), move |()| {
            writes.set(false);
            comments.all.ask_again();
        });
    };
    view! {
        <Form state=form on_submit=save>
            <TextArea label=move || t_string!(i18n, comments.edit) value=written name="text" lines=2 />
            <footer class="comment-end">
                <Button label=move || t_string!(i18n, common.cancel) on_press=move || writes.set(false) />
                <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}
