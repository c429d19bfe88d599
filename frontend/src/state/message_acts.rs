//! What can be done to messages in the state they are in, and to how many people it reaches.

use model::{MessageId, MessageRow, MessageState, MessageStep, Origin};

/// What a person can do to a message that is not being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageAct {
    /// Lets a prepared one go.
    Send,
    /// Repeats one that is history.
    Resend,
    /// Stops what still waits.
    Cancel,
    /// Takes one out that was prepared for a campaign, so that it never leaves.
    Exclude,
    /// Puts one that is history into the bin.
    Delete,
    /// Keeps one that is history as proof, or no longer.
    Keep,
}

impl MessageAct {
    /// Whether the state allows it.
    pub fn is_possible(self, state: MessageState) -> bool {
        match self {
            Self::Send => state.step(MessageStep::Release).is_ok(),
            Self::Resend | Self::Delete | Self::Keep => state.is_history(),
            Self::Exclude => state == MessageState::Prepared,
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
        // What came from an old archive was never sent from here; a campaign lets its messages go itself, and stops them.
        let is_other = |it: &MessageRow| match act {
            MessageAct::Resend => it.origin == Origin::Archive,
            MessageAct::Send => it.campaign.is_some(),
            MessageAct::Exclude => it.campaign.is_none(),
            MessageAct::Cancel => it.campaign.is_some() && it.state == MessageState::Prepared,
            MessageAct::Delete | MessageAct::Keep => false,
        };
        let is_barred = |it: &&MessageRow| it.is_erased || is_other(it);
        rows.into_iter().filter(|it| act.is_possible(it.state) && !is_barred(it)).fold(Self::default(), |mut reached, row| {
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

/// What the list says about how far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Its state.
    State(MessageState),
    /// It waits, because so many deliveries were put off.
    Deferred(u32),
    /// It cannot end, because the end of so many deliveries is unknown.
    Unknown(u32),
}

/// The most telling thing about a message: what a person must decide comes before what waits by itself.
pub fn shown(row: &MessageRow) -> Shown {
    match row.state {
        MessageState::Queued if 0 < row.unknown => Shown::Unknown(row.unknown),
        MessageState::Queued if 0 < row.deferred => Shown::Deferred(row.deferred),
        state => Shown::State(state),
    }
}

/// Where a row of the list leads: one's own draft is written on, anything else is read.
pub fn leads_to(row: &MessageRow, me: &str) -> Leads {
    if row.state == MessageState::Draft && row.author == me { Leads::Writing } else { Leads::Reading }
}

/// Where a row of the list leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To its detail.
    Reading,
    /// To the page where it is written on.
    Writing,
}

#[cfg(test)]
mod tests {
    use model::{Channel, Moment};

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
            account: None,
            campaign: None,
            template: None,
            attachments: 0,
            deferred: 0,
            unknown: 0,
            snippet: Vec::new(),
            snippet_file: None,
            is_erased: false,
            is_damaged: false,
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
        assert_eq!(ids(MessageAct::Exclude), [0; 0], "none is of a campaign");
        let of_campaign = MessageRow { campaign: Some("Jar".into()), ..row(6, S::Prepared, 0) };
        assert_eq!(Reached::by(MessageAct::Exclude, [&of_campaign]).ids, [MessageId(6)]);
        assert_eq!(Reached::by(MessageAct::Send, [&of_campaign]).ids, []);
        assert_eq!(Reached::by(MessageAct::Cancel, [&of_campaign]).ids, []);
    }

    #[test]
    fn people_are_counted_over_all_messages() {
        let rows = [row(1, MessageState::Prepared, 2), row(2, MessageState::Prepared, 0)];
        assert_eq!(Reached::by(MessageAct::Send, &rows).people, 4);
    }

    #[test]
    fn what_a_person_must_decide_is_shown_first() {
        let queued = MessageRow { deferred: 2, unknown: 1, ..row(1, MessageState::Queued, 0) };
        assert_eq!(shown(&queued), Shown::Unknown(1));
        assert_eq!(shown(&MessageRow { unknown: 0, ..queued.clone() }), Shown::Deferred(2));
        assert_eq!(shown(&MessageRow { state: MessageState::Sent, ..queued }), Shown::State(MessageState::Sent));
    }

    #[test]
    fn only_ones_own_draft_is_written_on() {
        let draft = MessageRow { author: "Eva".into(), ..row(1, MessageState::Draft, 0) };
        assert_eq!(leads_to(&draft, "Eva"), Leads::Writing);
        assert_eq!(leads_to(&draft, "Jana"), Leads::Reading);
        assert_eq!(leads_to(&MessageRow { state: MessageState::Prepared, ..draft }, "Eva"), Leads::Reading);
    }
}
