//! What went wrong with a message, before one reads on.

use leptos::prelude::*;
use model::MessageDetail;

use crate::i18n::{I18n, t_string, use_i18n};
use crate::parts::{Banner, Button, Tone};
use crate::state::message_outcome::{Trouble, trouble};

/// One line with the way to the deliveries; nothing when all is well.
#[component]
pub fn MessageTrouble(
    /// The message.
    message: Signal<MessageDetail>,
    /// Called to see the deliveries.
    #[prop(into)]
    on_look: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let trouble = Memo::new(move |_| message.with(trouble));
    move || {
        trouble.get().map(|it| {
            let undecided = matches!(it, Trouble::Unknown(_));
            let tone = if undecided { Tone::Warning } else { Tone::Bad };
            let label = move || {
                if undecided { t_string!(i18n, messages.trouble_decide) } else { t_string!(i18n, messages.trouble_look) }
            };
            view! {
                <Banner tone=tone text=move || words(i18n, &it)>
                    <Button label=label on_press=on_look />
                </Banner>
            }
        })
    }
}

fn words(i18n: I18n, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unknown(n) => t_string!(i18n, messages.trouble_unknown, count = *n, n = *n),
        Trouble::One(address, reply) if reply.is_empty() => {
            t_string!(i18n, messages.trouble_one, address = address.to_string())
        }
        Trouble::One(address, reply) => {
            t_string!(i18n, messages.trouble_reply, address = address.to_string(), reply = reply.clone())
        }
        Trouble::Several(n) => t_string!(i18n, messages.trouble_several, count = *n, n = *n),
    }
}
