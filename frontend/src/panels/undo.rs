//! Ten seconds in which sending can be undone. The bar survives a reload, because the server is asked what can still be undone.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Change, MessageId, Moment, Released};

use crate::browser::{storage, timer};
use crate::calls;
use crate::i18n::{I18n, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, Glyph, Icon, Kbd};
use crate::state::undo::Undoable;
use crate::toast::Toasts;

const CLOCKS: &str = "clocks";

/// What can still be undone, for whoever sends something.
#[derive(Clone, Copy)]
pub struct UndoList {
    list: RwSignal<Undoable>,
    toasts: Toasts,
    i18n: I18n,
}

impl UndoList {
    /// Begins with what this machine knows of the server's clock.
    pub fn provide() -> Self {
        let ahead_ms = storage::get(CLOCKS).and_then(|it| it.parse().ok()).unwrap_or(0);
        let list = Self::with(Undoable::new(ahead_ms));
        provide_context(list);
        list
    }

    /// The list of the program.
    pub fn find() -> Self {
        use_context().unwrap_or_else(|| Self::with(Undoable::default()))
    }

    fn with(list: Undoable) -> Self {
        Self { list: RwSignal::new(list), toasts: Toasts::find(), i18n: use_i18n() }
    }

    /// Notes messages that were let go this moment, and says when nobody of one may be written to.
    pub fn note(self, released: &[Released]) {
        if released.iter().any(|it| it.suppressed == it.recipients) {
            self.toasts.done(tu_string!(self.i18n, frame.sent_to_nobody));
        }
        self.list.update(|it| it.release(released, timer::now()));
        storage::set(CLOCKS, &self.list.with_untracked(|it| it.ahead_ms().to_string()));
    }

    /// Asks the server what can still be undone, after a reload.
    fn ask(self) {
        spawn_local(async move {
            if let Ok(released) = app::messages::list_undoable().await
                && !released.is_empty()
            {
                let _ = self.list.try_update(|it| it.take(&released));
            }
        });
    }
}

/// The bar with the count-down.
#[component]
pub fn UndoBar(
    /// Called with the message that became a draft again.
    #[prop(into)]
    on_undone: Callback<(MessageId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let list = UndoList::find();
    let (live, toasts) = (Live::find(), Toasts::find());
    let now = RwSignal::new(timer::now());
    let busy = RwSignal::new(false);
    list.ask();
    timer::every(200, move || {
        if list.list.with_untracked(|it| !it.is_empty()) {
            let moment: Moment = timer::now();
            list.list.update_untracked(|it| it.expire(moment));
            now.set(moment);
        }
    });
    let shown = Memo::new(move |_| {
        now.track();
        list.list.with(|it| it.newest(timer::now()).map(|(it, left)| (it.id, it.recipients - it.suppressed, left, it.suppressed)))
    });
    let seconds = move || shown.get().map_or(0, |it| (it.2 + 999) / 1_000);
    let recipients = move || shown.get().map_or(1, |it| it.1);
    let left_out = move || {
        let n = shown.get().map_or(0, |it| it.3);
        (0 < n).then(|| t_string!(i18n, frame.undo_left_out, count = n, n = n))
    };
    let undo = move || {
        let Some((id, ..)) = shown.get_untracked() else { return };
        calls::act(busy, app::messages::undo_send(id), move |()| {
            list.list.update(|it| it.forget(id));
            live.note(Change::Messages);
            toasts.done(tu_string!(i18n, frame.undone));
            on_undone.run((id,));
        });
    };
    view! {
        <div role="status">
            <Show when=move || shown.with(Option::is_some)>
                <div class="undo-bar">
                    <Icon glyph=Glyph::SEND />
                    <p>
                        {move || t_string!(i18n, frame.undo_sending, count = recipients(), n = recipients(), seconds = seconds())}
                        {move || left_out().map(|it| view! { <span class="undo-left-out">{it}</span> })}
                    </p>
                    <span
                        class="undo-left"
                        aria-hidden="true"
                        style:width=move || format!("{}%", shown.get().map_or(0, |it| it.2) / 100)
                    ></span>
                    <Button
                        label=move || t_string!(i18n, frame.undo)
                        icon=Glyph::UNDO_2
                        busy=busy
                        shortcut="u"
                        on_press=undo
                    />
                    <Kbd keys="U" />
                </div>
            </Show>
        </div>
    }
}
