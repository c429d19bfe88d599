//! What can be done to messages in the state they are in, and to how many people it reaches.

use model::{MessageId, MessageRow, MessageState, MessageStep};

/// What a person can do to a message that is not being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageAct {
    /// Lets a prepared one go.
    Send,
    /// Repeats one that is history.
    Resend,
    /// Stops what still waits.
    Cancel,
}

impl MessageAct {
    /// Whether the state allows it.
    pub fn is_possible(self, state: MessageState) -> bool {
        match self {
            Self::Send => state.step(MessageStep::Release).is_ok(),
            Self::Resend => state.is_history(),
            Self::Cancel => state.step(MessageStep::Cancel).is_ok(),
        }
    }
}

/// The messages among some rows to which something can be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Which messages.
    pub ids: Vec<MessageId>,
    /// To how many addresses they go in all.
    pub people: u64,
}

impl Reached {
    /// The messages among these rows that allow the act.
    pub fn by<'a>(act: MessageAct, rows: impl IntoIterator<Item = &'a MessageRow>) -> Self {
        rows.into_iter().filter(|it| act.is_possible(it.state)).fold(Self::default(), |mut reached, row| {
            reached.ids.push(row.id);
            reached.people += u64::from(row.others) + 1;
            reached
        })
    }

    /// How many messages.
    pub fn messages(&self) -> usize {
        self.ids.len()
    }
}

/// Whether a message in the list is opened for writing instead of reading.
pub fn opens_for_writing(state: MessageState) -> bool {
    state == MessageState::Draft
}

#[cfg(test)]
mod tests {
    use model::{Channel, Moment, Origin};

    use super::*;

    fn row(id: i64, state: MessageState, others: u32) -> MessageRow {
        MessageRow {
            id: MessageId(id),
            channel: Channel::Email,
            origin: Origin::Manual,
            state,
            subject: String::new(),
            recipient: "Eva".into(),
            others,
            author: String::new(),
            created_at: Moment(0),
            sent_at: None,
            attachments: 0,
            deferred: 0,
            unknown: 0,
            snippet: Vec::new(),
        }
    }

    #[test]
    fn an_act_takes_only_the_messages_that_allow_it() {
        use MessageState as S;
        let rows = [row(1, S::Prepared, 2), row(2, S::Sent, 0), row(3, S::Queued, 0), row(4, S::Draft, 0), row(5, S::Failed, 4)];
        let ids = |act| Reached::by(act, &rows).ids.iter().map(|it| it.0).collect::<Vec<_>>();
        assert_eq!(ids(MessageAct::Send), [1]);
        assert_eq!(ids(MessageAct::Resend), [2, 5]);
        assert_eq!(ids(MessageAct::Cancel), [1, 3]);
    }

    #[test]
    fn people_are_counted_over_all_messages() {
        let rows = [row(1, MessageState::Prepared, 2), row(2, MessageState::Prepared, 0)];
        assert_eq!(Reached::by(MessageAct::Send, &rows).people, 4);
    }
}
